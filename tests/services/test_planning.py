"""The plan: typed as people type, refused with the field, changed by one at a time."""

from dataclasses import replace
from decimal import Decimal

import pytest

from assessment.domain.errors import Forbidden, Refused
from assessment.domain.permissions import Grant, Person, Role
from assessment.domain.plan import ActionState, Month, PlannedAction
from assessment.domain.schedule import schedule
from assessment.domain.sheet import Sheet
from assessment.services.plan_background import Background, background_of
from assessment.services.planning import (
    TypedAction,
    add_action,
    change_action,
    list_actions,
    remove_action,
    restore_action,
)
from assessment.store import communities
from assessment.store.engine import Store
from tests.services.steps import SIGNATURE, assert_told_in_words, log_length

NURSERY = TypedAction(
    "F-03",
    "租用底商开办托儿所",
    means="lease",
    cost="１８万".replace("万", "0000元"),
    owner="居委会",
    starts="2027-03",
    months="6个月",
)


def added(store: Store, sheet: Sheet, typed: TypedAction, submission: str = "one") -> PlannedAction:
    add_action(store, SIGNATURE, sheet, submission, typed)
    return list_actions(store, sheet.community)[-1]


def faults_of(store: Store, sheet: Sheet, typed: TypedAction) -> list[tuple[str, str]]:
    before = log_length(store)
    with pytest.raises(Refused) as refused:
        add_action(store, SIGNATURE, sheet, "refused", typed)
    assert_told_in_words(refused.value)
    assert log_length(store) == before
    assert list_actions(store, sheet.community) == []
    return [(fault.code, fault.place) for fault in refused.value.faults]


def test_an_action_is_kept_as_it_was_meant(store: Store, sheet: Sheet) -> None:
    kept = added(store, sheet, NURSERY)
    assert (kept.item, kept.words, kept.means) == ("F-03", "租用底商开办托儿所", "lease")
    assert kept.cost == Decimal(180000)
    assert (kept.starts, kept.months) == (Month(2027, 3), 6)
    assert schedule([kept])[kept.id].ends == Month(2027, 8)


def test_what_is_not_known_yet_stays_unknown_and_is_not_nothing(store: Store, sheet: Sheet) -> None:
    kept = added(store, sheet, TypedAction("F-03", "开办托儿所"))
    assert (kept.cost, kept.starts, kept.months) == (None, None, None)
    assert schedule([kept]) == {}
    free = added(store, sheet, TypedAction("F-03", "无偿提供", cost="0"), "two")
    assert free.cost == 0


def test_pressing_twice_adds_once(store: Store, sheet: Sheet) -> None:
    added(store, sheet, NURSERY)
    before = log_length(store)
    added(store, sheet, NURSERY)
    assert len(list_actions(store, sheet.community)) == 1
    assert log_length(store) == before


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"words": " "}, ("name_empty", "words")),
        ({"words": "字" * 61}, ("name_too_long", "words")),
        ({"cost": "很多"}, ("number_not_a_number", "cost")),
        ({"cost": "-5"}, ("number_negative", "cost")),
        ({"months": "2.5"}, ("number_not_whole", "months")),
        ({"starts": "明年"}, ("month_unreadable", "starts")),
        ({"owner": "\x00"}, ("text_control", "owner")),
        ({"item": "X-99"}, ("action_item", "item")),
        ({"item": "F-06"}, ("action_no_area", "service_area")),
        ({"item": "F-06", "service_area": "3亩"}, ("number_other_unit", "service_area")),
    ],
)
def test_what_cannot_be_taken_names_the_field_and_keeps_nothing(
    store: Store, sheet: Sheet, changes: dict, expected: tuple[str, str]
) -> None:
    assert expected in faults_of(store, sheet, replace(NURSERY, **changes))


def test_every_fault_is_told_at_once(store: Store, sheet: Sheet) -> None:
    found = faults_of(store, sheet, replace(NURSERY, cost="x", starts="y", words=""))
    assert {place for _, place in found} == {"cost", "starts", "words"}


def test_who_changes_an_old_version_is_told(store: Store, sheet: Sheet) -> None:
    kept = added(store, sheet, NURSERY)
    change_action(store, SIGNATURE, sheet, kept, replace(NURSERY, cost="5"))
    with pytest.raises(Refused) as refused:
        change_action(store, SIGNATURE, sheet, kept, replace(NURSERY, cost="7"))
    assert [fault.code for fault in refused.value.faults] == ["action_changed"]
    (now,) = list_actions(store, sheet.community)
    assert now.cost == 5


def test_actions_cannot_wait_for_each_other(store: Store, sheet: Sheet) -> None:
    first = added(store, sheet, NURSERY)
    second = added(store, sheet, replace(NURSERY, after=first.id), "two")
    assert second.after == first.id
    with pytest.raises(Refused) as refused:
        change_action(store, SIGNATURE, sheet, first, replace(NURSERY, after=second.id))
    assert [fault.code for fault in refused.value.faults] == ["action_circle"]


def test_a_removed_action_comes_back_as_it_was(store: Store, sheet: Sheet) -> None:
    kept = added(store, sheet, replace(NURSERY, state=ActionState.UNDER_WAY.value))
    remove_action(store, SIGNATURE, sheet.community, kept)
    assert list_actions(store, sheet.community) == []
    restore_action(store, SIGNATURE, sheet.community, kept)
    assert list_actions(store, sheet.community) == [kept]


def test_the_background_is_the_lists_of_the_community_and_its_round_before(
    store: Store, sheet: Sheet
) -> None:
    assert background_of(store, sheet) == Background([], None)
    with store.writing() as connection:
        for one in ("list", "other"):
            communities.add_programme(
                connection,
                id=one,
                level="city",
                title_zh=one,
                title_en=one,
                starts="2026-01",
                ends="2027-12",
                source="",
            )
        code = sheet.community.code
        values = {"programme": "list", "basis": "stated", "verified": "yes"}
        communities.add_membership(connection, community=code, **values)
    assert [one.id for one in background_of(store, sheet).windows] == ["list"]
    later = replace(sheet, round=replace(sheet.round, id="next", opens="2099-01-01"))
    before = background_of(store, later).before
    assert before is not None
    assert before.assessment.id == sheet.assessment.id
    other = store.seen_by(Person("b", "乙", (Grant(Role.STAFF, community="P001"),)))
    assert background_of(other, later) == Background()


def test_staff_of_another_community_neither_see_nor_change_the_plan(
    store: Store, sheet: Sheet
) -> None:
    kept = added(store, sheet, NURSERY)
    other = store.seen_by(Person("b", "乙", (Grant(Role.STAFF, community="P001"),)))
    assert list_actions(other, sheet.community) == ()
    for deed in (
        lambda: add_action(other, SIGNATURE, sheet, "x", NURSERY),
        lambda: change_action(other, SIGNATURE, sheet, kept, NURSERY),
        lambda: remove_action(other, SIGNATURE, sheet.community, kept),
        lambda: restore_action(other, SIGNATURE, sheet.community, kept),
    ):
        with pytest.raises(Forbidden):
            deed()
    assert list_actions(store, sheet.community) == [kept]
