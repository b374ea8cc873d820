"""Names of those who write in the log."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, select

from assessment.store.tables import person


def load_names(connection: Connection, ids: Collection[str]) -> Mapping[str, str]:
    """The names of people by their ids; who is not in the records is left out."""
    query = select(person.c.id, person.c.name).where(person.c.id.in_(list(ids)))
    return {row.id: row.name for row in connection.execute(query)}


def list_people(connection: Connection) -> Sequence[tuple[str, str]]:
    """Ids and names of everyone in the records, by name."""
    query = select(person.c.id, person.c.name).order_by(person.c.name, person.c.id)
    return [(row.id, row.name) for row in connection.execute(query)]
