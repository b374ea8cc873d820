"""The cheapest set of actions that passes all gates and reaches a score: an exact optimum.

A mixed-integer linear programme, solved by HiGHS through scipy. Both rules of floor area stand in
it together, because area that is added also raises the base of the residents' share. The answer is
judged once more by the rules of the checklist before it is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp

from assessment.domain.answers import Outcome
from assessment.domain.framework import Framework
from assessment.domain.gaps import gains_of
from assessment.domain.plan import Month, PlannedAction, after_actions, is_linked
from assessment.domain.scoring import GateResult
from assessment.domain.sheet import Sheet

# Beyond what rounding in a sum of a hundred shares can do, below what a person can see.
_SLACK = 1e-7
Floats = npt.NDArray[np.float64]
# Factors by variable, and the least and the most that their sum may be.
Row = tuple[dict[int, float], float, float]


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


def usable(actions: Sequence[PlannedAction], wanted: Wanted) -> tuple[PlannedAction, ...]:
    """Actions that may be chosen: cost known, in time, and not set aside.

    One that waits for another which may not be chosen may not be chosen either.
    """
    left = {
        one.id: one
        for one in actions
        if one.cost is not None and one.id not in wanted.without and _in_time(one, wanted.by)
    }
    while stuck := [one for one in left.values() if one.after and one.after not in left]:
        for one in stuck:
            del left[one.id]
    return tuple(left.values())


def cheapest(sheet: Sheet, actions: Sequence[PlannedAction], wanted: Wanted) -> Proposal:
    """The cheapest set that reaches what is wanted, or the nearest within the limits."""
    model = _Model(sheet, usable(actions, wanted))
    chosen = model.solve(
        costs=model.costs(), rows=[*model.limits(wanted), *model.gates(), model.target(wanted)]
    )
    if chosen is not None:
        proposal = _proposal(sheet, chosen, wanted)
        if proposal.reaches:
            return proposal
    nearest = model.solve(costs=model.nearness(), rows=model.limits(wanted)) or ()
    return _proposal(sheet, nearest, wanted)


def passes_all(sheet: Sheet, target: float) -> bool:
    """Whether all gates are passed and the low end reaches the target."""
    low = sheet.scores.overall.low[0]
    return int(sheet.scores.gates[0]) == GateResult.PASSED and bool(low * 100 >= target - _SLACK)


def _in_time(action: PlannedAction, by: Month | None) -> bool:
    return by is None or (action.ends is not None and action.ends <= by)


def _proposal(sheet: Sheet, chosen: Sequence[PlannedAction], wanted: Wanted) -> Proposal:
    reached = after_actions(sheet, chosen)
    cost = sum((one.cost or Decimal(0) for one in chosen), Decimal(0))
    return Proposal(tuple(chosen), cost, reached, passes_all(reached, wanted.target))


class _Model:
    """Variables: 0 or 1 for every action, then 0 to 1 for every item or rule that may be met."""

    def __init__(self, sheet: Sheet, actions: Sequence[PlannedAction]) -> None:
        self.sheet = sheet
        self.actions = actions
        gains = gains_of(sheet.framework, sheet.judged)
        self.items = sorted({one.item for one in actions if gains.get(one.item) is not None})
        self.items = [one for one in self.items if not is_linked(sheet.framework, one)]
        self.rules = _linked_items(sheet.framework)
        self.gains = gains
        self.at = {name: len(actions) + k for k, name in enumerate([*self.items, *self.rules])}
        self.size = len(actions) + len(self.at)

    def solve(self, costs: Floats, rows: Sequence[Row]) -> tuple[PlannedAction, ...] | None:
        """The chosen actions, or ``None`` if nothing satisfies every row."""
        if self.size == 0:
            return () if all(low <= 0 <= high for _, low, high in rows) else None
        every = [*rows, *self.links(), *self.order()]
        table = np.zeros((len(every), self.size))
        for k, (values, _, _) in enumerate(every):
            for column, value in values.items():
                table[k, column] = value
        found = milp(
            costs,
            constraints=LinearConstraint(
                table, [row[1] for row in every], [row[2] for row in every]
            ),
            integrality=np.ones(self.size),
            bounds=Bounds(0, 1),
            options={"mip_rel_gap": 0.0},
        )
        if found.x is None:
            return None
        return tuple(one for k, one in enumerate(self.actions) if found.x[k] > 0.5)

    def costs(self) -> Floats:
        """Yuan; of sets that cost the same, the smaller one."""
        values = np.zeros(self.size)
        scale = max([float(one.cost or 0) for one in self.actions], default=0.0) or 1.0
        for k, one in enumerate(self.actions):
            values[k] = float(one.cost or 0) / scale + 1e-6
        return values

    def nearness(self) -> Floats:
        """Gates before points, points before cost."""
        values = self.costs() * 1e-4 / max(len(self.actions), 1)
        gates = {gate.id for gate in self.sheet.framework.gates}
        for name, column in self.at.items():
            values[column] = -(max(self.gains.get(name, 0.0), 0.0)) - (
                200.0 if name in gates else 0.0
            )
        return values

    def limits(self, wanted: Wanted) -> list[Row]:
        """The budget, and the two rules of floor area where they are to count."""
        rows: list[Row] = list(self._area_rows())
        if wanted.budget is not None:
            costs = {k: float(one.cost or 0) for k, one in enumerate(self.actions)}
            rows.append((costs, -np.inf, float(wanted.budget) + 1e-6))
        return rows

    def gates(self) -> list[Row]:
        """Every gate that is not passed now has to be met by something."""
        rows: list[Row] = []
        for gate in self.sheet.framework.gates:
            outcome = self.sheet.judged[gate.id].outcome
            if outcome is Outcome.MET or outcome.left_out:
                continue
            column = self.at.get(gate.id)
            rows.append(({column: 1.0} if column is not None else {}, 1.0, np.inf))
        return rows

    def target(self, wanted: Wanted) -> Row:
        """The low end of the score: what it is now, and what each item adds once it is met."""
        values = {column: max(self.gains.get(name, 0.0), 0.0) for name, column in self.at.items()}
        low = np.nan_to_num(self.sheet.scores.overall.low[0]) * 100
        return values, wanted.target - low - _SLACK, np.inf

    def links(self) -> list[Row]:
        """An item is met only by an action for it."""
        rows: list[Row] = []
        for name in self.items:
            values = {k: -1.0 for k, one in enumerate(self.actions) if one.item == name}
            rows.append(({**values, self.at[name]: 1.0}, -np.inf, 0.0))
        return rows

    def order(self) -> list[Row]:
        """What comes after another needs it."""
        places = {one.id: k for k, one in enumerate(self.actions)}
        return [
            ({k: 1.0, places[one.after]: -1.0}, -np.inf, 0.0)
            for k, one in enumerate(self.actions)
            if one.after is not None and one.after in places
        ]

    def _area_rows(self) -> list[Row]:
        """A rule may count as met only if the area that is there and added satisfies it."""
        if not self.rules:
            return []
        area, share = (self.sheet.asked(one).rule for one in self.rules)
        facts = self.sheet.facts
        known = [facts.get(name) for name in ("households", "service_area", "activity_area")]
        if area is None or share is None or not all(isinstance(one, Decimal) for one in known):
            return [({self.at[one]: 1.0}, -np.inf, 0.0) for one in self.rules]
        households, total, activity = (float(one) for one in known)  # type: ignore[arg-type]
        required = households * float(area.threshold) / 100
        part = float(share.threshold) / 100
        first: dict[int, float] = {self.at[self.rules[0]]: -required}
        big = part * (total + sum(float(one.service_area) for one in self.actions)) + 1
        second: dict[int, float] = {self.at[self.rules[1]]: -big}
        within: dict[int, float] = {}
        for k, one in enumerate(self.actions):
            if is_linked(self.sheet.framework, one.item):
                added, for_residents = float(one.service_area), float(one.activity_area)
                first[k] = added
                second[k] = for_residents - part * added
                within[k] = added - for_residents
        return [
            (first, -total, np.inf),
            (second, part * total - activity - big, np.inf),
            (within, activity - total, np.inf),
        ]


def _linked_items(framework: Framework) -> list[str]:
    return [framework.linked.area, framework.linked.share] if framework.linked else []
