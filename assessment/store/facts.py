"""Facts of an assessment, with the same rule of revisions as answers."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, select, update

from assessment.domain.records import SavedFact
from assessment.store.tables import fact as table
from assessment.store.upsert import insert


def load_facts(connection: Connection, assessment: int) -> dict[str, SavedFact]:
    """All saved facts of an assessment, by id."""
    rows = connection.execute(select(table).where(table.c.assessment == assessment))
    return {row.fact: _fact(row._mapping) for row in rows}


def load_fact(connection: Connection, assessment: int, fact: str) -> SavedFact:
    """One fact; revision 0 if it was never saved."""
    query = select(table).where(table.c.assessment == assessment, table.c.fact == fact)
    row = connection.execute(query).first()
    return _fact(row._mapping) if row else SavedFact(fact)


def write_fact(
    connection: Connection, assessment: int, fact: SavedFact, by: str, at: datetime
) -> SavedFact | None:
    """Save ``fact`` over the revision that it carries; ``None`` if another came between."""
    values = {"value": fact.value, "by": by, "at": at, "revision": fact.revision + 1}
    if fact.revision == 0:
        statement: Any = (
            insert(connection, table)
            .values(assessment=assessment, fact=fact.fact, **values)
            .on_conflict_do_nothing()
        )
    else:
        statement = (
            update(table)
            .where(
                table.c.assessment == assessment,
                table.c.fact == fact.fact,
                table.c.revision == fact.revision,
            )
            .values(**values)
        )
    row = connection.execute(statement.returning(*table.c)).first()
    return _fact(row._mapping) if row else None


def _fact(row: RowMapping) -> SavedFact:
    return SavedFact(row["fact"], row["value"], row["revision"], row["by"], row["at"])
