"""Whether one is really ahead: what must hold whatever the answers are."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain import ahead
from assessment.domain.ahead import CLEAR, Lead, lead, rank_intervals
from tests.domain.frameworks import (
    MET,
    NOT_MET,
    OPEN,
    RESULTS,
    SET_ASIDE,
    answered_frameworks,
    credits_of,
    make_framework,
    make_item,
    partly,
    small_frameworks,
)

DRAWS = 200
TEN = make_framework([make_item(f"A-{k:02}") for k in range(10)])
few = settings(max_examples=60)


@st.composite
def pairs(draw):
    """A small framework and two communities that answered it."""
    framework, one = draw(answered_frameworks())
    other = {item.id: draw(RESULTS) for item in framework.items}
    return framework, credits_of(framework, one), credits_of(framework, other)


@few
@given(pairs())
def test_shares_are_shares_and_exchange_with_the_sides(pair):
    framework, one, other = pair
    found, turned = lead(framework, one, other, DRAWS), lead(framework, other, one, DRAWS)
    assert min(found.ahead, found.behind) >= 0
    assert found.ahead + found.behind <= 1
    assert (found.ahead, found.behind) == (turned.behind, turned.ahead)
    points, turned_points = dict(found.deciding), dict(turned.deciding)
    assert points.keys() == turned_points.keys()
    assert all(points[key] == pytest.approx(-turned_points[key]) for key in points)


@few
@given(answered_frameworks())
def test_a_community_is_never_ahead_of_its_own_answers(answered):
    framework, judged = answered
    credits = credits_of(framework, judged)
    found = lead(framework, credits, credits, DRAWS)
    assert found.ahead == found.behind
    assert not found.is_clear
    if not np.isnan(credits.credit).any():
        assert (found.ahead, found.behind, found.deciding) == (0, 0, ())


@few
@given(pairs())
def test_the_same_question_has_the_same_answer(pair):
    assert lead(*pair, DRAWS) == lead(*pair, DRAWS)


@few
@given(small_frameworks(), st.data())
def test_who_is_nowhere_worse_is_never_behind_and_far_better_is_clear(framework, data):
    low = [data.draw(st.floats(0, 0.5)) for _ in framework.items]
    other = {
        item.id: partly(c) if c else NOT_MET for item, c in zip(framework.items, low, strict=True)
    }
    one = {item.id: MET for item in framework.items}
    found = lead(framework, credits_of(framework, one), credits_of(framework, other), DRAWS)
    assert found.behind == 0
    if any(item.scored for item in framework.items):
        assert found.ahead == 1
        assert found.is_clear
    assert all(points >= 0 for _, points in found.deciding)


def test_a_theme_without_items_that_count_is_no_hindrance():
    framework = make_framework(
        [make_item("A-01"), make_item("B-01", theme="two", role="bonus")], {"one": 1, "two": 1}
    )
    found = lead(
        framework,
        credits_of(framework, {"A-01": MET}),
        credits_of(framework, {"A-01": NOT_MET}),
    )
    assert found == Lead(1.0, 0.0, (("A-01", 100.0),))


def test_open_items_make_a_lead_unsure():
    half = {f"A-{k:02}": MET for k in range(5)}
    answered = lead(TEN, credits_of(TEN, _all(0.55)), _half())
    assert answered.ahead > answered.behind
    unsure = lead(TEN, credits_of(TEN, half), credits_of(TEN, half))
    assert unsure.ahead == unsure.behind == pytest.approx(0.5, abs=0.01)
    assert not unsure.is_clear


def test_full_marks_on_fewer_items_tie_with_full_marks_on_all():
    """Sums of rounded shares must not decide."""
    fewer = _all(1.0) | {"A-03": SET_ASIDE, "A-07": SET_ASIDE}
    found = lead(TEN, credits_of(TEN, _all(1.0)), credits_of(TEN, fewer))
    assert (found.ahead, found.behind) == (0, 0)


def test_items_that_decide_come_with_their_points_the_largest_first():
    one = _all(0.5) | {"A-01": MET, "A-02": NOT_MET, "A-03": partly(0.75)}
    found = lead(TEN, credits_of(TEN, one), credits_of(TEN, _all(0.5)))
    assert [item for item, _ in found.deciding][2] == "A-03"
    assert {item for item, _ in found.deciding} == {"A-01", "A-02", "A-03"}
    points = dict(found.deciding)
    assert points["A-01"] == pytest.approx(5, rel=0.1)
    assert points["A-02"] == pytest.approx(-5, rel=0.1)
    assert points["A-03"] == pytest.approx(2.5, rel=0.1)


def test_a_lead_is_clear_from_nine_of_ten_either_way():
    assert Lead(CLEAR, 0.1, ()).is_clear
    assert Lead(0.1, CLEAR, ()).is_clear
    assert not Lead(CLEAR - 0.001, 0.1, ()).is_clear


def test_weights_vary_around_those_of_the_checklist():
    items = [make_item("A-01", weight=3.0), make_item("A-02"), make_item("B-01", theme="two")]
    framework = make_framework(items, {"one": 3.0, "two": 1.0})
    themes, within = ahead._weights(framework, np.random.default_rng(1), 4000)
    assert themes.mean(axis=0) == pytest.approx([0.75, 0.25], abs=0.02)
    assert within.mean(axis=0) == pytest.approx([0.75, 0.25, 1.0], abs=0.02)
    assert themes.sum(axis=1) == pytest.approx(1)
    assert 0.1 < themes[:, 0].std() / 0.75 < 0.6


shares = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted), min_size=1, max_size=12)


@given(shares, st.data())
def test_the_interval_of_ranks_holds_the_true_rank_however_open_items_turn_out(ranges, data):
    low, high = np.array(ranges).T
    true = np.array([data.draw(st.floats(one, other)) for one, other in ranges])
    ranks = 1 + (true[None, :] > true[:, None]).sum(axis=1)
    best, worst = rank_intervals(low, high)
    assert (best <= ranks).all()
    assert (ranks <= worst).all()
    assert (best >= 1).all() and (worst <= len(ranges)).all()


@given(shares, st.integers(0, 5))
def test_those_without_a_score_have_no_rank_and_change_no_one_elses(ranges, without):
    low, high = np.array(ranges).T
    best, worst = rank_intervals(low, high)
    missing = np.full(without, np.nan)
    more_best, more_worst = rank_intervals(np.append(low, missing), np.append(high, missing))
    assert (more_best[: len(low)] == best).all() and (more_worst[: len(low)] == worst).all()
    assert (more_best[len(low) :] == 0).all() and (more_worst[len(low) :] == 0).all()


def test_certain_scores_have_one_rank_each():
    scores = np.array([0.9, 0.5, 0.7])
    best, worst = rank_intervals(scores, scores)
    assert best.tolist() == worst.tolist() == [1, 3, 2]


def _all(credit: float):
    judged = MET if credit == 1 else replace(partly(), credit=credit)
    return {item.id: judged for item in TEN.items}


def _half():
    return credits_of(TEN, {item.id: partly(0.5) for item in TEN.items} | {"A-00": OPEN})
