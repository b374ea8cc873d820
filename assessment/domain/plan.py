"""The plan: actions that close gaps, what they would change, and when.

An action makes one item fully met, or adds floor area to the two linked quantities. What a set of
actions leads to is judged by the same rules as everything else: the sheet with other answers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from assessment.domain.answers import ALL_TICKS, Answer
from assessment.domain.framework import STEPPED, Framework, Item, Kind
from assessment.domain.records import SavedFact
from assessment.domain.sheet import Sheet, with_kept


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

    @property
    def ends(self) -> Month | None:
        """The last month of work; ``None`` while start or length is not known."""
        if self.starts is None or self.months is None:
            return None
        return self.starts.plus(max(self.months, 1) - 1)


@dataclass(frozen=True)
class StairStep:
    """Where the community stands once an action is through, with all before it."""

    month: Month
    actions: tuple[PlannedAction, ...]
    sheet: Sheet


def is_linked(framework: Framework, item_id: str) -> bool:
    """Whether the item is one of the two quantities that floor area decides."""
    linked = framework.linked
    return linked is not None and item_id in (linked.area, linked.share)


def can_be_planned(framework: Framework, item: Item) -> bool:
    """Whether an action can make the item fully met."""
    return item.kind in STEPPED or item.kind is Kind.UPKEEP or is_linked(framework, item.id)


def after_actions(sheet: Sheet, actions: Iterable[PlannedAction]) -> Sheet:
    """The sheet as it would be if these were done. What is met already stays as it is."""
    answers, facts = dict(sheet.answers), dict(sheet.saved_facts)
    for action in actions:
        if not sheet.framework.has_item(action.item):
            continue
        item = sheet.framework.item(action.item)
        if is_linked(sheet.framework, item.id):
            _add_area(facts, "service_area", action.service_area)
            _add_area(facts, "activity_area", action.activity_area)
        else:
            answer = answers.get(item.id, Answer(item.id))
            answers[item.id] = replace(answer, choice=_best(item) or answer.choice)
    return with_kept(sheet, answers, facts)


def staircase(sheet: Sheet, actions: Sequence[PlannedAction]) -> tuple[StairStep, ...]:
    """The score after each month in which something ends; actions without dates are left out."""
    dated: dict[Month, list[PlannedAction]] = {}
    for action in actions:
        if action.ends is not None:
            dated.setdefault(action.ends, []).append(action)
    done: list[PlannedAction] = []
    steps = []
    for month in sorted(dated):
        done += dated[month]
        steps.append(StairStep(month, tuple(dated[month]), after_actions(sheet, done)))
    return tuple(steps)


def starts_too_early(
    action: PlannedAction, others: Mapping[int, PlannedAction]
) -> PlannedAction | None:
    """The action that should have ended before this one starts, if it has not."""
    first = others.get(action.after) if action.after is not None else None
    if first is None or first.ends is None or action.starts is None:
        return None
    return first if first.ends >= action.starts else None


def _best(item: Item) -> str:
    if item.kind is Kind.UPKEEP:
        return ALL_TICKS
    return next((step.id for step in item.steps if step.credit >= 1), "")


def _add_area(facts: dict[str, SavedFact], name: str, added: Decimal) -> None:
    known = facts.get(name)
    if known is not None and known.value and added:
        facts[name] = replace(known, value=str(Decimal(known.value) + added))
