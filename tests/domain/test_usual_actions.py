"""The shipped checklist offers a usual action for every item that a plan can take up."""

from assessment.domain.framework import Kind
from assessment.domain.plan import can_be_planned, is_linked, usual_actions
from tests.domain.shipped import FRAMEWORK

NOTICE_MEANS = {"add", "purchase", "exchange", "lease", "convert"}


def test_every_item_that_can_be_planned_has_a_usual_action_in_both_languages():
    for item in FRAMEWORK.items:
        if can_be_planned(FRAMEWORK, item):
            offered = usual_actions(FRAMEWORK, item)
            assert offered, item.id
            assert all(one.months and one.unit.zh and one.words.en for one in offered)


def test_facilities_and_floor_area_offer_the_five_means_of_the_notice():
    for item in FRAMEWORK.items:
        offered = usual_actions(FRAMEWORK, item)
        if item.means:
            assert {one.means for one in offered} == NOTICE_MEANS, item.id
        if is_linked(FRAMEWORK, item.id):
            assert {one.unit.en for one in offered} == {"m²"}


def test_an_action_for_named_items_comes_before_those_of_their_kind():
    item = FRAMEWORK.item("E-18")
    assert item.kind is Kind.FACILITY
    assert "facility_build" not in {one.id for one in usual_actions(FRAMEWORK, item)}
