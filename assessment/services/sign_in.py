"""Signing in and out. A sign-in is a row of the database; the browser has only its random token.

So a copied cookie ends with the row: at log-out, when the person is disabled, after a time
without use, and after a longest time in any case.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from assessment.domain.accounts import Account, normal_password
from assessment.domain.errors import Fault, NotSaved, Refused
from assessment.domain.names import compare_key
from assessment.domain.permissions import Person
from assessment.services.throttling import count_attempt, forget_attempts
from assessment.services.tokens import is_password, new_token, token_hash
from assessment.settings import settings
from assessment.store import log, people, sign_ins
from assessment.store.engine import Store, Transaction

_LONGEST_TYPED = 200
_TOUCHED_EVERY = timedelta(minutes=1)


def sign_in(store: Store, login: str, password: str, address: str, at: datetime) -> str:
    """Sign in with a password; the token for the cookie.

    Raises ``Refused``: ``sign_in_wrong``, the same for an unknown name, a wrong password and a
    disabled person, or ``sign_in_wait``.
    """
    login = compare_key(login[:_LONGEST_TYPED])
    count_attempt(store, login, address, at)
    with store.reading() as connection:
        account = people.find_login(connection, login)
        hashed = people.password_of(connection, account.id) if account else ""
    right = is_password(hashed, normal_password(password[:_LONGEST_TYPED]))
    if account is None or not account.active or not right:
        _note_failure(store, account, address, at)
        raise Refused([Fault("sign_in_wrong")])
    return _begin(
        store,
        account,
        at,
        lambda connection: forget_attempts(connection, login, address, at),
    )


def sign_in_as(store: Store, issuer: str, subject: str, proof: str, at: datetime) -> str:
    """Sign in whom a provider has named; the token for the cookie.

    ``proof`` is what the provider's answer was shown with; it counts once. Raises ``Refused``:
    ``sign_in_unknown`` (nobody here, or disabled), or ``sign_in_used``.
    """
    with store.reading() as connection:
        account = people.find_subject(connection, issuer, subject)
    if account is None or not account.active:
        _note_failure(store, account, issuer, at)
        raise Refused([Fault("sign_in_unknown")])

    def use(connection: Transaction) -> None:
        if not sign_ins.use_once(connection, token_hash(proof), "proof", at):
            raise Refused([Fault("sign_in_used")])

    return _begin(store, account, at, use)


def person_of(store: Store, token: str, at: datetime) -> Person | None:
    """Whose sign-in it is; ``None`` if it is unknown, ended, too old, or the person disabled."""
    if not token:
        return None
    hashed = token_hash(token)
    with store.reading() as connection:
        found = sign_ins.find_sign_in(connection, hashed)
        if found is None or found.ended or not _in_time(found, at):
            return None
        account = people.find_person(connection, found.person)
    if account is None or not account.active:
        return None
    if at - found.seen_at > _TOUCHED_EVERY:
        # Who is at work is told so even while the records cannot be written.
        with suppress(NotSaved), store.writing() as connection:
            sign_ins.touch_sign_in(connection, hashed, at)
    return account.person


def sign_out(store: Store, token: str, at: datetime) -> None:
    """End a sign-in, in every tab and for every copy of its cookie."""
    with store.writing() as connection:
        found = sign_ins.find_sign_in(connection, token_hash(token))
        if found is not None and sign_ins.end_sign_in(connection, token_hash(token), at):
            log.append(connection, log.Change(found.person, at, "sign_out", subject=found.person))


def _in_time(found: sign_ins.SignIn, at: datetime) -> bool:
    idle = timedelta(minutes=settings().idle_minutes)
    longest = timedelta(hours=settings().session_hours)
    return at - found.seen_at <= idle and at - found.created_at <= longest


def _begin(
    store: Store, account: Account, at: datetime, first: Callable[[Transaction], None]
) -> str:
    token = new_token()
    with store.writing() as connection:
        first(connection)
        sign_ins.add_sign_in(connection, token_hash(token), account.id, at)
        log.append(connection, log.Change(account.id, at, "sign_in", subject=account.id))
    return token


def _note_failure(store: Store, account: Account | None, source: str, at: datetime) -> None:
    # Not the name that was typed: people type passwords there.
    subject = account.id if account else ""
    change = log.Change("", at, "sign_in_failed", subject=subject, new=source)
    with store.writing() as connection:
        log.append(connection, change)
