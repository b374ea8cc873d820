"""The append-only log of changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Text,
    and_,
    func,
    insert,
    or_,
    select,
    text,
    type_coerce,
)

from assessment.domain.log_chain import CHAINED, entry_hash
from assessment.domain.records import LogEntry
from assessment.store.many import plain_time
from assessment.store.tables import log

_LOCK = 0x6C6F67
# What changes an answer or a fact; its entries hold the whole of it before and after.
ANSWERING = (
    "answer",
    "fact",
    "decide",
    "restore",
    "confirm",
    "unconfirm",
    "ask_again",
    "import",
    "import_undo",
)
_INSERT = insert(log)
_LAST = select(log.c.hash).order_by(log.c.id.desc()).limit(1)
_AT_ONCE = 2000
# The time as the text that the chain is made of.
_CHAIN = select(log.c.id, log.c.hash, type_coerce(log.c.at, Text).label("at")).add_columns(
    *(log.c[name] for name in CHAINED if name != "at")
)


@dataclass(frozen=True)
class Change:
    """What is about to be written into the log."""

    by: str
    at: datetime
    action: str
    community: str = ""
    assessment: int | None = None
    subject: str = ""
    revision: int = 0
    old: str = ""
    new: str = ""


def append(connection: Connection, change: Change) -> None:
    """Write one change, in the transaction that makes it."""
    append_many(connection, [change])


def append_many(connection: Connection, changes: Sequence[Change]) -> None:
    """Write changes in their order, in the transaction that makes them."""
    if not changes:
        return
    if connection.dialect.name == "postgresql":
        # Ids must become visible in their order: the newest id is the version of all data.
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    own = connection.execute(_LAST).scalar() or ""
    rows = []
    for change in changes:
        plain = {**vars(change), "at": plain_time(connection, change.at)}
        own = entry_hash(own, (plain[name] for name in CHAINED))
        rows.append({**vars(change), "hash": own})
    connection.execute(_INSERT, rows)


def chain(connection: Connection) -> Iterator[RowMapping]:
    """Every entry in the order of its id: id, hash, and the values that the hash is made of."""
    last = 0
    while True:
        query = _CHAIN.where(log.c.id > last).order_by(log.c.id).limit(_AT_ONCE)
        rows = connection.execute(query).mappings().all()
        yield from rows
        if len(rows) < _AT_ONCE:
            return
        last = rows[-1]["id"]


def ever(connection: Connection, action: str) -> bool:
    """Whether something of this kind was ever done."""
    return connection.execute(select(log.c.id).where(log.c.action == action)).first() is not None


def data_version(connection: Connection) -> int:
    """A number that grows with every change; caches are keyed by it."""
    return connection.execute(select(func.max(log.c.id))).scalar() or 0


def history(connection: Connection, assessment: int, subject: str) -> Sequence[LogEntry]:
    """All changes to one item or fact, newest revision first."""
    query = (
        select(log)
        .where(log.c.assessment == assessment, log.c.subject == subject)
        .order_by(log.c.revision.desc(), log.c.id.desc())
    )
    return [_entry(row._mapping) for row in connection.execute(query)]


def changes_since(connection: Connection, assessment: int, entry: int) -> Sequence[LogEntry]:
    """All changes to an assessment's answers and facts after an entry, the oldest first."""
    query = (
        select(log)
        .where(log.c.assessment == assessment, log.c.id > entry, log.c.action.in_(ANSWERING))
        .order_by(log.c.id)
    )
    return [_entry(row._mapping) for row in connection.execute(query)]


@dataclass(frozen=True)
class Filter:
    """Which entries are wanted: only those that everything here holds for.

    ``actions`` are the only ones, or with ``but_actions`` the ones to leave out.
    """

    assessment: int | None = None
    by: str = ""
    subject: str = ""
    actions: tuple[str, ...] = ()
    but_actions: tuple[str, ...] = ()


def entries(connection: Connection, wanted: Filter, before: int, size: int) -> Sequence[LogEntry]:
    """The newest entries below an id (0: from the top), in the order of their ids."""
    query = select(log).where(*_conditions(wanted)).order_by(log.c.id.desc()).limit(size)
    if before:
        query = query.where(log.c.id < before)
    return [_entry(row._mapping) for row in connection.execute(query)]


def count(connection: Connection, wanted: Filter, most: int) -> int:
    """How many entries are wanted, counted no further than ``most``."""
    some = select(log.c.id).where(*_conditions(wanted)).limit(most).subquery()
    return connection.execute(select(func.count()).select_from(some)).scalar() or 0


def _conditions(wanted: Filter) -> Sequence[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.assessment is not None:
        conditions.append(log.c.assessment == wanted.assessment)
    if wanted.by:
        conditions.append(log.c.by == wanted.by)
    if wanted.subject:
        conditions.append(log.c.subject == wanted.subject)
    if wanted.actions:
        conditions.append(log.c.action.in_(wanted.actions))
    if wanted.but_actions:
        conditions.append(log.c.action.not_in(wanted.but_actions))
    return conditions


def of_community(
    connection: Connection, community: str, actions: Sequence[str], assessments: Sequence[int]
) -> Iterator[RowMapping]:
    """Entries of some assessments, and those of these actions about the community itself.

    In their order, with the values that the hash is made of and ``previous``, the hash before.
    """
    before = log.alias("before")
    previous = (
        select(before.c.hash)
        .where(before.c.id < log.c.id)
        .order_by(before.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    itself = and_(
        log.c.assessment.is_(None), log.c.community == community, log.c.action.in_(list(actions))
    )
    query = _CHAIN.add_columns(func.coalesce(previous, "").label("previous"))
    query = query.where(or_(log.c.assessment.in_(list(assessments)), itself)).order_by(log.c.id)
    yield from connection.execute(query).mappings()


def last_ids(connection: Connection, community: str, count: int) -> Sequence[int]:
    """The ids of the newest entries about a community, in their order."""
    query = select(log.c.id).where(log.c.community == community).order_by(log.c.id.desc())
    return list(reversed(connection.scalars(query.limit(count)).all()))


def done_with(connection: Connection, community: str, action: str) -> Sequence[LogEntry]:
    """The entries of one kind about a community, the oldest first."""
    query = select(log).where(
        log.c.assessment.is_(None), log.c.community == community, log.c.action == action
    )
    return [_entry(row._mapping) for row in connection.execute(query.order_by(log.c.id))]


def at_revision(
    connection: Connection, assessment: int, subject: str, revision: int
) -> LogEntry | None:
    """The change that made this revision, or ``None``."""
    query = select(log).where(
        log.c.assessment == assessment, log.c.subject == subject, log.c.revision == revision
    )
    row = connection.execute(query.limit(1)).first()
    return _entry(row._mapping) if row else None


def _entry(row: object) -> LogEntry:
    fields = LogEntry.__dataclass_fields__
    return LogEntry(**{name: row[name] for name in fields})  # type: ignore[index]
