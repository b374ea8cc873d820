"""What holds of every score, whatever the framework and the answers (Hypothesis)."""

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assessment.domain.answers import Judged, Outcome
from assessment.domain.framework import Framework, Item, Role
from assessment.domain.scoring import GateResult, Line, Scores, Verdict
from tests.domain.frameworks import (
    MET,
    OPEN_RESULTS,
    PENDING,
    RESULTS,
    SET_ASIDE,
    answered_frameworks,
    ends,
    has_no_score,
    partly,
    score_of,
    small_frameworks,
    with_weights,
)

NEARLY = 1e-9
SHARES = ("low", "high", "completeness", "set_aside_share")
Answered = tuple[Framework, dict[str, Judged]]


def lines_of(scores: Scores) -> list[Line]:
    return [*scores.themes.values(), scores.overall]


def same_shares(one: Line, other: Line, row: int = 0) -> None:
    for name in (*SHARES, "low_percent", "high_percent"):
        left, right = getattr(one, name)[0], getattr(other, name)[row]
        np.testing.assert_allclose(left, right, atol=NEARLY, err_msg=name, equal_nan=True)


def applicable(items: list[Item], judged: Mapping[str, Judged]) -> list[Item]:
    return [item for item in items if item.scored and not judged[item.id].outcome.left_out]


def exact_range(items: list[Item], judged: Mapping[str, Judged]) -> tuple[Fraction, ...] | None:
    """Low, high and completeness of one theme in exact fractions, or ``None`` without a base."""
    counted = applicable(items, judged)
    base = sum(Fraction(item.weight) for item in counted)
    if not base:
        return None
    known = [item for item in counted if judged[item.id].outcome.known]
    earned = sum(Fraction(item.weight) * Fraction(judged[item.id].credit) for item in known)
    answered = sum(Fraction(item.weight) for item in known)
    return earned / base, (earned + base - answered) / base, answered / base


def exact_overall(framework: Framework, judged: Mapping[str, Judged]) -> tuple[float, ...] | None:
    found = {theme: exact_range(framework.items_of(theme.id), judged) for theme in framework.themes}
    present = {theme: line for theme, line in found.items() if line is not None}
    whole = sum(Fraction(theme.weight) for theme in present)
    if not whole:
        return None
    sums = (
        sum(Fraction(theme.weight) * line[part] for theme, line in present.items())
        for part in range(3)
    )
    return tuple(float(part / whole) for part in sums)


def numbers_of(line: Line) -> tuple[float, ...] | None:
    if has_no_score(line):
        return None
    return float(line.low[0]), float(line.high[0]), float(line.completeness[0])


@given(answered_frameworks())
def test_a_score_is_what_exact_fractions_give(answered: Answered):
    framework, judged = answered
    scores = score_of(framework, judged)
    assert numbers_of(scores.overall) == pytest.approx(exact_overall(framework, judged))
    for theme in framework.themes:
        exact = exact_range(framework.items_of(theme.id), judged)
        expected = exact and tuple(map(float, exact))
        assert numbers_of(scores.themes[theme.id]) == pytest.approx(expected)


@given(answered_frameworks())
def test_low_never_exceeds_high_and_both_stay_between_0_and_1(answered: Answered):
    for line in lines_of(score_of(*answered)):
        if not has_no_score(line):
            low, high = ends(line)
            assert 0 <= low <= high + NEARLY <= 1 + 2 * NEARLY
            assert line.low_percent[0] <= line.high_percent[0]


@given(answered_frameworks())
def test_earned_and_open_over_the_base_are_low_and_high(answered: Answered):
    scores = score_of(*answered)
    for line in [*lines_of(scores), scores.bonus]:
        if not has_no_score(line):
            low = line.earned[0] / line.base[0]
            high = (line.earned[0] + line.open[0]) / line.base[0]
            assert ends(line) == pytest.approx((low, high), abs=NEARLY)


@given(answered_frameworks(), RESULTS, st.data())
def test_answering_an_open_item_never_widens_the_range_and_stays_inside_it(
    answered: Answered, result: Judged, data: st.DataObject
):
    framework, judged = answered
    waiting = [key for key, one in judged.items() if one.outcome in OPEN_RESULTS]
    assume(waiting)
    chosen = data.draw(st.sampled_from(waiting))
    before = lines_of(score_of(framework, judged))
    after = lines_of(score_of(framework, judged | {chosen: result}))
    for old, new in zip(before, after, strict=True):
        if not has_no_score(new):
            assert ends(old)[0] <= ends(new)[0] + NEARLY
            assert ends(new)[1] <= ends(old)[1] + NEARLY
            assert old.low_percent[0] <= new.low_percent[0]
            assert new.high_percent[0] <= old.high_percent[0]


@given(answered_frameworks(), st.floats(0.01, 100))
def test_all_item_weights_or_all_theme_weights_times_a_factor_change_nothing(
    answered: Answered, factor: float
):
    framework, judged = answered
    plain = score_of(framework, judged)
    for scaled in (with_weights(framework, items=factor), with_weights(framework, themes=factor)):
        other = score_of(scaled, judged)
        for one, two in zip(lines_of(plain), lines_of(other), strict=True):
            same_shares(one, two)
        assert (plain.gates[0], plain.verdict[0]) == (other.gates[0], other.verdict[0])


