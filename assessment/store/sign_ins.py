"""Sign-ins, one-time invitations, and how often somebody failed. Tokens are kept as hashes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update
from sqlalchemy import delete as delete_from

from assessment.store.tables import invitation, sign_in, throttle
from assessment.store.upsert import insert


@dataclass(frozen=True)
class SignIn:
    """One sign-in: whose, since when, last used when, and whether it was ended."""

    person: str
    created_at: datetime
    seen_at: datetime
    ended: bool


@dataclass(frozen=True)
class Invitation:
    """What a one-time token is for: its kind and, unless it makes one, its person."""

    kind: str
    person: str
    expires_at: datetime
    used: bool


@dataclass(frozen=True)
class Failures:
    """How often something failed, when last, and until when nothing is tried."""

    count: int
    last_at: datetime
    until: datetime


def add_sign_in(connection: Connection, token_hash: str, person_id: str, at: datetime) -> None:
    """Begin a sign-in."""
    values = {"token_hash": token_hash, "person": person_id, "created_at": at, "seen_at": at}
    connection.execute(insert(connection, sign_in).values(**values))


def find_sign_in(connection: Connection, token_hash: str) -> SignIn | None:
    """A sign-in by the hash of its token."""
    row = connection.execute(select(sign_in).where(sign_in.c.token_hash == token_hash)).first()
    if row is None:
        return None
    return SignIn(row.person, row.created_at, row.seen_at, row.ended_at is not None)


def touch_sign_in(connection: Connection, token_hash: str, at: datetime) -> None:
    """Note that a sign-in is in use."""
    statement = update(sign_in).where(sign_in.c.token_hash == token_hash)
    connection.execute(statement.values(seen_at=at))


def end_sign_in(connection: Connection, token_hash: str, at: datetime) -> bool:
    """End one sign-in; whether it was open."""
    open_one = (sign_in.c.token_hash == token_hash) & sign_in.c.ended_at.is_(None)
    return connection.execute(update(sign_in).where(open_one).values(ended_at=at)).rowcount > 0


def end_sign_ins(connection: Connection, person_id: str, at: datetime) -> int:
    """End every sign-in of a person; how many were open."""
    open_ones = (sign_in.c.person == person_id) & sign_in.c.ended_at.is_(None)
    return connection.execute(update(sign_in).where(open_ones).values(ended_at=at)).rowcount


def add_invitation(
    connection: Connection, token_hash: str, kind: str, person_id: str, expires_at: datetime
) -> None:
    """Keep a one-time token; older ones of the same kind and person no longer count."""
    connection.execute(
        delete_from(invitation).where(
            invitation.c.kind == kind,
            invitation.c.person == person_id,
            invitation.c.used_at.is_(None),
        )
    )
    values = {"token_hash": token_hash, "kind": kind, "person": person_id}
    connection.execute(insert(connection, invitation).values(**values, expires_at=expires_at))


def find_invitation(connection: Connection, token_hash: str) -> Invitation | None:
    """A one-time token by its hash."""
    row = connection.execute(select(invitation).where(invitation.c.token_hash == token_hash))
    found = row.first()
    if found is None:
        return None
    return Invitation(found.kind, found.person, found.expires_at, found.used_at is not None)


def use_invitation(connection: Connection, token_hash: str, at: datetime) -> bool:
    """Use a one-time token up; whether it was unused."""
    unused = (invitation.c.token_hash == token_hash) & invitation.c.used_at.is_(None)
    return connection.execute(update(invitation).where(unused).values(used_at=at)).rowcount > 0


def use_once(connection: Connection, token_hash: str, kind: str, at: datetime) -> bool:
    """Use up a token that others gave out; whether it is seen here for the first time."""
    values = {"token_hash": token_hash, "kind": kind, "expires_at": at, "used_at": at}
    statement = insert(connection, invitation).values(**values).on_conflict_do_nothing()
    return connection.execute(statement.returning(invitation.c.kind)).first() is not None


def find_failures(connection: Connection, key: str) -> Failures | None:
    """What is kept of failures under a key."""
    row = connection.execute(select(throttle).where(throttle.c.key == key)).first()
    return Failures(row.failures, row.last_at, row.until) if row else None


def write_failures(connection: Connection, key: str, failures: Failures) -> None:
    """Keep failures under a key."""
    values = {"failures": failures.count, "last_at": failures.last_at, "until": failures.until}
    statement = insert(connection, throttle).values(key=key, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))


def clear_failures(connection: Connection, key: str) -> None:
    """Forget the failures under a key."""
    connection.execute(delete_from(throttle).where(throttle.c.key == key))


def drop_failures_before(connection: Connection, moment: datetime) -> None:
    """Forget what failed last before a moment."""
    connection.execute(delete_from(throttle).where(throttle.c.last_at < moment))
