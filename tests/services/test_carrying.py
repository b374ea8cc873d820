"""A new round starts from the last one: everything is there, nothing counts until confirmed."""

from dataclasses import replace

import pytest

from assessment.domain.answers import NOT_APPLICABLE, Answer, Decision, Outcome
from assessment.domain.errors import Refused
from assessment.domain.records import Round
from assessment.domain.sheet import Sheet
from assessment.services.answering import Saved, as_seen, save
from assessment.services.carrying import confirm, unconfirm
from assessment.services.communities import begin
from assessment.services.log_check import check_log
from assessment.services.rounds import TypedRound, add_round, change_round
from assessment.services.sheets import load_sheet
from assessment.store.engine import Store
from assessment.store.log import history
from tests.services.steps import SIGNATURE, decide, log_length, log_of, reload, say, score_row


def next_round(store: Store, sheet: Sheet, **days: str) -> Round:
    typed = TypedRound("下一轮", "Next round", "2026-10-01", framework=sheet.framework.hash, **days)
    return add_round(store, SIGNATURE, typed)


@pytest.fixture
def carried(store: Store, sheet: Sheet) -> Sheet:
    """The sheet of the second round; the first had answers, facts and a decision."""
    for subject, name, value in (
        ("F-01", "choice", "open"),
        ("F-01", "note", "一层，朝南"),
        ("F-01", "detail:floor_area", "90"),
        ("E-01", "choice", "some"),
        ("E-01", "ticks", ("intact",)),
        ("G-05", "choice", NOT_APPLICABLE),
        ("G-05", "reason", "本期没有"),
        ("households", "value", "1240"),
        ("built", "value", "existing"),
    ):
        sheet = say(store, sheet, subject, name, value)
    sheet = decide(store, sheet, "G-05", Decision.ACCEPTED)
    begun = begin(store, SIGNATURE, sheet.community, next_round(store, sheet))
    found = load_sheet(store, begun.id)
    assert found is not None
    return found


def test_everything_is_carried_and_nothing_counts(store: Store, carried: Sheet) -> None:
    answer = carried.answers["F-01"]
    assert (answer.choice, answer.note, answer.details) == (
        "open",
        "一层，朝南",
        {"floor_area": "90"},
    )
    assert (answer.to_confirm, answer.revision) == (True, 1)
    assert carried.saved_facts["households"].value == "1240"
    assert carried.facts == {}
    assert all(judged.outcome is Outcome.UNANSWERED for judged in carried.judged.values())
    row = score_row(store, carried)
    assert (row["answered"], row["completeness"], row["households"]) == (0, 0, None)
    assert [one.item if isinstance(one, Answer) else one.fact for one in carried.to_confirm] == [
        "households",
        "built",
        "F-01",
        "E-01",
        "G-05",
    ]


def test_a_decision_of_the_last_round_is_not_carried(carried: Sheet) -> None:
    answer = carried.answers["G-05"]
    assert (answer.choice, answer.reason) == (NOT_APPLICABLE, "本期没有")
    assert answer.decision is Decision.NONE


def test_the_log_says_where_it_comes_from_and_what_revision_one_was(
    store: Store, carried: Sheet
) -> None:
    with store.reading() as connection:
        (told,) = history(connection, carried.assessment.id, "2026-2")
    assert (told.action, told.new) == ("carry", "5")
    assert [entry.action for entry in log_of(store, carried, "F-01")] == ["carried"]
    first = as_seen(store, carried.assessment.id, carried.answers["F-01"], 1)
    assert replace(first, by="", at=None) == replace(carried.answers["F-01"], by="", at=None)
    assert check_log(store).is_whole


def test_beginning_twice_carries_once(store: Store, carried: Sheet) -> None:
    length = log_length(store)
    again = begin(store, SIGNATURE, carried.community, carried.round)
    assert (again.id, log_length(store)) == (carried.assessment.id, length)


def test_confirming_one_makes_it_count_and_leaves_the_rest(store: Store, carried: Sheet) -> None:
    fresh, done = confirm(store, SIGNATURE, carried, ["F-01"])
    assert [one.revision for one in done] == [2]
    assert fresh.answers == reload(store, carried).answers
    assert fresh.judged["F-01"].outcome is Outcome.MET
    assert len(fresh.to_confirm) == 4
    assert score_row(store, carried)["answered"] == 1
    assert [entry.action for entry in log_of(store, carried, "F-01")] == ["confirm", "carried"]


def test_confirming_all_at_once_and_twice(store: Store, carried: Sheet) -> None:
    subjects = ["households", "built", "F-01", "E-01", "G-05", "F-02", "no such"]
    fresh, done = confirm(store, SIGNATURE, carried, subjects)
    assert (len(done), fresh.to_confirm) == (5, ())
    assert fresh.facts["built"] == "existing"
    assert fresh.judged["G-05"].outcome is Outcome.SET_ASIDE_PENDING
    length = log_length(store)
    _, again = confirm(store, SIGNATURE, carried, subjects)
    assert (list(again), log_length(store)) == ([], length)
    assert score_row(store, carried)["households"] == 1240


def test_undoing_leaves_what_was_changed_since(store: Store, carried: Sheet) -> None:
    fresh, done = confirm(store, SIGNATURE, carried, ["F-01", "E-01"])
    say(store, fresh, "F-01", "choice", "none")
    back, undone = unconfirm(store, SIGNATURE, fresh, done)
    assert [one.item for one in undone if isinstance(one, Answer)] == ["E-01"]
    assert back.answers["F-01"].choice == "none"
    assert back.judged["F-01"].outcome is Outcome.NOT_MET
    assert back.judged["E-01"].outcome is Outcome.UNANSWERED


@pytest.mark.parametrize(
    ("subject", "name", "value"),
    [("F-01", "note", "搬到二层"), ("F-01", "detail:floor_area", ""), ("households", "value", "9")],
)
def test_changing_any_field_confirms_the_rest(
    store: Store, carried: Sheet, subject: str, name: str, value: str
) -> None:
    fresh = say(store, carried, subject, name, value)
    kept = fresh.answers.get(subject) or fresh.saved_facts[subject]
    assert not kept.to_confirm
    assert len(fresh.to_confirm) == 4


def test_saving_the_carried_value_again_confirms_nothing(store: Store, carried: Sheet) -> None:
    seen = carried.answers["F-01"]
    outcome = save(store, SIGNATURE, carried, seen, "choice", "open")
    assert isinstance(outcome, Saved)
    assert (outcome.kept.to_confirm, outcome.kept.revision) == (True, 1)


def test_after_the_round_is_closed_nothing_is_saved_until_it_is_prolonged(
    store: Store, carried: Sheet
) -> None:
    one = carried.round
    days = TypedRound(one.label_zh, one.label_en, one.opens, closes="2026-11-23")
    closed = change_round(store, SIGNATURE, one, days)
    length = log_length(store)
    for work in (
        lambda: save(store, SIGNATURE, carried, carried.answers["F-01"], "choice", "none"),
        lambda: confirm(store, SIGNATURE, carried, ["F-01"]),
    ):
        with pytest.raises(Refused) as refused:
            work()
        assert [fault.code for fault in refused.value.faults] == ["round_closed"]
    assert log_length(store) == length
    assert reload(store, carried).answers == carried.answers
    change_round(store, SIGNATURE, closed, replace(days, closes="2026-11-24"))
    assert not say(store, carried, "F-01", "choice", "none").answers["F-01"].to_confirm
