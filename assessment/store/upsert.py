"""Insert with a conflict rule: the one statement that the two databases spell differently."""

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def inserts(table: Table) -> dict[str, Executable]:
    """For each database an INSERT of one row that gives it back, or nothing if it is there."""
    return {
        "sqlite": sqlite.insert(table).on_conflict_do_nothing().returning(*table.c),
        "postgresql": postgresql.insert(table).on_conflict_do_nothing().returning(*table.c),
    }


def replaces(table: Table, key: str) -> dict[str, Executable]:
    """For each database an INSERT of one row that replaces the row with the same key."""

    def replacing(statement: sqlite.Insert | postgresql.Insert) -> Executable:
        others = {name: statement.excluded[name] for name in table.c.keys() if name != key}  # noqa: SIM118
        return statement.on_conflict_do_update(index_elements=[key], set_=others)

    return {
        "sqlite": replacing(sqlite.insert(table)),
        "postgresql": replacing(postgresql.insert(table)),
    }
