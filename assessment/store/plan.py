"""The actions of a community's plan. Changing one needs the revision that the writer has seen."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, RowMapping, select, update

from assessment.domain.plan import ActionState, Month, PlannedAction
from assessment.store.tables import plan_action as table
from assessment.store.upsert import insert


def load_actions(connection: Connection, community: str) -> list[PlannedAction]:
    """The actions of a community that were not removed, in the order they were added."""
    query = select(table).where(table.c.community == community, table.c.removed_at.is_(None))
    return [_action(row._mapping) for row in connection.execute(query.order_by(table.c.id))]


def add_action(
    connection: Connection,
    community: str,
    action: PlannedAction,
    submission: str,
    by: str,
    at: datetime,
) -> int | None:
    """Add an action; its id, or ``None`` if this submission was already taken."""
    values = {**_plain(action), "community": community, "submission": submission}
    statement = insert(connection, table).values(**values, revision=1, by=by, at=at)
    return connection.execute(statement.on_conflict_do_nothing().returning(table.c.id)).scalar()


def write_action(
    connection: Connection, community: str, action: PlannedAction, by: str, at: datetime
) -> bool:
    """Save over the revision that it carries; ``False`` if another came between."""
    statement = (
        update(table)
        .where(
            table.c.id == action.id,
            table.c.community == community,
            table.c.revision == action.revision,
            table.c.removed_at.is_(None),
        )
        .values(**_plain(action), revision=action.revision + 1, by=by, at=at)
    )
    return connection.execute(statement).rowcount == 1


def set_removed(
    connection: Connection, community: str, action_id: int, at: datetime | None
) -> bool:
    """Take an action out of the plan at a moment, or with ``None`` put it back."""
    is_other = table.c.removed_at.is_(None) if at else table.c.removed_at.is_not(None)
    ours = (table.c.id == action_id, table.c.community == community, is_other)
    return connection.execute(update(table).where(*ours).values(removed_at=at)).rowcount == 1


def _plain(action: PlannedAction) -> dict[str, Any]:
    return {
        "item": action.item,
        "words": action.words,
        "means": action.means,
        "cost": "" if action.cost is None else str(action.cost),
        "service_area": str(action.service_area),
        "activity_area": str(action.activity_area),
        "owner": action.owner,
        "decides": action.decides,
        "starts": "" if action.starts is None else str(action.starts),
        "months": action.months,
        "after": action.after,
        "state": action.state.value,
    }


def _action(row: RowMapping) -> PlannedAction:
    return PlannedAction(
        id=row["id"],
        item=row["item"],
        words=row["words"],
        means=row["means"],
        cost=Decimal(row["cost"]) if row["cost"] else None,
        service_area=Decimal(row["service_area"]),
        activity_area=Decimal(row["activity_area"]),
        owner=row["owner"],
        decides=row["decides"],
        starts=Month.read(row["starts"]),
        months=row["months"],
        after=row["after"],
        state=ActionState(row["state"]),
        revision=row["revision"],
    )
