"""Slowing down who guesses: each account by itself, and each address, in the database.

The attempt is counted before the password is looked at, so that many at once count as many. Only
the account that is guessed at waits; the cap on an address is wide, as one office shares one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from assessment.domain.errors import Fault, Refused
from assessment.store import sign_ins
from assessment.store.engine import Store, Transaction
from assessment.store.sign_ins import Failures

_FREE = 4
_LONGEST_WAIT = timedelta(minutes=5)
_MOST_OF_ADDRESS = 60
_FORGOTTEN_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Limit:
    """How many forms are taken within a time, counted from the first of them."""

    most: int
    within: timedelta


def wait_after(failures: int) -> timedelta:
    """How long an account waits after so many wrong passwords: doubling from two seconds."""
    if failures < _FREE:
        return timedelta(0)
    exponent = min(failures - _FREE + 1, 20)
    return min(timedelta(seconds=2**exponent), _LONGEST_WAIT)


def count_attempt(store: Store, account: str, address: str, at: datetime) -> None:
    """Count an attempt as failed until ``forget_attempts`` says otherwise.

    Raises ``Refused`` with ``sign_in_wait`` while the account or the address has to wait.
    """
    keys = {f"account:{account}": wait_after, f"address:{address}": _wait_of_address}
    with store.writing() as connection:
        sign_ins.drop_failures_before(connection, at - _FORGOTTEN_AFTER)
        none = Failures(0, at, at)
        known = {key: sign_ins.find_failures(connection, key) or none for key in keys}
        until = max(one.until for one in known.values())
        if until > at:
            seconds = str(int((until - at).total_seconds()) + 1)
            raise Refused([Fault("sign_in_wait", values={"seconds": seconds})])
        for key, wait in keys.items():
            count = known[key].count + 1
            sign_ins.write_failures(connection, key, Failures(count, at, at + wait(count)))


def forget_attempts(connection: Transaction, account: str, address: str, at: datetime) -> None:
    """The password was right: the account starts anew, and the address gets this attempt back."""
    sign_ins.clear_failures(connection, f"account:{account}")
    key = f"address:{address}"
    known = sign_ins.find_failures(connection, key)
    if known is not None:
        sign_ins.write_failures(connection, key, Failures(max(known.count - 1, 0), at, at))


def require_room(connection: Transaction, limits: Mapping[str, Limit], at: datetime) -> None:
    """Go on only if another form may be sent under each key; nothing is written.

    Raises ``Refused`` with ``poll_wait``.
    """
    for key, limit in limits.items():
        known = _forms(connection, key, limit, at)
        if known.count >= limit.most:
            seconds = str(int((known.until - at).total_seconds()) + 1)
            raise Refused([Fault("poll_wait", values={"seconds": seconds})])


def count_form(connection: Transaction, limits: Mapping[str, Limit], at: datetime) -> None:
    """Count a form that anybody may send, under each key, inside the transaction that keeps it.

    Raises ``Refused`` with ``poll_wait`` while one of the keys has to wait; nothing is counted.
    """
    sign_ins.drop_failures_before(connection, at - _FORGOTTEN_AFTER)
    require_room(connection, limits, at)
    for key, limit in limits.items():
        known = _forms(connection, key, limit, at)
        sign_ins.write_failures(connection, key, Failures(known.count + 1, at, known.until))


def _forms(connection: Transaction, key: str, limit: Limit, at: datetime) -> Failures:
    """How many forms came within the limit's time; ``until`` is when counting begins anew."""
    known = sign_ins.find_failures(connection, key)
    return known if known and known.until > at else Failures(0, at, at + limit.within)


def _wait_of_address(failures: int) -> timedelta:
    return _LONGEST_WAIT if failures >= _MOST_OF_ADDRESS else timedelta(0)
