"""Comments about items of an assessment. They are marked as resolved, never taken out."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, func, select, update

from assessment.domain.records import Comment
from assessment.store.tables import comment as table
from assessment.store.upsert import insert


def add_comment(
    connection: Connection, assessment: int, one: Comment, submission: str
) -> Comment | None:
    """Keep a comment; ``None`` if this submission is kept already. The id is given here."""
    values = {
        "assessment": assessment,
        "item": one.item,
        "text": one.text,
        "submission": submission,
        "by": one.by,
        "at": one.at,
        "resolved_by": one.resolved_by,
        "resolved_at": one.resolved_at,
    }
    statement = insert(connection, table).values(**values).on_conflict_do_nothing()
    row = connection.execute(statement.returning(*table.c)).first()
    return _comment(row) if row else None


def load_comments(connection: Connection, assessment: int, item: str = "") -> Sequence[Comment]:
    """The comments of an assessment, or of one item of it, in the order they were written."""
    query = select(table).where(table.c.assessment == assessment).order_by(table.c.id)
    if item:
        query = query.where(table.c.item == item)
    return [_comment(row) for row in connection.execute(query)]


def count_open(connection: Connection, assessment: int) -> dict[str, int]:
    """How many comments are not resolved, by item."""
    query = (
        select(table.c.item, func.count().label("number"))
        .where(table.c.assessment == assessment, table.c.resolved_at.is_(None))
        .group_by(table.c.item)
    )
    return {row.item: row.number for row in connection.execute(query)}


def resolve_comments(
    connection: Connection, assessment: int, item: str, by: str, at: datetime
) -> int:
    """Mark what is open of an item as resolved; how many."""
    statement = (
        update(table)
        .where(
            table.c.assessment == assessment, table.c.item == item, table.c.resolved_at.is_(None)
        )
        .values(resolved_by=by, resolved_at=at)
    )
    return connection.execute(statement).rowcount


def reopen_comment(connection: Connection, comment_id: int) -> bool:
    """Take the mark off a comment; whether there was one."""
    statement = (
        update(table)
        .where(table.c.id == comment_id, table.c.resolved_at.is_not(None))
        .values(resolved_by="", resolved_at=None)
    )
    return connection.execute(statement).rowcount > 0


def _comment(row: Row[tuple[object, ...]]) -> Comment:
    names = Comment.__dataclass_fields__
    return Comment(**{name: row._mapping[name] for name in names})
