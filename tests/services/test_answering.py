"""Saving one field: what comes back, what is merged, what clashes, what a decision survives."""

from dataclasses import replace
from datetime import timedelta

import pytest

from assessment.domain.answers import (
    NOT_APPLICABLE,
    SOME_TICKS,
    Answer,
    Decision,
    Outcome,
)
from assessment.domain.errors import Refused
from assessment.domain.records import SavedFact, Signature
from assessment.domain.sheet import Sheet
from assessment.services.answering import Saved, as_seen, field_of, kept_in, save
from assessment.store.engine import Store
from tests.conftest import NOW
from tests.services.steps import (
    SIGNATURE,
    clash_of,
    decide,
    log_length,
    log_of,
    reload,
    say,
    score_row,
)

REPEATED = pytest.mark.parametrize(
    ("subject", "name", "value"),
    [
        ("F-01", "choice", "open"),
        ("F-01", "note", "  第 3 页\n“附件”, 'x' "),
        ("F-01", "detail:floor_area", "372.5"),
        ("F-01", "detail:means", "lease"),
        ("E-01", "ticks", ("intact", "stable")),
        ("G-05", "reason", "本期没有"),
        ("G-15", "detail:asked", "120"),
        ("households", "value", "1240"),
        ("built", "value", "existing"),
    ],
)


def blank_of(sheet: Sheet, subject: str) -> Answer | SavedFact:
    return Answer(subject) if sheet.framework.has_item(subject) else SavedFact(subject)


@REPEATED
def test_what_comes_back_is_what_the_database_holds(
    store: Store, sheet: Sheet, subject: str, name: str, value: object
) -> None:
    outcome = save(store, SIGNATURE, sheet, blank_of(sheet, subject), name, value)
    assert isinstance(outcome, Saved)
    now = reload(store, sheet)
    assert outcome.kept == kept_in(now, outcome.kept)
    assert outcome.sheet.answers == now.answers
    assert outcome.sheet.saved_facts == now.saved_facts
    assert outcome.sheet.judged == now.judged
    assert field_of(outcome.kept, name) == value
    assert (outcome.kept.revision, outcome.kept.by, outcome.kept.at) == (1, "tester", NOW)


@REPEATED
def test_the_same_value_again_writes_nothing(
    store: Store, sheet: Sheet, subject: str, name: str, value: object
) -> None:
    first = save(store, SIGNATURE, sheet, blank_of(sheet, subject), name, value)
    length, row = log_length(store), score_row(store, sheet)
    for seen in (blank_of(sheet, subject), first.kept):
        later = Signature("somebody else", NOW + timedelta(hours=1))
        again = save(store, later, sheet, seen, name, value)
        assert isinstance(again, Saved)
        assert again.kept == first.kept
    assert (log_length(store), score_row(store, sheet)) == (length, row)


def test_every_change_makes_the_revision_one_larger(store: Store, sheet: Sheet) -> None:
    for revision, choice in enumerate(("none", "building", "built", "open", ""), start=1):
        sheet = say(store, sheet, "F-01", "choice", choice)
        assert sheet.answers["F-01"].revision == revision
    for revision, value in enumerate(("1240", "1241", ""), start=1):
        sheet = say(store, sheet, "households", "value", value)
        assert sheet.saved_facts["households"].revision == revision


def test_a_typed_number_is_kept_as_plain_digits(store: Store, sheet: Sheet) -> None:
    sheet = say(store, sheet, "households", "value", "１,240 户")
    sheet = say(store, sheet, "F-01", "detail:floor_area", " 372.50 m² ")
    assert sheet.saved_facts["households"].value == "1240"
    assert sheet.answers["F-01"].details == {"floor_area": "372.50"}
    assert log_of(store, sheet, "households")[0].new == "1240"


def test_a_blank_detail_is_left_out(store: Store, sheet: Sheet) -> None:
    sheet = say(store, sheet, "F-01", "detail:floor_area", "12")
    sheet = say(store, sheet, "F-01", "detail:floor_area", " ")
    assert sheet.answers["F-01"].details == {}


def test_two_writers_on_different_fields_of_one_item_are_merged(store: Store, sheet: Sheet) -> None:
    seen = Answer("F-01")
    save(store, SIGNATURE, sheet, seen, "choice", "open")
    save(store, SIGNATURE, sheet, seen, "note", "挂牌照片")
    save(store, SIGNATURE, sheet, seen, "detail:floor_area", "90")
    last = save(store, SIGNATURE, sheet, seen, "detail:open_days", "6")
    assert isinstance(last, Saved)
    assert last.kept.choice == "open"
    assert last.kept.note == "挂牌照片"
    assert last.kept.details == {"floor_area": "90", "open_days": "6"}
    assert last.kept.revision == 4


def test_two_writers_on_different_items_do_not_meet(store: Store, sheet: Sheet) -> None:
    save(store, SIGNATURE, sheet, Answer("F-01"), "choice", "open")
    last = save(store, SIGNATURE, sheet, Answer("F-02"), "choice", "none")
    assert {item: one.choice for item, one in last.sheet.answers.items()} == {
        "F-01": "open",
        "F-02": "none",
    }


