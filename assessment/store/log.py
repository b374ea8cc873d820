"""The append-only log of changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, text

from assessment.domain.log_chain import CHAINED, entry_hash
from assessment.domain.records import LogEntry
from assessment.store.many import plain_time
from assessment.store.tables import log

_LOCK = 0x6C6F67
# What changes an answer or a fact; its entries hold the whole of it before and after.
ANSWERING = ("answer", "fact", "decide")
_INSERT = insert(log)
_LAST = select(log.c.hash).order_by(log.c.id.desc()).limit(1)


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
    if connection.dialect.name == "postgresql":
        # Ids must become visible in their order: the newest id is the version of all data.
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    previous = connection.execute(_LAST).scalar() or ""
    plain = {**vars(change), "at": plain_time(connection, change.at)}
    own = entry_hash(previous, (plain[name] for name in CHAINED))
    connection.execute(_INSERT, {**vars(change), "hash": own})


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
