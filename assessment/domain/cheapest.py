"""The cheapest set of actions that passes all gates and reaches a score: an exact optimum.

Found by a mixed-integer linear programme (``plan_model``). Every set that it finds is judged once
more by the rules of the checklist; one that fails there is excluded and the search goes on, so
that rounding inside the solver can never decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assessment.domain.plan import ActionState, Month, PlannedAction, after_actions
from assessment.domain.plan_model import PlanModel
from assessment.domain.schedule import schedule
from assessment.domain.scoring import TOLERANCE, GateResult, gate_result_of
from assessment.domain.sheet import Sheet

# Each try excludes one set that only rounding let through.
_MOST_TRIES = 50


@dataclass(frozen=True)
class Wanted:
    """What is to be reached. ``target`` is the low end of the score, in points from 0 to 100.

    ``budget`` in yuan and ``by`` the last month of work: ``None`` for no limit. ``without`` are
    ids of actions that must not be used.
    """

    target: float
    budget: Decimal | None = None
    by: Month | None = None
    without: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Proposal:
    """The chosen actions, what they cost together, and the sheet once they are done.

    ``reaches`` says whether gates and target are met; if not, this is the nearest that the limits
    allow: most gates passed first, then the highest low end, then the lowest cost.
    """

    actions: tuple[PlannedAction, ...]
    cost: Decimal
    sheet: Sheet
    reaches: bool


@dataclass(frozen=True)
class WayOut:
    """Which limit stands in the way: what would be enough if only that one were lifted.

    ``budget`` is the least money with the date as it is, ``by`` the earliest month with the
    budget as it is; ``None`` where lifting it does not help.
    """

    budget: Decimal | None
    by: Month | None


def usable(actions: Sequence[PlannedAction], wanted: Wanted) -> tuple[PlannedAction, ...]:
    """Actions that may be chosen: not done yet, cost known, in time, and not set aside.

    One that waits for another which may not be chosen may not be chosen either.
    """
    spans = schedule(actions)
    left = {
        one.id: one
        for one in actions
        if one.state is not ActionState.DONE
        and one.cost is not None
        and one.id not in wanted.without
        and (wanted.by is None or (one.id in spans and spans[one.id].ends <= wanted.by))
    }
    open_ids = {one.id for one in actions if one.state is not ActionState.DONE}
    while stuck := [one for one in left.values() if one.after in open_ids - left.keys()]:
        for one in stuck:
            del left[one.id]
    return tuple(left.values())


def cheapest(sheet: Sheet, actions: Sequence[PlannedAction], wanted: Wanted) -> Proposal:
    """The cheapest set that reaches what is wanted, or the nearest within the limits."""
    may = usable(actions, wanted)
    model = PlanModel(sheet, may, wanted.budget)
    for _ in range(_MOST_TRIES):
        chosen = model.cheapest(wanted.target)
        if chosen is None:
            break
        proposal = _proposal(sheet, chosen, wanted)
        if proposal.reaches and _within(proposal, wanted):
            return proposal
        model.exclude(chosen)
    return _nearest(sheet, may, wanted)


def way_out(sheet: Sheet, actions: Sequence[PlannedAction], wanted: Wanted) -> WayOut:
    """What would be enough for a target that cannot be reached within the limits."""
    budget = None
    if wanted.budget is not None:
        found = cheapest(sheet, actions, replace(wanted, budget=None))
        budget = found.cost if found.reaches else None
    by = _earliest(sheet, actions, wanted) if wanted.by is not None else None
    return WayOut(budget, by)


def passes_all(sheet: Sheet, target: float) -> bool:
    """Whether all gates are passed and the low end reaches the target."""
    low = sheet.scores.overall.low[0]
    passed = int(sheet.scores.gates[0]) == GateResult.PASSED
    return passed and bool(low >= target / 100 - TOLERANCE)


def standing_of(sheet: Sheet) -> tuple[int, float]:
    """How many gates are passed, and the low end as a share; 0 where there is no score."""
    low = float(sheet.scores.overall.low[0])
    gates = [gate_result_of(sheet.judged[gate.id].outcome) for gate in sheet.framework.gates]
    return gates.count(GateResult.PASSED), 0.0 if low != low else low


def _earliest(sheet: Sheet, actions: Sequence[PlannedAction], wanted: Wanted) -> Month | None:
    """The first end of an action by which it can be reached: more time never hurts."""
    months = sorted({span.ends for span in schedule(actions).values()})
    first, last = 0, len(months)
    while first < last:
        middle = (first + last) // 2
        if cheapest(sheet, actions, replace(wanted, by=months[middle])).reaches:
            last = middle
        else:
            first = middle + 1
    return months[first] if first < len(months) else None


def _nearest(sheet: Sheet, may: Sequence[PlannedAction], wanted: Wanted) -> Proposal:
    best = _proposal(sheet, (), wanted)
    model = PlanModel(sheet, may, wanted.budget)
    for _ in range(_MOST_TRIES):
        chosen, gates, low = model.nearest()
        found = _proposal(sheet, chosen, wanted)
        if _within(found, wanted):
            passed, reached = standing_of(found.sheet)
            if (passed, reached) > standing_of(best.sheet):
                best = found
            if passed >= gates and reached >= low - TOLERANCE:
                return found
        model.exclude(chosen)
    return best


def _within(proposal: Proposal, wanted: Wanted) -> bool:
    return wanted.budget is None or proposal.cost <= wanted.budget


def _proposal(sheet: Sheet, chosen: Sequence[PlannedAction], wanted: Wanted) -> Proposal:
    reached = after_actions(sheet, chosen)
    cost = sum((one.cost or Decimal(0) for one in chosen), Decimal(0))
    return Proposal(tuple(chosen), cost, reached, passes_all(reached, wanted.target))
