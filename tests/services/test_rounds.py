"""Rounds: what may be typed, who may do it, and that nothing is overwritten unseen."""

from dataclasses import replace

import pytest

from assessment.domain.errors import Forbidden, Refused
from assessment.domain.permissions import Grant, Person, Role
from assessment.domain.sheet import Sheet
from assessment.services.communities import list_rounds
from assessment.services.rounds import (
    TypedRound,
    add_round,
    change_round,
    published_frameworks,
    round_lines,
)
from assessment.store.engine import Store
from tests.services.steps import SIGNATURE, assert_told_in_words, log_length

REVIEWER = Person("r", "r", (Grant(Role.REVIEWER),))


@pytest.fixture
def typed(store: Store) -> TypedRound:
    (framework,) = published_frameworks(store)
    return TypedRound("2027年上半年", "2027, first half", "2027-01-01", framework=framework.hash)


@pytest.mark.parametrize(
    ("wrong", "codes"),
    [
        ({"label_zh": " ", "label_en": ""}, ["round_label_empty", "round_label_empty"]),
        ({"label_zh": "2026年下半年 自评"}, ["round_label_taken"]),
        ({"opens": ""}, ["round_opens_empty"]),
        ({"opens": "2027-02-30", "due": "明天"}, ["day_unreadable", "day_unreadable"]),
        ({"opens": "20270101"}, ["day_unreadable"]),
        ({"due": "2026-12-31"}, ["round_due_early"]),
        ({"due": "2027-06-30", "closes": "2027-06-29"}, ["round_closes_early"]),
        ({"closes": "2026-12-31"}, ["round_closes_early"]),
        ({"framework": "0" * 64}, ["framework_unknown"]),
        ({"label_en": "x" * 61}, ["name_too_long"]),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_kept(
    store: Store, typed: TypedRound, wrong: dict[str, str], codes: list[str]
) -> None:
    with pytest.raises(Refused) as refused:
        add_round(store, SIGNATURE, replace(typed, **wrong))
    assert [fault.code for fault in refused.value.faults] == codes
    assert_told_in_words(refused.value)
    assert (len(list_rounds(store)), log_length(store)) == (1, 0)


def test_a_round_is_added_once_however_often_the_button_is_pressed(
    store: Store, typed: TypedRound
) -> None:
    made = add_round(store, SIGNATURE, typed)
    assert made.id == "2027-1"
    assert add_round(store, SIGNATURE, typed) == made
    assert [one.id for one in list_rounds(store)] == ["2027-1", "2026-2"]
    assert log_length(store) == 1


def test_a_change_over_a_newer_version_is_refused(store: Store, typed: TypedRound) -> None:
    made = add_round(store, SIGNATURE, typed)
    later = replace(typed, due="2027-06-30")
    kept = change_round(store, SIGNATURE, made, later)
    assert (kept.due, list_rounds(store)[0]) == ("2027-06-30", kept)
    with pytest.raises(Refused) as refused:
        change_round(store, SIGNATURE, made, replace(typed, due="2027-05-31"))
    assert [fault.code for fault in refused.value.faults] == ["round_changed"]
    assert change_round(store, SIGNATURE, made, later) == kept


def test_lines_count_what_was_begun(store: Store, sheet: Sheet) -> None:
    (line,) = round_lines(store)
    assert (line.round, line.begun, line.submitted) == (sheet.round, 1, 0)


def test_only_who_runs_the_product_may_do_this(store: Store, typed: TypedRound) -> None:
    theirs = store.seen_by(REVIEWER)
    assert round_lines(theirs) == ()
    with pytest.raises(Forbidden):
        add_round(theirs, SIGNATURE, typed)
    with pytest.raises(Forbidden):
        change_round(theirs, SIGNATURE, list_rounds(store)[0], typed)
