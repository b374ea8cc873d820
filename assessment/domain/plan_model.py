"""The plan as a mixed-integer linear programme, solved by HiGHS through scipy.

Variables: whether each action is chosen; whether each item that they make met is met; for the two
linked rules of floor area whether each is met and its credit. Area that is added also raises the
base of the residents' share, so that credit times area stands in it: a product with a choice of
0 or 1, which is linear after McCormick (1976) without any loss.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor, gcd, inf, lcm

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp

from assessment.domain.answers import Judged, Outcome
from assessment.domain.gaps import gains_of
from assessment.domain.plan import PlannedAction, after_actions, is_linked
from assessment.domain.scoring import TOLERANCE, Credits, score
from assessment.domain.sheet import Sheet

# Shares are counted in these parts, so that what the solver takes for equal is far below a point.
_FINE = 10_000.0
Floats = npt.NDArray[np.float64]
# Factors by column, and the least and the most that their sum may be.
Row = tuple[dict[int, float], float, float]


class PlanModel:
    """The choice among actions that may all be chosen, within a budget in yuan or without."""

    def __init__(
        self, sheet: Sheet, actions: Sequence[PlannedAction], budget: Decimal | None
    ) -> None:
        self._sheet, self._actions = sheet, actions
        self._points: dict[int, float] = {}
        self._gates: list[int] = []
        self._upper: list[float] = [1.0] * len(actions)
        self._whole: list[int] = [1] * len(actions)
        self._costs, most = _in_units(actions, budget)
        self._passed, self._low = 0, _low(sheet, sheet.judged)
        self._rows: list[Row] = [
            (dict(enumerate(self._costs)), -inf, most),
            *_order(actions),
        ]
        self._add_items()
        self._add_rules()

    def cheapest(self, target: float) -> tuple[PlannedAction, ...] | None:
        """The cheapest set, of these the smallest, that passes every gate and has ``target``
        points at the low end; ``None`` if there is none."""
        if self._passed + len(self._gates) < len(self._sheet.framework.gates):
            return None
        rows = [*self._rows, *(({gate: 1.0}, 1.0, 1.0) for gate in self._gates)]
        needed = (target / 100 - self._low) * _FINE - TOLERANCE
        found = self._solve(self._by_cost(), [*rows, (self._points, needed, inf)])
        return None if found is None else self._chosen(found)

    def nearest(self) -> tuple[tuple[PlannedAction, ...], int, float]:
        """The set with most gates passed, then most points, then the lowest cost.

        With it the gates that can be passed and the low end that can be had, as a share.
        """
        rows, reached = list(self._rows), [0.0, 0.0]
        for place, wanted in enumerate((dict.fromkeys(self._gates, 1.0), self._points)):
            best = self._solve({column: -value for column, value in wanted.items()}, rows)
            if best is None:
                return (), self._passed, 0.0
            reached[place] = sum(value * best[column] for column, value in wanted.items())
            rows.append((wanted, reached[place] - TOLERANCE, inf))
        found = self._solve(self._by_cost(), rows)
        chosen = () if found is None else self._chosen(found)
        return chosen, self._passed + round(reached[0]), self._low + reached[1] / _FINE

    def exclude(self, chosen: Sequence[PlannedAction]) -> None:
        """Never give exactly this set again."""
        taken = {one.id for one in chosen}
        row = {k: 1.0 if one.id in taken else -1.0 for k, one in enumerate(self._actions)}
        self._rows.append((row, -inf, len(taken) - 1.0))

    def _add_items(self) -> None:
        """An item is met only by an action for it. Gates that are passed already are counted."""
        framework = self._sheet.framework
        met = after_actions(self._sheet, self._actions).judged
        gains = gains_of(framework, self._sheet.judged)
        for item in framework.items:
            now = self._sheet.judged[item.id].outcome
            if is_linked(framework, item.id):
                continue
            if now is Outcome.MET or now.left_out:
                self._passed += item in framework.gates
            elif met[item.id].outcome is Outcome.MET:
                column = self._column()
                for_it = (k for k, one in enumerate(self._actions) if one.item == item.id)
                self._rows.append(({column: 1.0, **dict.fromkeys(for_it, -1.0)}, -inf, 0.0))
                self._points[column] = max(gains[item.id], 0.0) / 100 * _FINE
                if item in framework.gates:
                    self._gates.append(column)

    def _add_rules(self) -> None:
        """The two linked quantities, with what is there now and what the actions add."""
        linked = self._sheet.framework.linked
        if linked is None:
            return
        for item_id, add in ((linked.area, self._add_area), (linked.share, self._add_share)):
            item, now = self._sheet.asked(item_id), self._sheet.judged[item_id]
            if now.outcome.left_out:
                continue
            with_all, with_none = (
                _low(self._sheet, {**self._sheet.judged, item_id: Judged(outcome, credit)})
                for outcome, credit in ((Outcome.MET, 1.0), (Outcome.NOT_MET, 0.0))
            )
            points = with_all - with_none
            self._low -= points * (now.credit or 0.0)
            met, credit = self._column(), self._column(whole=0)
            self._points[credit] = points * _FINE
            if self._sheet.framework.item(item_id) in self._sheet.framework.gates:
                self._gates.append(met)
            add(float(Fraction(item.rule.threshold)) if item.rule else 0.0, met, credit)

    def _add_area(self, per_100: float, met: int, credit: int) -> None:
        """required · credit ≤ total + Σ added."""
        households, total = self._fact("households"), self._fact("service_area")
        if not households or total is None:
            self._forbid(met, credit)
            return
        added = {k: -area for k, area in self._areas("service_area").items()}
        for column in (met, credit):
            self._rows.append(({column: households * per_100 / 100, **added}, -inf, total))

    def _add_share(self, percent: float, met: int, credit: int) -> None:
        """part · (total + Σ added) · credit ≤ activity + Σ for residents, and never above total."""
        total, activity = self._fact("service_area"), self._fact("activity_area")
        if total is None or activity is None:
            self._forbid(met, credit)
            return
        part = percent / 100
        added, residents = self._areas("service_area"), self._areas("activity_area")
        others = {k: residents.get(k, 0) - added.get(k, 0) for k in {**added, **residents}}
        above = max(0.0, activity - total + sum(max(0.0, one) for one in others.values()))
        some = dict.fromkeys(added, -1.0)
        gap = {k: part * added.get(k, 0) - residents.get(k, 0) for k in others}
        most = part * (total + sum(added.values()))
        shares = {k: self._product(k, credit) for k in added}
        taken = {column: part * added[k] for k, column in shares.items()}
        given = {k: -area for k, area in residents.items()}
        for column in (met, credit):
            whole = self._column()
            self._rows.append(({column: 1.0, whole: -1.0}, -inf, 0.0))
            self._rows.append(({**others, whole: above}, -inf, total - activity + above))
            if total == 0:
                self._rows.append(({column: 1.0, **some}, -inf, 0.0))
        self._rows.append(({**gap, met: most}, -inf, most - part * total + activity))
        self._rows.append(({credit: part * total, **taken, **given}, -inf, activity))

    def _product(self, choice: int, credit: int) -> int:
        """A column that is at least credit times choice; the larger it is, the worse."""
        column = self._column(whole=0)
        self._rows.append(({column: 1.0, credit: -1.0, choice: -1.0}, -1.0, inf))
        return column

    def _forbid(self, *columns: int) -> None:
        """Where a fact is not known, added area changes nothing."""
        for column in columns:
            self._upper[column] = 0.0

    def _fact(self, name: str) -> float | None:
        value = self._sheet.facts.get(name)
        return float(value) if isinstance(value, Decimal) else None

    def _areas(self, name: str) -> dict[int, float]:
        """What each action adds to a fact, without those that add nothing."""
        framework = self._sheet.framework
        return {
            k: float(getattr(one, name))
            for k, one in enumerate(self._actions)
            if is_linked(framework, one.item) and getattr(one, name)
        }

    def _column(self, whole: int = 1) -> int:
        self._upper.append(1.0)
        self._whole.append(whole)
        return len(self._upper) - 1

    def _by_cost(self) -> dict[int, float]:
        """Costs are whole units; all actions together weigh less than one unit."""
        one = 1 / (2 * len(self._actions) + 2)
        return {k: cost + one for k, cost in enumerate(self._costs)}

    def _chosen(self, found: Floats) -> tuple[PlannedAction, ...]:
        return tuple(one for k, one in enumerate(self._actions) if found[k] > 0.5)

    def _solve(self, costs: dict[int, float], rows: Sequence[Row]) -> Floats | None:
        size = len(self._upper)
        if size == 0:
            return np.zeros(0) if all(low <= 0 <= high for _, low, high in rows) else None
        table, objective = np.zeros((len(rows), size)), np.zeros(size)
        for place, (values, _, _) in enumerate(rows):
            for column, value in values.items():
                table[place, column] = value
        for column, value in costs.items():
            objective[column] = value
        least, most = [row[1] for row in rows], [row[2] for row in rows]
        found = milp(
            objective,
            constraints=LinearConstraint(table, least, most),
            integrality=np.array(self._whole),
            bounds=Bounds(0, np.array(self._upper)),
            options={"mip_rel_gap": 0.0},
        )
        return None if found.x is None else np.asarray(found.x, dtype=np.float64)


def _in_units(
    actions: Sequence[PlannedAction], budget: Decimal | None
) -> tuple[list[float], float]:
    """Costs as small whole numbers of one common unit, and the most that they may sum to.

    Half a unit more than the budget: no sum lies between, and rounding cannot refuse the budget.
    """
    exact = [Fraction(one.cost or 0) for one in actions]
    cents = lcm(*(one.denominator for one in exact)) if exact else 1
    unit = Fraction(gcd(*(int(one * cents) for one in exact)) or 1, cents)
    most = inf if budget is None else floor(Fraction(budget) / unit) + 0.5
    return [float(one / unit) for one in exact], most


def _order(actions: Sequence[PlannedAction]) -> list[Row]:
    """What comes after another needs it."""
    places = {one.id: k for k, one in enumerate(actions)}
    return [
        ({k: 1.0, places[one.after]: -1.0}, -inf, 0.0)
        for k, one in enumerate(actions)
        if one.after in places
    ]


def _low(sheet: Sheet, judged: Mapping[str, Judged]) -> float:
    """The low end of the score as a share, 0 where there is none."""
    low = score(sheet.framework, Credits.of(sheet.framework, [dict(judged)])).overall.low[0]
    return float(np.nan_to_num(low))
