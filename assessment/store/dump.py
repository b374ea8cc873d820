"""The records as plain lines, one for each row: the same from both databases.

The tables are read as the database has them, so that one of an earlier version can be written
down and filled again before it is brought up to this one.
"""

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    MetaData,
    Table,
    Text,
    func,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import DataError, IntegrityError, StatementError

from assessment.domain.errors import Fault, Refused
from assessment.store.tables import metadata

KeptTable = Table
# Signs of who is here just now; they mean nothing on another machine or another day.
NOT_CARRIED = frozenset({"sign_in", "invitation", "throttle"})
# What a new installation fills by itself; every other table holds what people did.
_FILLED_AT_START = frozenset(
    {"framework", "programme", "community", "membership", "round", "questionnaire"}
)
_AT_ONCE = 1000
_BYTES = "base64"


def kept_tables(connection: Connection) -> list[KeptTable]:
    """The tables that are carried, as they are in this database, referred ones first."""
    here = set(inspect(connection).get_table_names())
    names = (set(metadata.tables) - NOT_CARRIED) & here
    found = MetaData()
    found.reflect(connection, only=sorted(names))
    return [table for table in found.sorted_tables if table.name in names]


def touched(connection: Connection) -> dict[str, int]:
    """How many rows each table holds of what people did; empty for a new installation."""
    tables = [one for one in kept_tables(connection) if one.name not in _FILLED_AT_START]
    counts = {one.name: count_rows(connection, one) for one in tables}
    return {name: count for name, count in counts.items() if count}


def count_rows(connection: Connection, table: Table) -> int:
    """How many rows a table has."""
    return connection.execute(select(func.count()).select_from(table)).scalar() or 0


def rows_of(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    """Every row by its key, a few at a time from the database."""
    query = select(table).order_by(*(_in_byte_order(connection, one) for one in table.primary_key))
    result = connection.execute(query.execution_options(yield_per=_AT_ONCE))
    yield from (dict(row) for row in result.mappings())


def to_line(row: Mapping[str, Any]) -> bytes:
    """A row as a line of JSON; bytes as base64, NULL as null."""
    plain = {name: _plain(value) for name, value in row.items()}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def from_line(line: bytes) -> dict[str, Any]:
    """The row of a line; ``ValueError`` if it is none."""
    row = json.loads(line)
    if not isinstance(row, dict):
        raise ValueError("not a row")
    return {name: _value(value) for name, value in row.items()}


def fill(connection: Connection, table: Table, lines: Iterable[bytes]) -> None:
    """Write the rows of these lines into an empty table.

    Raises ``Refused`` with code ``restore_row`` where this database does not take a row.
    """
    statement = insert(table)
    columns = set(table.columns.keys())
    try:
        several = iter(lines)
        while rows := [from_line(line) for line in islice(several, _AT_ONCE)]:
            if any(set(row) != columns for row in rows):
                raise ValueError("other columns")
            connection.execute(statement, rows)
    except (ValueError, DataError, IntegrityError, StatementError) as error:
        reason = str(getattr(error, "orig", None) or error)
        values = {"table": table.name, "reason": reason}
        raise Refused([Fault("restore_row", values=values)]) from error


def number_on(connection: Connection, tables: Iterable[Table]) -> None:
    """Let PostgreSQL number new rows after those that were filled in; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        for column in table.primary_key:
            sequence = connection.scalar(
                select(func.pg_get_serial_sequence(f'"{table.name}"', column.name))
            )
            if sequence:
                last = select(func.max(column)).scalar_subquery()
                known = func.coalesce(last, 1)
                connection.execute(select(func.setval(sequence, known, last.is_not(None))))


def clear(connection: Connection) -> None:
    """Take every table of the product away, to build them as an earlier version had them."""
    here = set(inspect(connection).get_table_names())
    functions = _trigger_functions(connection)
    for table in reversed(metadata.sorted_tables):
        if table.name in here:
            table.drop(connection)
    for name in functions:
        connection.execute(text(f"DROP FUNCTION {name}"))
    if "alembic_version" in here:
        connection.execute(text("DROP TABLE alembic_version"))


def _trigger_functions(connection: Connection) -> list[str]:
    if connection.dialect.name != "postgresql":
        return []
    query = text(
        "SELECT DISTINCT tgfoid::regprocedure::text FROM pg_trigger "
        "JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE NOT tgisinternal AND relname = ANY(:names) "
        "AND relnamespace = current_schema()::regnamespace"
    )
    return list(connection.scalars(query, {"names": list(metadata.tables)}))


def _in_byte_order(connection: Connection, column: ColumnElement[Any]) -> ColumnElement[Any]:
    if connection.dialect.name == "postgresql" and isinstance(column.type, Text):
        return column.collate("C")
    return column


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, bytes | memoryview):
        return {_BYTES: base64.b64encode(value).decode()}
    return value


def _value(value: Any) -> Any:  # noqa: ANN401
    return base64.b64decode(value[_BYTES]) if isinstance(value, dict) else value
