"""Credits → themes → overall, gates and verdict. Pure, vectorised over assessments.

Rules (design §4, after the composite-indicator practice of keeping what is unknown visible):
per theme, with applicable items A and known items K,

    low = Σ_K w·c / Σ_A w      high = (Σ_K w·c + Σ_{A∖K} w) / Σ_A w
    completeness = Σ_K w / Σ_A w

Items set aside and accepted, and items whose condition does not hold, are not in A. Overall is
the mean over themes that have an applicable item, by theme weight. Gates are judged apart:
points never offset them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import compress

import numpy as np
import numpy.typing as npt

from assessment.domain.answers import Judged, Outcome
from assessment.domain.framework import Framework, Role

SCORING_VERSION = "1"
TOLERANCE = 1e-9

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]


class GateResult(IntEnum):
    """All gates met; any not met; or not yet known."""

    UNDECIDED = 0
    PASSED = 1
    BLOCKED = 2


class Verdict(IntEnum):
    """Whether the community is complete: gates passed and low at or above the threshold."""

    UNDECIDED = 0
    COMPLETE = 1
    NOT_COMPLETE = 2


@dataclass(frozen=True)
class Credits:
    """Two matrices, assessments × items of the framework, in its order.

    ``credit`` is in [0, 1], NaN while open; ``outcome`` holds ``Outcome`` codes.
    """

    credit: Floats
    outcome: npt.NDArray[np.uint8]

    @classmethod
    def of(cls, framework: Framework, judged: Sequence[dict[str, Judged]]) -> "Credits":
        """One row per judged assessment."""
        shape = (len(judged), len(framework.items))
        credit = np.full(shape, np.nan)
        outcome = np.zeros(shape, dtype=np.uint8)
        for row, by_item in enumerate(judged):
            for column, item in enumerate(framework.items):
                found = by_item[item.id]
                outcome[row, column] = found.outcome
                if found.credit is not None:
                    credit[row, column] = found.credit
        return cls(credit, outcome)


@dataclass(frozen=True)
class Line:
    """One line of a score for every assessment: arrays of the same length.

    ``low``, ``high``, ``completeness`` and ``set_aside_share`` are in [0, 1], NaN where nothing
    is applicable ("no score"). ``all_met`` and ``none_failed`` say whether the low or high end
    is a true 100. ``earned``, ``open`` and ``base`` are the sums behind the shares: low is
    earned ÷ base, high is (earned + open) ÷ base. Counts are of items.
    """

    earned: Floats
    open: Floats
    base: Floats
    low: Floats
    high: Floats
    completeness: Floats
    set_aside_share: Floats
    all_met: Booleans
    none_failed: Booleans
    asked: Integers
    answered: Integers
    set_aside: Integers

    def column(self, number: int) -> "Line":
        """One line out of many."""
        parts = {name: getattr(self, name)[:, number] for name in self.__dataclass_fields__}
        return Line(**parts)

    @property
    def low_percent(self) -> Floats:
        """``low`` as a floored percentage; 100 only if everything is met."""
        return floor_percent(self.low, self.all_met)

    @property
    def high_percent(self) -> Floats:
        """``high`` as a floored percentage; 100 only if nothing has failed."""
        return floor_percent(self.high, self.none_failed)


@dataclass(frozen=True)
class Scores:
    """The result for every assessment: lines for themes, overall, bonus items, local items."""

    themes: dict[str, Line]
    overall: Line
    bonus: Line
    local: Line
    gates: npt.NDArray[np.uint8]
    verdict: npt.NDArray[np.uint8]
    enough: Booleans


def score(framework: Framework, credits: Credits) -> Scores:
    """Score every row of ``credits`` under the framework."""
    columns = columns_of(framework)
    lines = _lines(columns, credits)
    themes = {theme.id: lines.column(k) for k, theme in enumerate(framework.themes)}
    overall = _overall(columns, lines)
    gates = _gates(columns, credits)
    enough = overall.completeness >= framework.score_from_completeness - TOLERANCE
    verdict = _verdict(framework, overall, gates)
    bonus, local = lines.column(len(themes)), lines.column(len(themes) + 1)
    return Scores(themes, overall, bonus, local, gates, verdict, enough)


def gate_result_of(outcome: Outcome) -> GateResult:
    """One gate: passed only if it is fully met (or left out); points never offset it."""
    if outcome is Outcome.MET or outcome.left_out:
        return GateResult.PASSED
    return GateResult.BLOCKED if outcome.known else GateResult.UNDECIDED


def blocked_gates(framework: Framework, credits: Credits, row: int = 0) -> list[str]:
    """Ids of the gates that are known and not met in one assessment."""
    one = slice(row, row + 1)
    return every_blocked(framework, Credits(credits.credit[one], credits.outcome[one]))[0]


def every_blocked(framework: Framework, credits: Credits) -> list[list[str]]:
    """For every assessment the ids of the gates that are known and not met."""
    ids = [item.id for item in framework.gates]
    results = _GATE_OF_OUTCOME[credits.outcome[:, columns_of(framework).gate]]
    return [list(compress(ids, row)) for row in (results == GateResult.BLOCKED).tolist()]


def floor_percent(share: Floats, full: Booleans) -> Floats:
    """A share as a whole percentage, rounded down; 100 only where ``full``; NaN stays NaN."""
    return np.where(full, whole_percent(share), np.minimum(whole_percent(share), 99.0))


def whole_percent(share: Floats | float) -> Floats:
    """A share as a whole percentage, rounded down; NaN stays NaN."""
    percent: Floats = np.floor(np.asarray(share) * 100 + TOLERANCE)
    return percent


@dataclass(frozen=True)
class Columns:
    """A framework as matrices: items × lines, a line for each theme, bonus items, local items.

    ``weight`` holds the item's weight in its line, ``member`` 1 where it belongs to it.
    """

    weight: Floats
    member: Floats
    theme_weight: Floats
    gate: Booleans


def columns_of(framework: Framework) -> Columns:
    """The matrices of a framework, made once for each content hash."""
    if framework.hash not in _columns:
        made = _make_columns(framework)
        if not framework.hash:
            return made
        _columns[framework.hash] = made
    return _columns[framework.hash]


_columns: dict[str, Columns] = {}


def _make_columns(framework: Framework) -> Columns:
    member = np.zeros((len(framework.items), len(framework.themes) + 2))
    places = {theme.id: k for k, theme in enumerate(framework.themes)}
    for row, item in enumerate(framework.items):
        if item.scored:
            member[row, places[item.theme]] = 1.0
        elif item.role is Role.BONUS:
            member[row, len(places)] = 1.0
        elif item.role is Role.LOCAL:
            member[row, len(places) + 1] = 1.0
    weights = np.array([item.weight for item in framework.items], dtype=np.float64)
    return Columns(
        weight=member * weights[:, None],
        member=member,
        theme_weight=np.array([theme.weight for theme in framework.themes], dtype=np.float64),
        gate=np.array([item.role is Role.GATE for item in framework.items], dtype=np.bool_),
    )


def _lines(columns: Columns, credits: Credits) -> Line:
    """Every line of every assessment at once: a ``Line`` whose arrays are two-dimensional."""
    outcome, credit = credits.outcome, credits.credit
    set_aside = outcome == Outcome.SET_ASIDE
    asked = outcome != Outcome.NOT_ASKED
    applicable = asked & ~set_aside
    known = applicable & ~np.isnan(credit)
    failed = known & (credit < 1.0)
    base = applicable @ columns.weight
    known_weight = known @ columns.weight
    earned = np.where(known, credit, 0.0) @ columns.weight
    applies = applicable @ columns.member
    none_failed = (base > 0) & (failed @ columns.member == 0)
    return Line(
        earned=earned,
        open=base - known_weight,
        base=base,
        low=_share(earned, base),
        high=_share(earned + base - known_weight, base),
        completeness=_share(known_weight, base),
        set_aside_share=_share(set_aside @ columns.weight, asked @ columns.weight),
        all_met=none_failed & (known @ columns.member == applies),
        none_failed=none_failed,
        asked=applies.astype(np.int64),
        answered=((known | (outcome == Outcome.SET_ASIDE_PENDING)) @ columns.member).astype(int),
        set_aside=(set_aside @ columns.member).astype(np.int64),
    )


def _share(part: Floats, whole: Floats) -> Floats:
    """``part / whole``, kept inside [0, 1]; NaN where there is no base."""
    safe = np.where(whole > 0, whole, 1.0)
    return np.where(whole > 0, np.minimum(np.maximum(part / safe, 0.0), 1.0), np.nan)


def _overall(columns: Columns, lines: Line) -> Line:
    weight = columns.theme_weight
    count = len(weight)
    present = lines.base[:, :count] > 0
    base = present @ weight

    def total(shares: Floats) -> Floats:
        return np.where(present, shares[:, :count], 0.0) @ weight

    asides = lines.set_aside_share[:, :count]
    has_aside = ~np.isnan(asides)
    low, high = total(lines.low), total(lines.high)
    return Line(
        earned=low,
        open=high - low,
        base=base,
        low=_share(low, base),
        high=_share(high, base),
        completeness=_share(total(lines.completeness), base),
        set_aside_share=_share(np.where(has_aside, asides, 0.0) @ weight, has_aside @ weight),
        all_met=_every(lines.all_met[:, :count], present),
        none_failed=_every(lines.none_failed[:, :count], present),
        asked=lines.asked[:, :count].sum(axis=1),
        answered=lines.answered[:, :count].sum(axis=1),
        set_aside=lines.set_aside[:, :count].sum(axis=1),
    )


def _every(marks: Booleans, present: Booleans) -> Booleans:
    return np.asarray((marks | ~present).all(axis=1) & present.any(axis=1), dtype=np.bool_)


_GATE_OF_OUTCOME = np.array([gate_result_of(outcome) for outcome in Outcome], dtype=np.uint8)


def _gates(columns: Columns, credits: Credits) -> npt.NDArray[np.uint8]:
    results = _GATE_OF_OUTCOME[credits.outcome[:, columns.gate]]
    result = np.full(len(results), GateResult.UNDECIDED, dtype=np.uint8)
    result[(results == GateResult.PASSED).all(axis=1)] = GateResult.PASSED
    result[(results == GateResult.BLOCKED).any(axis=1)] = GateResult.BLOCKED
    return result


def _verdict(
    framework: Framework, overall: Line, gates: npt.NDArray[np.uint8]
) -> npt.NDArray[np.uint8]:
    threshold = framework.complete_from / 100 - TOLERANCE
    result = np.full(len(gates), Verdict.UNDECIDED, dtype=np.uint8)
    result[(gates == GateResult.PASSED) & (overall.low >= threshold)] = Verdict.COMPLETE
    result[(gates == GateResult.BLOCKED) | (overall.high < threshold)] = Verdict.NOT_COMPLETE
    return result
