"""Facts of an assessment, with the same rule of revisions as answers."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, Executable, RowMapping, bindparam, insert, select, update

from assessment.domain.records import SavedFact
from assessment.store.many import plain_time, write_many
from assessment.store.tables import fact as table
from assessment.store.upsert import inserts

_WRITTEN = ("value", "to_confirm", "revision", "by", "at")
_OF_MANY = select(table).where(table.c.assessment.in_(bindparam("assessments", expanding=True)))
_OF_ASSESSMENT = select(table).where(table.c.assessment == bindparam("assessment_id"))
_UPDATE = (
    update(table)
    .where(
        table.c.assessment == bindparam("assessment_id"),
        table.c.fact == bindparam("fact_id"),
        table.c.revision == bindparam("seen"),
    )
    .values({name: bindparam(name) for name in _WRITTEN})
    .returning(*table.c)
)
_INSERTS = inserts(table)
_WAITING = ("to_confirm", "revision", "by", "at")
_WAIT = (
    update(table)
    .where(
        table.c.assessment == bindparam("assessment_id"),
        table.c.fact == bindparam("fact_id"),
    )
    .values({name: bindparam(name) for name in _WAITING})
)


def load_facts(connection: Connection, assessment: int) -> dict[str, SavedFact]:
    """All saved facts of an assessment, by id."""
    rows = connection.execute(_OF_ASSESSMENT, {"assessment_id": assessment}).mappings()
    return {row["fact"]: _fact(row) for row in rows}


def load_facts_of(
    connection: Connection, assessments: Sequence[int]
) -> dict[int, dict[str, SavedFact]]:
    """The saved facts of many assessments, by assessment and id."""
    found: dict[int, dict[str, SavedFact]] = {}
    for row in connection.execute(_OF_MANY, {"assessments": list(assessments)}).mappings():
        found.setdefault(row["assessment"], {})[row["fact"]] = _fact(row)
    return found


def write_fact(
    connection: Connection, assessment: int, fact: SavedFact, by: str, at: datetime
) -> SavedFact | None:
    """Save ``fact`` over the revision that it carries; ``None`` if another came between."""
    said = {"value": fact.value, "to_confirm": int(fact.to_confirm)}
    values = {**said, "by": by, "at": at, "revision": fact.revision + 1}
    if fact.revision == 0:
        statement: Executable = _INSERTS[connection.dialect.name]
        values |= {"assessment": assessment, "fact": fact.fact}
    else:
        statement = _UPDATE
        values |= {"assessment_id": assessment, "fact_id": fact.fact, "seen": fact.revision}
    row = connection.execute(statement, values).mappings().first()
    return _fact(row) if row else None


def add_facts(
    connection: Connection, known: Iterable[tuple[int, SavedFact]], by: str, at: datetime
) -> None:
    """Save the first facts of assessments that were begun in this transaction."""
    rest = (1, by, plain_time(connection, at))
    rows = [(number, one.fact, one.value, int(one.to_confirm), *rest) for number, one in known]
    names = ("assessment", "fact", *_WRITTEN)
    write_many(connection, insert(table), names, rows)


def make_wait(
    connection: Connection, changed: Sequence[tuple[int, SavedFact]], by: str, at: datetime
) -> None:
    """Mark facts as to be confirmed, over the revisions that they carry.

    The caller holds the assessments, so that nobody else changes them meanwhile.
    """
    moment = plain_time(connection, at)
    rows = [(1, one.revision + 1, by, moment, number, one.fact) for number, one in changed]
    write_many(connection, _WAIT, (*_WAITING, "assessment_id", "fact_id"), rows)


def bring_facts(connection: Connection, assessment: int, known: Iterable[SavedFact]) -> None:
    """Keep facts of elsewhere with the revision, the author and the moment that they carry."""
    names = ("assessment", "fact", *_WRITTEN)
    rows = [
        (assessment, one.fact, one.value, int(one.to_confirm), one.revision, one.by, one.at)
        for one in known
    ]
    plain = [(*row[:-1], plain_time(connection, row[-1])) for row in rows if row[-1]]
    write_many(connection, insert(table), names, plain)


def _fact(row: RowMapping) -> SavedFact:
    return SavedFact(
        row["fact"],
        row["value"],
        row["revision"],
        row["by"],
        row["at"],
        bool(row["to_confirm"]),
    )
