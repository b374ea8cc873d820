"""The items of one community: every state, every typed word and every figure comes back."""

from fractions import Fraction

import pytest

from assessment.domain.answers import (
    NOT_APPLICABLE,
    SOME_TICKS,
    UNKNOWN,
    Answer,
    Decision,
    Outcome,
    State,
)
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.item_table import item_table
from assessment.store.engine import Store
from tests.reports.reading import EXPORTED, assert_file_is_well_formed, read_back
from tests.services.steps import decide, say, say_all, say_facts

AWKWARD = '=1+1 "引号"，逗号,\n第二行 {{7*7}} ＠'


@pytest.fixture
def answered(store: Store, sheet: Sheet) -> Sheet:
    """A sheet with every outcome in it, and awkward words."""
    sheet = say_facts(store, sheet, service_area="371.5")
    sheet = say_all(
        store,
        sheet,
        {
            "F-01": "open",
            "F-02": "built",
            "F-03": "none",
            "F-04": UNKNOWN,
            "E-01": SOME_TICKS,
            "G-05": NOT_APPLICABLE,
            "G-06": NOT_APPLICABLE,
        },
    )
    sheet = say(store, sheet, "E-01", "ticks", ("intact", "stable"))
    sheet = say(store, sheet, "F-02", "note", AWKWARD)
    sheet = say(store, sheet, "F-02", "detail:floor_area", "372.50")
    sheet = say(store, sheet, "F-02", "detail:open_days", "5.5")
    sheet = say(store, sheet, "F-02", "detail:means", "lease")
    sheet = say(store, sheet, "G-15", "detail:asked", "120")
    sheet = say(store, sheet, "G-15", "detail:positive", "87")
    for item in ("G-05", "G-06"):
        sheet = say(store, sheet, item, "reason", "-本期没有")
    return decide(store, sheet, "G-06", Decision.ACCEPTED)


def rows_of(sheet: Sheet, text: Translator) -> dict[str, dict[str, str]]:
    return {row["item"]: row for row in read_back(item_table(text, sheet, EXPORTED), text).rows}


def test_the_file_is_well_formed_in_both_languages(answered: Sheet, text: Translator) -> None:
    assert_file_is_well_formed(read_back(item_table(text, answered, EXPORTED), text), text)


def test_every_item_has_a_row_in_the_order_of_the_framework(
    answered: Sheet, text: Translator
) -> None:
    assert list(rows_of(answered, text)) == [item.id for item in answered.framework.items]


def test_all_outcomes_are_told_apart_and_come_back(answered: Sheet, text: Translator) -> None:
    rows = rows_of(answered, text)
    told = {item: Outcome[row["state"].upper()] for item, row in rows.items()}
    assert told == {item: judged.outcome for item, judged in answered.judged.items()}
    assert set(told.values()) == set(Outcome)
    assert {outcome.state for outcome in told.values()} == set(State)
    assert told["G-05"] is Outcome.SET_ASIDE_PENDING
    assert told["G-06"] is Outcome.SET_ASIDE
    words = {rows[item]["state_words"] for item in ("F-01", "F-02", "F-03", "F-04", "F-05")}
    assert len(words | {rows["G-05"]["state_words"], rows["G-06"]["state_words"]}) == 7


def test_every_answer_comes_back_from_the_file(answered: Sheet, text: Translator) -> None:
    for item, row in rows_of(answered, text).items():
        details = {
            "floor_area": row["floor_area"],
            "open_days": row["open_days"],
            "means": row["means"],
            "positive": row["positive"],
            "asked": row["asked_people"],
        }
        kept = answered.answers.get(item, Answer(item))
        assert row["answer"] == kept.choice
        assert tuple(row["ticks"].split()) == kept.ticks
        assert (row["note"], row["reason"]) == (kept.note, kept.reason)
        assert Decision(row["decision"]) is kept.decision
        assert int(row["revision"]) == kept.revision
        assert row["saved_by"] == kept.by
        assert row["saved_at"] == (f"{kept.at:%Y-%m-%dT%H:%M:%SZ}" if kept.at else "")
        for name, cell in details.items():
            assert same(cell, kept.details.get(name, "")), (item, name)


def same(one: str, other: str) -> bool:
    """The same text, or the same number in other digits ("372.5" and "372.50")."""
    if one == other:
        return True
    return bool(one) and bool(other) and float(one) == float(other)


def test_figures_are_those_of_the_sheet_and_never_rounded_up(
    answered: Sheet, text: Translator
) -> None:
    rows = rows_of(answered, text)
    area = answered.judged["F-06"].quantity
    assert area is not None
    assert area.value == Fraction(37150, 1240)
    assert rows["F-06"]["computed"].startswith("29.9596774193")
    assert Fraction(rows["F-06"]["computed"]) <= area.value
    assert rows["F-06"]["threshold"] == "30.0"
    assert rows["F-06"]["state"] == "partly"
    assert rows["F-06"]["inputs"] == "households=1240; service_area=371.5"
    for item, row in rows.items():
        credit = answered.judged[item].credit
        assert row["credit"] == ("" if credit is None else repr(credit))
        assert float(row["weight"]) == answered.framework.item(item).weight


def test_every_row_says_where_it_comes_from(answered: Sheet, text: Translator) -> None:
    for row in rows_of(answered, text).values():
        assert row["community_code"] == answered.community.code
        assert row["community_name"] == answered.community.name(text.language)
        assert row["round"] == answered.round.id
        assert row["round_label"] == answered.round.label(text.language)
        assert row["assessment_state"] == "draft"
        assert row["framework"] == answered.framework.id
        assert row["framework_version"] == answered.framework.version
        assert row["framework_hash"] == answered.assessment.framework
        assert row["scoring_version"] == answered.assessment.scoring_version
        assert row["sample"] == "real"
        assert row["exported_at"] == "2026-11-25T09:30:00Z"
        completeness = answered.scores.overall.completeness[0]
        assert float(row["overall_completeness"]) == completeness
        assert float(row["overall_set_aside_share"]) == answered.scores.overall.set_aside_share[0]


def test_codes_are_the_same_in_both_languages_and_labels_are_not(answered: Sheet) -> None:
    zh, en = Translator("zh"), Translator("en")
    one, other = (read_back(item_table(text, answered, EXPORTED), text) for text in (zh, en))
    assert one.codes == other.codes
    assert not set(one.labels) & set(other.labels)
    stable = ("item", "role", "state", "answer", "ticks", "computed", "credit", "note")
    for row, same_row in zip(one.rows, other.rows, strict=True):
        assert [row[code] for code in stable] == [same_row[code] for code in stable]
