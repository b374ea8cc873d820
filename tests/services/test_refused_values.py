"""What cannot be taken is refused with a reason, and nothing is written."""

import pytest

from assessment.domain.answers import Answer
from assessment.domain.errors import Refused
from assessment.domain.records import SavedFact
from assessment.domain.sheet import Sheet
from assessment.services.answering import save
from assessment.store.engine import Store
from tests.services.steps import (
    SIGNATURE,
    assert_told_in_words,
    log_length,
    reload,
    score_row,
)

REFUSED_ANSWERS = [
    ("F-01", "choice", "perfect", "not_an_option"),
    ("F-01", "choice", "OPEN", "not_an_option"),
    ("F-01", "choice", "not_applicable", "not_an_option"),
    ("F-01", "choice", "all", "not_an_option"),
    ("E-01", "choice", "open", "not_an_option"),
    ("F-06", "choice", "open", "not_an_option"),
    ("F-18", "choice", "unknown", "not_an_option"),
    ("E-01", "ticks", ("intact", "shiny"), "not_an_option"),
    ("E-01", "ticks", ("",), "not_an_option"),
    ("F-01", "ticks", ("intact",), "not_an_option"),
    ("F-01", "note", "bell\x07", "text_control"),
    ("F-01", "note", "nul\x00", "text_control"),
    ("F-01", "note", "escape\x1b[31m", "text_control"),
    ("F-01", "note", "half a pair \ud800", "text_control"),
    ("F-01", "note", "字" * 4001, "text_too_long"),
    ("G-05", "reason", "\x7f", "text_control"),
    ("G-05", "reason", "字" * 4001, "text_too_long"),
    ("F-01", "detail:floor_area", "about 30", "number_not_a_number"),
    ("F-01", "detail:floor_area", "3 亩", "number_other_unit"),
    ("F-01", "detail:open_days", "8", "number_too_large"),
    ("F-01", "detail:means", "magic", "not_an_option"),
    ("F-01", "detail:means", "字" * 41, "text_too_long"),
    ("F-01", "detail:colour", "red", "not_an_option"),
    ("F-01", "decision", "accepted", "not_an_option"),
    ("F-01", "revision", "7", "not_an_option"),
    ("F-01", "by", "somebody", "not_an_option"),
    ("G-15", "detail:asked", "-1", "number_negative"),
    ("G-15", "detail:asked", "1.5", "number_not_whole"),
    ("X-99", "choice", "open", "item_unknown"),
]

NUMBER_RUBBISH = [
    ("NaN", "number_not_a_number"),
    ("inf", "number_not_a_number"),
    ("1e309", "number_not_a_number"),
    ("1_000", "number_not_a_number"),
    ("٣٤", "number_not_a_number"),
    ("²", "number_not_a_number"),
    ("0x10", "number_not_a_number"),
    ("1\x00", "number_not_a_number"),
    ("=1+1", "number_not_a_number"),
    ("-1", "number_negative"),
    ("1,24", "number_grouping"),
    ("12.5", "number_not_whole"),
    ("12 m²", "number_other_unit"),
    ("1.2万", "number_other_unit"),
    ("99999999999", "number_too_large"),
    ("9" * 41, "number_too_long"),
]


def assert_refused(
    store: Store, sheet: Sheet, seen: Answer | SavedFact, name: str, value: object, code: str
) -> None:
    length, row = log_length(store), score_row(store, sheet)
    with pytest.raises(Refused) as refused:
        save(store, SIGNATURE, sheet, seen, name, value)
    assert [fault.code for fault in refused.value.faults] == [code]
    assert_told_in_words(refused.value)
    now = reload(store, sheet)
    assert (now.answers, now.saved_facts) == ({}, {})
    assert (log_length(store), score_row(store, sheet)) == (length, row)


@pytest.mark.parametrize(("item", "name", "value", "code"), REFUSED_ANSWERS)
def test_an_answer_that_cannot_be_taken_writes_nothing(
    store: Store, sheet: Sheet, item: str, name: str, value: object, code: str
) -> None:
    assert_refused(store, sheet, Answer(item), name, value, code)


@pytest.mark.parametrize(("typed", "code"), NUMBER_RUBBISH)
def test_a_number_that_cannot_be_read_writes_nothing(
    store: Store, sheet: Sheet, typed: str, code: str
) -> None:
    assert_refused(store, sheet, SavedFact("households"), "value", typed, code)


@pytest.mark.parametrize("option", ["maybe", "NEW", "新建社区", "new existing"])
def test_a_fact_that_is_not_offered_writes_nothing(store: Store, sheet: Sheet, option: str) -> None:
    assert_refused(store, sheet, SavedFact("built"), "value", option, "not_an_option")


def test_the_longest_note_is_kept_whole(store: Store, sheet: Sheet) -> None:
    note = "字" * 3999 + "🏘"
    outcome = save(store, SIGNATURE, sheet, Answer("F-01"), "note", note)
    assert outcome.kept.note == note
    assert reload(store, sheet).answers["F-01"].note == note
