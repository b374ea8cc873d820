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
    """The result for every assessment: a line per theme, one overall, one for bonus items."""

    themes: dict[str, Line]
    overall: Line
    bonus: Line
    gates: npt.NDArray[np.uint8]
    verdict: npt.NDArray[np.uint8]
    enough: Booleans


def score(framework: Framework, credits: Credits) -> Scores:
    """Score every row of ``credits`` under the framework."""
    scored = np.array([item.scored for item in framework.items])
    bonus = np.array([item.role is Role.BONUS for item in framework.items])
    themes = {
        theme.id: _line(framework, credits, scored & _in_theme(framework, theme.id))
        for theme in framework.themes
    }
    overall = _overall(framework, list(themes.values()))
    gates = _gates(framework, credits)
    enough = overall.completeness >= framework.score_from_completeness - TOLERANCE
    verdict = _verdict(framework, overall, gates)
    return Scores(themes, overall, _line(framework, credits, bonus), gates, verdict, enough)


def gate_result_of(outcome: Outcome) -> GateResult:
    """One gate: passed only if it is fully met (or left out); points never offset it."""
    if outcome is Outcome.MET or outcome.left_out:
        return GateResult.PASSED
    return GateResult.BLOCKED if outcome.known else GateResult.UNDECIDED


def blocked_gates(framework: Framework, credits: Credits, row: int = 0) -> list[str]:
    """Ids of the gates that are known and not met in one assessment."""
    return [
        item.id
        for column, item in enumerate(framework.items)
        if item.role is Role.GATE
        and gate_result_of(Outcome(int(credits.outcome[row, column]))) is GateResult.BLOCKED
    ]


def floor_percent(share: Floats, full: Booleans) -> Floats:
    """A share as a whole percentage, rounded down; 100 only where ``full``; NaN stays NaN."""
    percent = np.floor(share * 100 + TOLERANCE)
    return np.where(full, percent, np.minimum(percent, 99.0))


def weights_of(framework: Framework) -> Floats:
    """The weight of every item within its theme, in the framework's order."""
    return np.array([item.weight for item in framework.items], dtype=np.float64)


def _in_theme(framework: Framework, theme_id: str) -> Booleans:
    return np.array([item.theme == theme_id for item in framework.items])


def _line(framework: Framework, credits: Credits, columns: Booleans) -> Line:
    weights = weights_of(framework)[columns]
    outcome = credits.outcome[:, columns]
    credit = credits.credit[:, columns]
    set_aside = outcome == Outcome.SET_ASIDE
    asked = outcome != Outcome.NOT_ASKED
    applicable = asked & ~set_aside
    known = applicable & ~np.isnan(credit)
    base = applicable @ weights
    earned = np.where(known, credit, 0.0) @ weights
    failed = np.where(known, credit, 1.0) < 1.0
    waiting = outcome == Outcome.SET_ASIDE_PENDING
    open_weight = (applicable & ~known) @ weights
    return Line(
        earned=earned,
        open=open_weight,
        base=base,
        low=_share(earned, base),
        high=_share(earned + open_weight, base),
        completeness=_share(known @ weights, base),
        set_aside_share=_share(set_aside @ weights, asked @ weights),
        all_met=(base > 0) & ~(failed & applicable).any(axis=1) & (known == applicable).all(axis=1),
        none_failed=(base > 0) & ~(failed & applicable).any(axis=1),
        asked=applicable.sum(axis=1),
        answered=(known | waiting).sum(axis=1),
        set_aside=set_aside.sum(axis=1),
    )


def _share(part: Floats, whole: Floats) -> Floats:
    """``part / whole``, kept inside [0, 1]; NaN where there is no base."""
    safe = np.where(whole > 0, whole, 1.0)
    return np.where(whole > 0, np.clip(part / safe, 0.0, 1.0), np.nan)


def _overall(framework: Framework, lines: list[Line]) -> Line:
    weights = np.array([theme.weight for theme in framework.themes], dtype=np.float64)
    lows = np.column_stack([line.low for line in lines])
    present = ~np.isnan(lows)
    base = present @ weights

    def total(name: str) -> Floats:
        values = np.column_stack([getattr(line, name) for line in lines])
        return np.where(present, values, 0.0) @ weights

    asides = np.column_stack([line.set_aside_share for line in lines])
    aside_present = ~np.isnan(asides)
    low, high = total("low"), total("high")
    return Line(
        earned=low,
        open=high - low,
        base=base,
        low=_share(low, base),
        high=_share(high, base),
        completeness=_share(total("completeness"), base),
        set_aside_share=_share(
            np.where(aside_present, asides, 0.0) @ weights, aside_present @ weights
        ),
        all_met=_every(lines, "all_met", present),
        none_failed=_every(lines, "none_failed", present),
        asked=np.sum([line.asked for line in lines], axis=0),
        answered=np.sum([line.answered for line in lines], axis=0),
        set_aside=np.sum([line.set_aside for line in lines], axis=0),
    )


def _every(lines: list[Line], name: str, present: Booleans) -> Booleans:
    marks = np.column_stack([getattr(line, name) for line in lines])
    return np.asarray((marks | ~present).all(axis=1) & present.any(axis=1), dtype=np.bool_)


def _gates(framework: Framework, credits: Credits) -> npt.NDArray[np.uint8]:
    columns = np.array([item.role is Role.GATE for item in framework.items])
    of_outcome = np.array([gate_result_of(outcome) for outcome in Outcome], dtype=np.uint8)
    results = of_outcome[credits.outcome[:, columns]]
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
