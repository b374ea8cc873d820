"""Two rounds of one community, item by item."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assessment.domain.answers import Judged, State
from assessment.domain.comparison import better
from assessment.domain.framework import Framework, Item, Rule
from assessment.domain.sheet import Sheet


class Movement(StrEnum):
    """What became of an item between two rounds.

    ``APPLIES_CHANGED`` is an item that became "not applicable" or ceased to be: neither better
    nor worse. ``METHOD_CHANGED`` is one whose threshold or answer steps are others now.
    """

    BETTER = "better"
    WORSE = "worse"
    NEWLY_ANSWERED = "newly_answered"
    NO_LONGER_ANSWERED = "no_longer_answered"
    APPLIES_CHANGED = "applies_changed"
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
    if method(before.framework, item_id) != method(after.framework, item_id):
        return Movement.METHOD_CHANGED
    if _aside(old) or _aside(new):
        return Movement.UNCHANGED if _aside(old) and _aside(new) else Movement.APPLIES_CHANGED
    if old.credit is None or new.credit is None:
        if old.credit is None and new.credit is None:
            return Movement.UNCHANGED
        answered = new.credit is not None
        return Movement.NEWLY_ANSWERED if answered else Movement.NO_LONGER_ANSWERED
    if not (sign := better(new, old)):
        return Movement.UNCHANGED
    return Movement.BETTER if sign > 0 else Movement.WORSE


def _aside(judged: Judged) -> bool:
    return judged.outcome.state is State.NOT_APPLICABLE


def method(framework: Framework, item_id: str) -> tuple[object, ...]:
    """All of an item that decides its outcome and credit: no wording, no weight, no role."""
    item = framework.item(item_id)
    rule = item.rule
    return (
        item.kind,
        (rule.formula, *_thresholds(rule), rule.direction) if rule else None,
        tuple((step.id, step.credit) for step in item.steps),
        tuple(tick.id for tick in item.ticks),
        (item.applies.fact, item.applies.equals) if item.applies else None,
        item.not_applicable is not None,
    )


def _thresholds(rule: Rule) -> tuple[Fraction, Fraction | None]:
    local = Fraction(rule.local.threshold) if rule.local else None
    return Fraction(rule.threshold), local