def is_complete(items: list[Item], judged: Mapping[str, Judged]) -> bool:
    counted = applicable(items, judged)
    return bool(counted) and all(judged[item.id].outcome is Outcome.MET for item in counted)


@given(answered_frameworks())
def test_100_is_shown_exactly_where_every_item_that_applies_is_met(answered: Answered):
    framework, judged = answered
    scores = score_of(framework, judged)
    whole = is_complete(list(framework.items), judged)
    assert (scores.overall.low_percent[0] == 100) == whole
    for theme, line in scores.themes.items():
        assert (line.low_percent[0] == 100) == is_complete(framework.items_of(theme), judged)


@given(small_frameworks(), st.data())
def test_with_every_item_met_or_set_aside_the_score_is_exactly_100(framework, data):
    judged = {item.id: data.draw(st.sampled_from([MET, SET_ASIDE])) for item in framework.items}
    scores = score_of(framework, judged)
    if any(item.scored and judged[item.id] is MET for item in framework.items):
        assert scores.overall.low_percent[0] == scores.overall.high_percent[0] == 100
        assert scores.verdict[0] == Verdict.COMPLETE


@given(answered_frameworks())
def test_percentages_are_rounded_down(answered: Answered):
    for line in lines_of(score_of(*answered)):
        if not has_no_score(line):
            assert line.low_percent[0] == int(line.low_percent[0])
            lost = ends(line)[0] * 100 - line.low_percent[0]
            assert -NEARLY <= lost < 1 + NEARLY


@given(answered_frameworks(), st.data())
def test_not_applicable_pending_never_raises_low(answered: Answered, data: st.DataObject):
    framework, judged = answered
    chosen = data.draw(st.sampled_from(sorted(judged)))
    assume(not judged[chosen].outcome.left_out)
    before = lines_of(score_of(framework, judged))
    after = lines_of(score_of(framework, judged | {chosen: PENDING}))
    for old, new in zip(before, after, strict=True):
        if not has_no_score(old):
            assert ends(new)[0] <= ends(old)[0] + NEARLY


@given(answered_frameworks(), st.data())
def test_not_applicable_accepted_leaves_the_base(answered: Answered, data: st.DataObject):
    framework, judged = answered
    item = data.draw(st.sampled_from(framework.items))
    assume(item.scored and not judged[item.id].outcome.left_out)
    before = score_of(framework, judged).themes[item.theme]
    after = score_of(framework, judged | {item.id: SET_ASIDE}).themes[item.theme]
    assert after.base[0] == pytest.approx(before.base[0] - item.weight, abs=NEARLY)
    assert after.set_aside[0] == before.set_aside[0] + 1
    assert after.set_aside_share[0] > before.set_aside_share[0]


@given(answered_frameworks(), st.data())
def test_bonus_and_context_items_never_change_a_theme(answered: Answered, data: st.DataObject):
    framework, judged = answered
    beside = [item.id for item in framework.items if not item.scored]
    changed = judged | {key: data.draw(RESULTS) for key in beside}
    left = framework.model_copy(update={"items": tuple(i for i in framework.items if i.scored)})
    plain, other = score_of(framework, judged), score_of(framework, changed)
    for one, two, three in zip(
        lines_of(plain), lines_of(other), lines_of(score_of(left, judged)), strict=True
    ):
        same_shares(one, two)
        same_shares(one, three)
    assert (plain.gates[0], plain.verdict[0]) == (other.gates[0], other.verdict[0])


@given(small_frameworks(), st.integers(1, 6), st.data())
def test_many_rows_at_once_score_as_they_do_one_by_one(framework, count, data):
    rows = [{item.id: data.draw(RESULTS) for item in framework.items} for _ in range(count)]
    together = score_of(framework, *rows)
    for position, row in enumerate(rows):
        alone = score_of(framework, row)
        for one, many in zip(
            [*lines_of(alone), alone.bonus], [*lines_of(together), together.bonus], strict=True
        ):
            same_shares(one, many, position)
        for name in ("gates", "verdict", "enough"):
            assert getattr(alone, name)[0] == getattr(together, name)[position]


@given(answered_frameworks(), st.floats(0.01, 0.99))
def test_no_number_of_points_offsets_a_gate(answered: Answered, credit: float):
    framework, judged = answered
    gates = [item.id for item in framework.items if item.role is Role.GATE]
    assume(gates)
    scores = score_of(framework, dict.fromkeys(judged, MET) | {gates[0]: partly(credit)})
    assert scores.gates[0] == GateResult.BLOCKED
    assert scores.verdict[0] == Verdict.NOT_COMPLETE


@given(answered_frameworks())
def test_the_gates_follow_from_the_gate_items_alone(answered: Answered):
    framework, judged = answered
    outcomes = [judged[item.id].outcome for item in framework.gates]
    if any(outcome in (Outcome.PARTLY, Outcome.NOT_MET) for outcome in outcomes):
        expected = GateResult.BLOCKED
    elif any(outcome in OPEN_RESULTS for outcome in outcomes):
        expected = GateResult.UNDECIDED
    else:
        expected = GateResult.PASSED
    assert score_of(framework, judged).gates[0] == expected
