"""Files and links that support answers. Rows are never deleted: what was removed says when."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, func, select, update

from assessment.domain.evidence import Evidence, EvidenceKind
from assessment.store.tables import evidence as table
from assessment.store.upsert import inserts

_INSERTS = inserts(table)
_KEPT = table.c.removed_at.is_(None)
_COUNTS = (
    select(table.c.item, func.count())
    .where(table.c.assessment == bindparam("assessment_id"), _KEPT)
    .group_by(table.c.item)
)
_OF_MANY = (
    select(table.c.assessment, table.c.item)
    .where(table.c.assessment.in_(bindparam("assessments", expanding=True)), _KEPT)
    .distinct()
)
_FIELDS = [table.c[name] for name in Evidence.__dataclass_fields__]


def count_evidence(connection: Connection, assessment: int) -> dict[str, int]:
    """How many files and links each item of an assessment has; items without any are left out."""
    rows = connection.execute(_COUNTS, {"assessment_id": assessment})
    return {row[0]: row[1] for row in rows}


def load_evidenced(connection: Connection, assessments: Sequence[int]) -> dict[int, set[str]]:
    """The items with a file or link, by assessment; assessments without any are left out."""
    found: dict[int, set[str]] = {}
    for number, item in connection.execute(_OF_MANY, {"assessments": list(assessments)}):
        found.setdefault(number, set()).add(item)
    return found


def load_evidence(connection: Connection, assessment: int) -> dict[str, list[Evidence]]:
    """What an assessment has, by item, in the order it was added."""
    query = select(*_FIELDS).where(table.c.assessment == assessment, _KEPT).order_by(table.c.id)
    found: dict[str, list[Evidence]] = {}
    for row in connection.execute(query).mappings():
        found.setdefault(row["item"], []).append(_evidence(row))
    return found


def count_removed(connection: Connection, assessment: int) -> int:
    """How many files and links of an assessment were taken away."""
    query = select(func.count()).where(
        table.c.assessment == assessment, table.c.removed_at.is_not(None)
    )
    return connection.execute(query).scalar() or 0


def find_evidence(connection: Connection, number: int) -> Evidence | None:
    """One piece by its id, removed or not."""
    row = connection.execute(select(*_FIELDS).where(table.c.id == number)).mappings().first()
    return _evidence(row) if row else None


def stored_size(connection: Connection, assessment: int) -> int:
    """Bytes of all files of an assessment, removed ones included: they are kept."""
    query = select(func.sum(table.c.size)).where(table.c.assessment == assessment)
    return connection.execute(query).scalar() or 0


def add_evidence(
    connection: Connection, one: Evidence, submission: str, by: str, at: datetime
) -> Evidence | None:
    """Add a file or link; ``None`` if this submission was already taken (a double click)."""
    values: Mapping[str, Any] = {**vars(one), "submission": submission, "by": by, "at": at}
    values = {name: value for name, value in values.items() if name not in ("id", "removed_at")}
    row = connection.execute(_INSERTS[connection.dialect.name], values).mappings().first()
    return _evidence(row) if row else None


def mark_removed(connection: Connection, number: int, by: str, at: datetime | None) -> bool:
    """Take a piece away, or with no time bring it back; ``False`` if it was already so."""
    is_wrong_way = _KEPT if at else table.c.removed_at.is_not(None)
    statement = (
        update(table)
        .where(table.c.id == number, is_wrong_way)
        .values(removed_by=by if at else "", removed_at=at)
    )
    return connection.execute(statement).rowcount == 1


def change_date(connection: Connection, number: int, dated: str) -> bool:
    """Give a piece another day; ``False`` if it has that one."""
    statement = update(table).where(table.c.id == number, table.c.dated != dated)
    return connection.execute(statement.values(dated=dated)).rowcount == 1


def every_hash(connection: Connection) -> set[str]:
    """The hashes of all files that a row names, removed ones included."""
    return set(connection.scalars(select(table.c.sha256).where(table.c.sha256 != "").distinct()))


def _evidence(row: RowMapping) -> Evidence:
    values = {name: row[name] for name in Evidence.__dataclass_fields__}
    return Evidence(**{**values, "kind": EvidenceKind(values["kind"])})
