"""The names behind the signatures of changes."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from assessment.store.tables import person


def names_of(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The names of people who have an account here, by their ids."""
    query = select(person.c.id, person.c.name).where(person.c.id.in_(sorted(set(ids))))
    return {row.id: row.name for row in connection.execute(query)}
