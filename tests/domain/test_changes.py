"""Two rounds of one community: what became of every item."""

import pytest
from hypothesis import given

from assessment.domain.changes import Movement, changes
from tests.domain.frameworks import (
    MET,
    NOT_ASKED,
    NOT_MET,
    OPEN,
    PENDING,
    RESULTS,
    SET_ASIDE,
    UNKNOWN,
    make_framework,
    make_item,
    make_rule,
    make_steps,
    partly,
    words,
)
from tests.domain.test_comparison import FRAMEWORK, sheet_of

OPPOSITES = {
    Movement.BETTER: Movement.WORSE,
    Movement.NEWLY_ANSWERED: Movement.NO_LONGER_ANSWERED,
    Movement.NEW_ITEM: Movement.REMOVED_ITEM,
}
BACK = {**OPPOSITES, **{later: earlier for earlier, later in OPPOSITES.items()}}


def movement(before, after) -> Movement:
    return changes(sheet_of(A_01=before), sheet_of(A_01=after))[0].movement


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        (NOT_MET, MET, Movement.BETTER),
        (partly(0.3), partly(0.6), Movement.BETTER),
        (MET, partly(), Movement.WORSE),
        (MET, MET, Movement.UNCHANGED),
        (OPEN, NOT_MET, Movement.NEWLY_ANSWERED),
        (UNKNOWN, MET, Movement.NEWLY_ANSWERED),
        (MET, OPEN, Movement.NO_LONGER_ANSWERED),
        (NOT_MET, UNKNOWN, Movement.NO_LONGER_ANSWERED),
        (OPEN, UNKNOWN, Movement.UNCHANGED),
        (MET, SET_ASIDE, Movement.APPLIES_CHANGED),
        (OPEN, PENDING, Movement.APPLIES_CHANGED),
        (NOT_ASKED, NOT_MET, Movement.APPLIES_CHANGED),
        (PENDING, SET_ASIDE, Movement.UNCHANGED),
    ],
)
def test_what_became_of_an_item(before, after, wanted):
    assert movement(before, after) is wanted


@given(RESULTS, RESULTS)
def test_the_way_back_is_the_opposite(before, after):
    there, back = movement(before, after), movement(after, before)
    assert back is BACK.get(there, there)


@given(RESULTS)
def test_the_same_answer_is_no_change(result):
    assert movement(result, result) is Movement.UNCHANGED


def test_items_that_come_and_go_stand_in_the_later_order_then_the_removed_ones():
    later = make_framework([make_item("A-09"), make_item("A-02")], hash="changes-later")
    found = changes(sheet_of(A_02=MET), sheet_of(later, A_02=NOT_MET))
    assert [(one.item.id, one.movement) for one in found] == [
        ("A-09", Movement.NEW_ITEM),
        ("A-02", Movement.WORSE),
        ("A-01", Movement.REMOVED_ITEM),
        ("A-03", Movement.REMOVED_ITEM),
    ]
    assert found[0].before is None
    assert found[2].after is None


def after_change(item, **other):
    """The movement of ``A-01`` from met to not met, when a version asks it otherwise."""
    before = make_framework([make_item("A-01", **item)], hash=f"changes-{item}-{other}-before")
    after = make_framework(
        [make_item("A-01", **{**item, **other})], hash=f"changes-{item}-{other}-after"
    )
    return changes(sheet_of(before, A_01=MET), sheet_of(after, A_01=NOT_MET))[0].movement


def test_another_threshold_or_other_steps_are_a_change_of_method_not_of_the_community():
    rule = make_rule("area_per_100_households", "30")
    quantity = {"kind": "quantity", "rule": rule}
    stricter = make_rule("area_per_100_households", "40")
    assert after_change(quantity, rule=stricter) is Movement.METHOD_CHANGED
    assert after_change(quantity, rule={**rule, "direction": "at_most"}) is Movement.METHOD_CHANGED
    steps = {"steps": make_steps()}
    assert after_change(steps, steps=make_steps((0, 0.4, 1))) is Movement.METHOD_CHANGED
    applies = {"fact": "households", "equals": "new", "otherwise": words("why")}
    assert after_change({}, applies=applies) is Movement.METHOD_CHANGED


def test_other_words_are_no_change_of_method():
    rule = make_rule("area_per_100_households", "30")
    quantity = {"kind": "quantity", "rule": rule}
    assert after_change(quantity, rule={**rule, "unit": words("m2")}) is Movement.WORSE
    assert after_change({}, title=words("title")) is Movement.WORSE


def test_every_item_is_told_once():
    found = changes(sheet_of(), sheet_of())
    assert [one.item.id for one in found] == [item.id for item in FRAMEWORK.items]
