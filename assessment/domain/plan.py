"""The plan: actions that close gaps, what they would change, and when.

An action makes one item fully met, or adds floor area to the two linked quantities. What a set of
actions leads to is judged by the same rules as everything else: the sheet with other answers.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from assessment.domain.answers import ALL_TICKS, Answer
from assessment.domain.framework import STEPPED, Framework, Item, Kind, UsualAction
from assessment.domain.records import SavedFact
from assessment.domain.sheet import Sheet, with_kept

# An action can make items of these kinds fully met, whatever they ask.
PLANNED_KINDS = frozenset({*STEPPED, Kind.UPKEEP})


class ActionState(StrEnum):
    """How far an action is."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"


@dataclass(frozen=True, order=True)
class Month:
    """A month, as ``2026-12``."""

    year: int
    month: int

    def plus(self, months: int) -> "Month":
        """So many months later."""
        total = self.year * 12 + self.month - 1 + months
        return Month(total // 12, total % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @staticmethod
    def read(text: str) -> "Month | None":
        """From ``2026-12``; ``None`` for anything else."""
        year, dash, month = text.strip().partition("-")
        if not (dash and year.isascii() and year.isdigit() and month.isascii() and month.isdigit()):
            return None
        found = Month(int(year), int(month))
        is_real = 2000 <= found.year <= 2100 and 1 <= found.month <= 12
        return found if is_real else None


@dataclass(frozen=True)
class PlannedAction:
    """One thing to do for an item of the checklist.

    ``cost`` is in yuan, ``None`` if nobody knows yet. ``service_area`` and ``activity_area`` are
    square metres that it adds to the facts; converting rooms adds only ``activity_area``.
    ``months`` is how long it takes from ``starts``; ``after`` is the id of one that comes first.
    """

    id: int
    item: str
    words: str
    means: str = ""
    cost: Decimal | None = None
    service_area: Decimal = Decimal(0)
    activity_area: Decimal = Decimal(0)
    owner: str = ""
    decides: str = ""
    starts: Month | None = None
    months: int | None = None
    after: int | None = None
    state: ActionState = ActionState.PLANNED
    revision: int = 0


def is_linked(framework: Framework, item_id: str) -> bool:
    """Whether the item is one of the two quantities that floor area decides."""
    linked = framework.linked
    return linked is not None and item_id in (linked.area, linked.share)


def can_be_planned(framework: Framework, item: Item) -> bool:
    """Whether an action can make the item fully met."""
    return item.kind in PLANNED_KINDS or is_linked(framework, item.id)


def usual_actions(framework: Framework, item: Item) -> tuple[UsualAction, ...]:
    """How a gap in this item is usually closed, in the order of the framework file."""
    named = tuple(one for one in framework.actions if item.id in one.items)
    return named or tuple(one for one in framework.actions if item.kind in one.kinds)


def after_actions(sheet: Sheet, actions: Iterable[PlannedAction]) -> Sheet:
    """The sheet as it would be if these were done.

    What is met already stays as it is, and what does not apply stays out. An action that is done
    is not counted again: what it changed stands in the answers, or it did not work.
    """
    answers, facts = dict(sheet.answers), dict(sheet.saved_facts)
    for action in actions:
        if action.state is ActionState.DONE or not sheet.framework.has_item(action.item):
            continue
        item = sheet.framework.item(action.item)
        if is_linked(sheet.framework, item.id):
            _add_area(facts, "service_area", action.service_area)
            _add_area(facts, "activity_area", action.activity_area)
        elif not sheet.judged[item.id].outcome.left_out:
            answer = answers.get(item.id, Answer(item.id))
            answers[item.id] = replace(answer, choice=_best(item), ticks=(), to_confirm=False)
    return with_kept(sheet, answers, facts)


def _best(item: Item) -> str:
    if item.kind is Kind.UPKEEP:
        return ALL_TICKS
    return next((step.id for step in item.steps if step.credit >= 1), "")


def _add_area(facts: dict[str, SavedFact], name: str, added: Decimal) -> None:
    known = facts.get(name)
    if known is not None and known.value and added:
        facts[name] = replace(known, value=str(Decimal(known.value) + added))


def usual_areas(sheet: Sheet, item: Item, usual: UsualAction) -> tuple[int, int]:
    """Square metres that a usual action has to add to floor area and to residents' rooms.

    Either makes up the linked shortfall; rooms turned over to residents add no floor area.
    """
    short = sheet.shortfall
    if short is None or not is_linked(sheet.framework, item.id):
        return 0, 0
    if not usual.adds_area:
        return 0, short.convert or short.add_for_residents
    return short.add_for_residents, short.add_for_residents
