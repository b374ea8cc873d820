"""Shortfalls in natural units, linked rules solved together, and gaps in their order."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import count, pairwise
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.domain.gaps import find_gaps, linked_shortfall, open_items, shortfall_of
from tests.domain.frameworks import (
    MET,
    NOT_MET,
    OPEN,
    PENDING,
    SET_ASIDE,
    UNKNOWN,
    answered_frameworks,
    make_framework,
    make_item,
    make_linked_framework,
    partly,
    score_of,
)

HALF_METRES = st.integers(0, 800).map(lambda half: Decimal(half) / 2)


@st.composite
def communities(draw: st.DrawFn) -> tuple[Decimal, Decimal, Decimal, str, str]:
    """Households, total area, activity area within it, and the two thresholds."""
    households = Decimal(draw(st.integers(1, 1500)))
    total = draw(HALF_METRES)
    activity = min(total, draw(HALF_METRES))
    per_100, share = draw(st.integers(1, 60)), draw(st.integers(1, 90))
    return households, total, activity, str(per_100), str(share)


def meets(households, per_100, share) -> Callable[[Fraction, Fraction], bool]:
    """Both rules at once, in exact numbers, written without looking at the solver."""

    def both(total: Fraction, activity: Fraction) -> bool:
        enough = total * 100 >= Fraction(per_100) * Fraction(households)
        return enough and activity * 100 >= Fraction(share) * total

    return both


def test_1240_households_310_and_150_square_metres_need_90_and_not_62():
    found = linked_shortfall(Decimal(1240), Decimal(310), Decimal(150), "30", "60")
    assert found.required == 372
    assert found.add_for_residents == 90
    assert (found.add, found.convert) == (62, 12)


def test_62_alone_would_break_the_other_rule():
    both = meets(1240, 30, 60)
    assert not both(Fraction(310 + 62), Fraction(150 + 62))
    assert both(Fraction(310 + 90), Fraction(150 + 90))
    assert both(Fraction(310 + 62), Fraction(150 + 62 + 12))


@given(communities())
def test_what_to_add_for_residents_is_the_least_that_meets_both_rules(community):
    households, total, activity, per_100, share = community
    both = meets(households, per_100, share)
    found = linked_shortfall(households, total, activity, per_100, share)
    least = next(x for x in count() if both(Fraction(total) + x, Fraction(activity) + x))
    assert found.add_for_residents == least


@given(communities())
def test_adding_and_converting_meets_both_rules_with_no_metre_to_spare(community):
    households, total, activity, per_100, share = community
    both = meets(households, per_100, share)
    found = linked_shortfall(households, total, activity, per_100, share)
    new_total = Fraction(total) + found.add
    new_activity = Fraction(activity) + found.add + found.convert
    assert both(new_total, new_activity)
    assert not (found.add and both(new_total - 1, new_total - 1))
    assert not (found.convert and both(new_total, new_activity - 1))


@given(communities())
def test_no_more_rooms_are_converted_than_there_are(community):
    households, total, activity, per_100, share = community
    found = linked_shortfall(households, total, activity, per_100, share)
    assert 0 <= found.convert <= ceil(total - activity)
    assert found.add <= found.add_for_residents


@given(communities())
def test_a_community_that_meets_both_rules_has_no_shortfall(community):
    households, total, activity, per_100, share = community
    met = meets(households, per_100, share)(Fraction(total), Fraction(activity))
    facts = {"households": households, "service_area": total, "activity_area": activity}
    assert (shortfall_of(make_linked_framework(per_100, share), facts) is None) == met


def test_the_thresholds_come_from_the_framework():
    facts = {
        "households": Decimal(1000),
        "service_area": Decimal(300),
        "activity_area": Decimal(200),
    }
    assert shortfall_of(make_linked_framework("30", "60"), facts) is None
    assert shortfall_of(make_linked_framework("45", "60"), facts).add == 150
    assert shortfall_of(make_linked_framework("30", "80"), facts).convert == 40


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"households": "1240", "service_area": "310"},
        {"service_area": "310", "activity_area": "150"},
        {"households": "0", "service_area": "310", "activity_area": "150"},
        {"households": "1240", "service_area": "310", "activity_area": "311"},
    ],
)
def test_without_sound_facts_there_is_no_shortfall_to_tell(facts: dict[str, str]):
    known = {key: Decimal(value) for key, value in facts.items()}
    assert shortfall_of(make_linked_framework(), known) is None


def test_a_framework_without_linked_items_has_no_shortfall():
    facts = {"households": Decimal(9), "service_area": Decimal(0), "activity_area": Decimal(0)}
    assert shortfall_of(make_framework([make_item("A-01")]), facts) is None


def six_items():
    """A gate, three core items of weights 1, 2 and 3, a bonus and a context item."""
    return make_framework(
        [
            make_item("A-01", weight=1),
            make_item("A-02", weight=3),
            make_item("A-03", role="bonus"),
            make_item("A-04", role="context"),
            make_item("A-05", weight=2),
            make_item("A-06", role="gate", weight=0.5),
        ]
    )


def test_gaps_are_what_is_known_and_not_met_gates_first_then_by_gain():
    framework = six_items()
    judged = {item.id: NOT_MET for item in framework.items}
    assert [gap.item.id for gap in find_gaps(framework, judged)] == [
        "A-06",
        "A-02",
        "A-05",
        "A-01",
        "A-03",
    ]
    assert [gap.is_gate for gap in find_gaps(framework, judged)] == [True, *[False] * 4]


def test_what_is_met_open_or_set_aside_is_no_gap():
    framework = six_items()
    results = (MET, OPEN, UNKNOWN, PENDING, SET_ASIDE, partly(0.5))
    judged = dict(zip([item.id for item in framework.items], results, strict=True))
    assert [gap.item.id for gap in find_gaps(framework, judged)] == ["A-06"]


def test_a_gain_is_in_points_of_the_overall_score():
    items = [make_item("A-01"), make_item("A-02"), make_item("B-01", theme="two")]
    framework = make_framework(items, {"one": 1.0, "two": 3.0})
    judged = {"A-01": NOT_MET, "A-02": MET, "B-01": partly(0.5)}
    gains = {gap.item.id: gap.gain for gap in find_gaps(framework, judged)}
    assert gains == {"A-01": pytest.approx(12.5), "B-01": pytest.approx(37.5)}


@given(answered_frameworks())
def test_a_gain_is_what_the_low_end_rises_by_when_the_gap_is_closed(answered):
    framework, judged = answered
    before = score_of(framework, judged).overall.low[0]
    for gap in find_gaps(framework, judged):
        after = score_of(framework, judged | {gap.item.id: MET}).overall.low[0]
        if gap.item.scored:
            assert gap.gain == pytest.approx((after - before) * 100)
            assert gap.gain > 0
        else:
            assert gap.gain == pytest.approx(0)


@given(answered_frameworks())
def test_gates_stand_before_all_other_gaps_and_gains_never_rise(answered):
    gaps = find_gaps(*answered)
    for one, other in pairwise(gaps):
        assert (one.is_gate, one.gain) >= (other.is_gate, other.gain)


def test_what_staff_still_owe_is_listed_gates_first_then_by_what_it_decides():
    framework = six_items()
    judged = {item.id: OPEN for item in framework.items} | {"A-05": UNKNOWN}
    assert [item.id for item in open_items(framework, judged)] == [
        "A-06",
        "A-02",
        "A-05",
        "A-01",
        "A-03",
    ]


def test_what_is_answered_or_waits_for_a_reviewer_is_not_owed():
    framework = six_items()
    results = (MET, PENDING, SET_ASIDE, OPEN, NOT_MET, OPEN)
    judged = dict(zip([item.id for item in framework.items], results, strict=True))
    assert [item.id for item in open_items(framework, judged)] == ["A-06"]
