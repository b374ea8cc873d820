"""Two rounds of one community, item by item."""

from dataclasses import dataclass
from enum import StrEnum

from assessment.domain.answers import Judged
from assessment.domain.framework import Item
from assessment.domain.sheet import Sheet


class Movement(StrEnum):
    """What became of an item between two rounds."""

    BETTER = "better"
    WORSE = "worse"
    NEWLY_ANSWERED = "newly_answered"
    NO_LONGER_ANSWERED = "no_longer_answered"
    METHOD_CHANGED = "method_changed"
    NEW_ITEM = "new_item"
    REMOVED_ITEM = "removed_item"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Change:
    """One item in two rounds; a side is ``None`` where its framework does not ask it."""

    item: Item
    before: Judged | None
    after: Judged | None
    movement: Movement


def changes(before: Sheet, after: Sheet) -> tuple[Change, ...]:
    """Every item of either round, in the order of the later framework, then the removed ones."""
    items = {item.id: item for item in (*after.framework.items, *before.framework.items)}
    order = [item.id for item in after.framework.items]
    order += [item_id for item_id in items if not after.framework.has_item(item_id)]
    return tuple(_change(before, after, item_id) for item_id in order)


def _change(before: Sheet, after: Sheet, item_id: str) -> Change:
    old, new = before.judged.get(item_id), after.judged.get(item_id)
    holder = after if after.framework.has_item(item_id) else before
    return Change(
        holder.framework.item(item_id), old, new, _movement(before, after, item_id, old, new)
    )


def _movement(
    before: Sheet, after: Sheet, item_id: str, old: Judged | None, new: Judged | None
) -> Movement:
    if old is None:
        return Movement.NEW_ITEM
    if new is None:
        return Movement.REMOVED_ITEM
    if _method(before, item_id) != _method(after, item_id):
        return Movement.METHOD_CHANGED
    if old.credit is None or new.credit is None:
        if old.credit is None and new.credit is None:
            return Movement.UNCHANGED
        answered = new.credit is not None
        return Movement.NEWLY_ANSWERED if answered else Movement.NO_LONGER_ANSWERED
    if new.credit == old.credit:
        return Movement.UNCHANGED
    return Movement.BETTER if new.credit > old.credit else Movement.WORSE


def _method(sheet: Sheet, item_id: str) -> tuple[object, ...]:
    """What decides an item's credit: its rule, the credits of its steps, its ticks."""
    item = sheet.framework.item(item_id)
    steps = tuple((step.id, step.credit) for step in item.steps)
    return item.kind, item.rule, steps, tuple(tick.id for tick in item.ticks), item.applies