@pytest.mark.parametrize(
    ("subject", "name", "theirs", "mine"),
    [
        ("F-01", "choice", "open", "none"),
        ("F-01", "note", "他们的", "我的"),
        ("F-01", "detail:floor_area", "90", "91"),
        ("E-01", "ticks", ("intact",), ("safe",)),
        ("households", "value", "1240", "1241"),
    ],
)
def test_the_second_writer_of_one_field_gets_both_values_and_nothing_is_written(
    store: Store, sheet: Sheet, subject: str, name: str, theirs: object, mine: object
) -> None:
    seen = blank_of(sheet, subject)
    first = save(store, SIGNATURE, sheet, seen, name, theirs)
    length, row = log_length(store), score_row(store, sheet)
    clash = clash_of(save(store, SIGNATURE, sheet, seen, name, mine))
    assert field_of(clash.theirs, name) == theirs
    assert clash.theirs == first.kept == kept_in(reload(store, sheet), seen)
    assert (log_length(store), score_row(store, sheet)) == (length, row)


def test_who_has_seen_the_clash_may_write_over_it(store: Store, sheet: Sheet) -> None:
    seen = Answer("F-01")
    save(store, SIGNATURE, sheet, seen, "note", "他们的")
    clash = clash_of(save(store, SIGNATURE, sheet, seen, "note", "我的"))
    settled = save(store, SIGNATURE, sheet, clash.theirs, "note", "我的")
    assert isinstance(settled, Saved)
    assert (settled.kept.note, settled.kept.revision) == ("我的", 2)


def test_a_value_that_was_changed_and_changed_back_is_no_clash(store: Store, sheet: Sheet) -> None:
    sheet = say(store, sheet, "F-01", "choice", "none")
    seen = sheet.answers["F-01"]
    sheet = say(store, say(store, sheet, "F-01", "choice", "open"), "F-01", "choice", "none")
    outcome = save(store, SIGNATURE, sheet, seen, "choice", "built")
    assert isinstance(outcome, Saved)
    assert (outcome.kept.choice, outcome.kept.revision) == ("built", 4)


def set_aside(store: Store, sheet: Sheet, decision: Decision) -> Sheet:
    """An item with "not applicable", a reason, and a reviewer's decision."""
    sheet = say(store, sheet, "G-05", "choice", NOT_APPLICABLE)
    sheet = say(store, sheet, "G-05", "reason", "本期没有调整")
    return decide(store, sheet, "G-05", decision)


@pytest.mark.parametrize("decision", [Decision.ACCEPTED, Decision.REFUSED])
@pytest.mark.parametrize(
    ("name", "value"), [("reason", "别的理由"), ("reason", ""), ("choice", "wide")]
)
def test_a_decision_is_dropped_when_the_reason_or_the_choice_changes(
    store: Store, sheet: Sheet, decision: Decision, name: str, value: str
) -> None:
    sheet = set_aside(store, sheet, decision)
    assert sheet.answers["G-05"].decision is decision
    sheet = say(store, sheet, "G-05", name, value)
    assert sheet.answers["G-05"].decision is Decision.NONE
    assert sheet.judged["G-05"].outcome is not Outcome.SET_ASIDE


def test_a_decision_does_not_come_back_with_the_old_reason(store: Store, sheet: Sheet) -> None:
    sheet = set_aside(store, sheet, Decision.ACCEPTED)
    sheet = say(store, sheet, "G-05", "reason", "别的理由")
    sheet = say(store, sheet, "G-05", "reason", "本期没有调整")
    assert sheet.judged["G-05"].outcome is Outcome.SET_ASIDE_PENDING


def test_a_decision_outlives_a_change_of_the_note(store: Store, sheet: Sheet) -> None:
    sheet = set_aside(store, sheet, Decision.ACCEPTED)
    sheet = say(store, sheet, "G-05", "note", "见会议纪要")
    assert sheet.answers["G-05"].decision is Decision.ACCEPTED
    assert sheet.judged["G-05"].outcome is Outcome.SET_ASIDE


def test_ticks_count_only_with_the_answer_they_belong_to(store: Store, sheet: Sheet) -> None:
    sheet = say(store, sheet, "E-01", "ticks", ["stable", "intact"])
    assert sheet.answers["E-01"].ticks == ("intact", "stable")
    assert sheet.judged["E-01"].outcome is Outcome.UNANSWERED
    sheet = say(store, sheet, "E-01", "choice", SOME_TICKS)
    assert sheet.judged["E-01"].outcome is Outcome.PARTLY


def test_an_assessment_that_is_gone_is_refused(store: Store, sheet: Sheet) -> None:
    gone = replace(sheet, assessment=replace(sheet.assessment, id=9999))
    with pytest.raises(Refused) as refused:
        save(store, SIGNATURE, gone, Answer("F-01"), "choice", "open")
    assert [fault.code for fault in refused.value.faults] == ["assessment_gone"]


def test_an_old_version_is_what_it_was_when_it_was_seen(store: Store, sheet: Sheet) -> None:
    versions = []
    for name, value in (
        ("choice", "built"),
        ("note", "第一版"),
        ("detail:means", "lease"),
        ("choice", "open"),
    ):
        sheet = say(store, sheet, "F-01", name, value)
        versions.append(sheet.answers["F-01"])
    now = sheet.answers["F-01"]
    for version in versions:
        seen = as_seen(store, sheet.assessment.id, now, version.revision)
        assert replace(seen, by=version.by, at=version.at) == version
    assert as_seen(store, sheet.assessment.id, now, 0) == Answer("F-01")
    assert as_seen(store, sheet.assessment.id, now, 99) == Answer("F-01")


def test_an_old_fact_is_what_it_was_when_it_was_seen(store: Store, sheet: Sheet) -> None:
    for value in ("1240", "1250"):
        sheet = say(store, sheet, "households", "value", value)
    now = sheet.saved_facts["households"]
    assert as_seen(store, sheet.assessment.id, now, 1) == SavedFact("households", "1240", 1)
    assert as_seen(store, sheet.assessment.id, now, 0) == SavedFact("households")
