"""One statement for many rows, past the work that SQLAlchemy does for each of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.sql import ClauseElement

from assessment.store.tables import UtcTime


def write_many(
    connection: Connection,
    statement: Executable,
    names: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
) -> None:
    """Run a statement for rows of plain values, which stand in the order of ``names``."""
    if not rows or not isinstance(statement, ClauseElement):
        return
    compiled = statement.compile(dialect=connection.dialect, column_keys=list(names))
    order = getattr(compiled, "positiontup", None)
    if order is None:
        connection.exec_driver_sql(
            str(compiled), [dict(zip(names, row, strict=True)) for row in rows]
        )
        return
    if list(order) != list(names):
        places = [names.index(name) for name in order]
        rows = [tuple(row[place] for place in places) for row in rows]
    connection.exec_driver_sql(str(compiled), list(rows))


def plain_time(connection: Connection, at: datetime) -> str:
    """A moment as the tables hold it."""
    return str(UtcTime().process_bind_param(at, connection.dialect))
