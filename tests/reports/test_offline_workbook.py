"""The workbook to fill offline: what may be typed, what is locked, what is filled in already."""

import io
from dataclasses import replace

import pytest

from assessment.domain.answers import (
    ALL_TICKS,
    NOT_APPLICABLE,
    SOME_TICKS,
    UNKNOWN,
    Answer,
    Outcome,
    choices,
)
from assessment.domain.framework import FactKind
from assessment.domain.records import SavedFact
from assessment.domain.sheet import Sheet, with_kept
from assessment.domain.typed_answers import details_of
from assessment.domain.walk import walk
from assessment.language.translator import Translator
from assessment.reports.answer_words import choice_words
from assessment.reports.offline_workbook import KIND, SHEETS, write_offline_workbook
from tests.domain.sheets import make_sheet
from tests.domain.shipped import FRAMEWORK
from tests.reports.filled_workbook import Page, read_offline_workbook
from tests.reports.reading import EXPORTED
from tests.services.files import HOSTILE

FACTS = {"households": "1240", "service_area": "372.5", "built": "existing"}
INPUTS = {"answer", "state", "reason", "note", "floor_area", "open_days", "means", "positive"}
INPUTS |= {"asked_people", *(f"tick_{number}" for number in (1, 2, 3))}


def written(text: Translator, sheet: Sheet) -> dict[str, Page]:
    file = io.BytesIO()
    write_offline_workbook(file, text, sheet, EXPORTED)
    return read_offline_workbook(file.getvalue())


def with_answers(*answers: Answer) -> Sheet:
    sheet = make_sheet(FRAMEWORK, facts=FACTS)
    return with_kept(sheet, {one.item: one for one in answers}, sheet.saved_facts)


def test_every_item_that_is_asked_has_a_row_in_the_order_of_the_walk(text: Translator) -> None:
    sheet = with_answers()
    asked = [
        one for one in FRAMEWORK.items if sheet.judged[one.id].outcome is not Outcome.NOT_ASKED
    ]
    order = [item.id for stop in walk(FRAMEWORK, asked) for item in stop.items]
    items = written(text, sheet)["items"]
    assert [row["item"].text for row in items.rows] == order
    assert "F-19" not in order
    assert "F-23" in order
    centre = FRAMEWORK.places[0].title.in_language(text.language)
    assert items.row("item", "F-01")["place"].text == centre


def test_lists_offer_exactly_what_the_screen_offers(text: Translator) -> None:
    items = written(text, with_answers())["items"]
    for row in items.rows:
        item = FRAMEWORK.item(row["item"].text)
        words = {one: choice_words(text, FRAMEWORK, item.id, one) for one in choices(item)}
        apart = [words.pop(one) for one in (UNKNOWN, NOT_APPLICABLE) if one in words]
        assert row["answer"].words == tuple(words.values())
        assert row["state"].words == tuple(apart)
        labels = {tick.label.in_language(text.language) for tick in item.ticks}
        ticks = [row[f"tick_{number}"] for number in (1, 2, 3)]
        yes_and_no = (text("offline.yes"), text("offline.no")) if labels else ()
        assert {tick.words for tick in ticks} == {yes_and_no}
        means = tuple(one.label.in_language(text.language) for one in FRAMEWORK.means)
        assert row["means"].words == (means if "means" in details_of(item) else ())


def test_a_cell_is_open_only_where_the_item_takes_something(text: Translator) -> None:
    items = written(text, with_answers())["items"]
    for row in items.rows:
        item = FRAMEWORK.item(row["item"].text)
        unlocked = {code for code, cell in row.items() if not cell.is_locked}
        assert unlocked <= INPUTS
        assert {code for code, cell in row.items() if cell.rule} == unlocked
        assert ("answer" in unlocked) == bool(choices(item))
        assert ("reason" in unlocked) == (item.not_applicable is not None)
        assert ("floor_area" in unlocked) == ("floor_area" in details_of(item))
        assert "note" in unlocked
    assert items.row("item", "F-01")["floor_area"].rule == "decimal"
    assert items.row("item", "G-15")["positive"].rule == "whole"


def test_facts_take_numbers_and_options(text: Translator) -> None:
    facts = written(text, with_answers())["facts"]
    for definition in FRAMEWORK.facts:
        row = facts.row("fact", definition.id)
        assert [code for code, cell in row.items() if not cell.is_locked] == ["value"]
        if definition.kind is FactKind.CHOICE:
            labels = [one.label.in_language(text.language) for one in definition.options]
            assert row["value"].words == tuple(labels)
        else:
            assert row["value"].rule == ("decimal" if definition.kind is FactKind.AREA else "whole")
    assert facts.row("fact", "service_area")["value"].text == "372.5"
    built = FRAMEWORK.fact("built").options[1].label.in_language(text.language)
    assert facts.row("fact", "built")["value"].text == built


def test_what_is_kept_stands_there_with_its_revision(text: Translator) -> None:
    details = {"floor_area": "180.25", "open_days": "5.5", "means": "lease"}
    items = written(
        text,
        with_answers(
            Answer("F-01", "open", note="说明", details=details, revision=3),
            Answer("F-02", UNKNOWN, revision=1),
            Answer("E-01", SOME_TICKS, ("intact", "stable"), revision=2),
            Answer("E-02", ALL_TICKS, revision=1),
            Answer("G-05", NOT_APPLICABLE, reason="没有", revision=1),
        ),
    )["items"]
    row = {code: cell.text for code, cell in items.row("item", "F-01").items()}
    assert row["answer"] == choice_words(text, FRAMEWORK, "F-01", "open")
    assert (row["note"], row["revision"]) == ("说明", "3")
    assert (float(row["floor_area"]), float(row["open_days"])) == (180.25, 5.5)
    assert row["means"] == FRAMEWORK.means[3].label.in_language(text.language)
    assert items.row("item", "F-02")["state"].text == text("answer.unknown")
    assert items.row("item", "F-02")["answer"].text == ""
    some = items.row("item", "E-01")
    ticked = [some[f"tick_{number}"].text for number in (1, 2, 3)]
    assert ticked == [text("offline.yes"), text("offline.no"), text("offline.yes")]
    assert some["answer"].text == text("answer.some_ticks")
    assert items.row("item", "E-02")["answer"].text == text("answer.all_ticks")
    assert items.row("item", "G-05")["state"].text == text("answer.not_applicable")
    assert items.row("item", "G-05")["reason"].text == "没有"
    assert items.row("item", "F-03")["revision"].text == "0"


def test_what_was_carried_over_is_shown_but_not_filled_in(text: Translator) -> None:
    sheet = with_answers(Answer("F-01", "open", note="旧", to_confirm=True, revision=1))
    facts = {**sheet.saved_facts, "population": SavedFact("population", "9", 1, to_confirm=True)}
    pages = written(text, with_kept(sheet, sheet.answers, facts))
    row = pages["items"].row("item", "F-01")
    assert (row["answer"].text, row["note"].text) == ("", "")
    assert choice_words(text, FRAMEWORK, "F-01", "open") in row["before"].text
    assert "旧" in row["before"].text
    fact = pages["facts"].row("fact", "population")
    assert (fact["value"].text, "9" in fact["before"].text) == ("", True)


def test_the_workbook_says_what_it_is(text: Translator) -> None:
    pages = written(text, with_answers())
    about = {row["key"].text: row["value"].text for row in pages["about"].rows}
    assert (about["kind"], about["community"], about["round"]) == (KIND, "C1", "R1")
    assert about["framework_hash"] == FRAMEWORK.hash
    assert (about["language"], about["written_at"]) == (text.language, EXPORTED.isoformat())
    assert {code: about[f"sheet_{code}"] for code in SHEETS} == {
        code: page.name for code, page in pages.items()
    }
    assert {row["item"].text for row in pages["guide"].rows} == {
        row["item"].text for row in pages["items"].rows
    }


def test_every_sheet_is_locked_without_a_password_and_keeps_its_head_in_view(
    text: Translator,
) -> None:
    pages = written(text, with_answers())
    for code, page in pages.items():
        protection = page.xml.split("<sheetProtection ")[1].split("/>")[0]
        assert 'sheet="1"' in protection
        assert "password" not in protection
        assert 'formatColumns="0"' in protection
        assert 'paperSize="9"' in page.xml
        if code != "instructions":
            assert '<row r="2"' in page.xml
            assert 'hidden="1"' in page.xml.split('<row r="2"')[1].split(">")[0]
            assert 'state="frozen"' in page.xml
    assert text("offline.sheet_items") == pages["items"].name


def test_texts_from_people_are_never_run(text: Translator) -> None:
    answers = [
        Answer(item.id, note=note)
        for item, note in zip(FRAMEWORK.items, (*HOSTILE, "=cmd|' /C calc'!A0"), strict=False)
    ]
    pages = written(text, with_answers(*answers))
    notes = [pages["items"].row("item", one.item)["note"].text for one in answers]
    assert notes == [one.note for one in answers]


def test_a_sample_is_marked_on_every_sheet(text: Translator) -> None:
    sheet = with_answers()
    pages = written(text, replace(sheet, round=replace(sheet.round, sample=True)))
    assert all(page.name.startswith(text("sample.mark")) for page in pages.values())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_hints_fit_and_unknown_conditions_are_told(language: str) -> None:
    text = Translator("en" if language == "en" else "zh")
    items = written(text, make_sheet(FRAMEWORK))["items"]
    assert all(len(cell.prompt) <= 255 for row in items.rows for cell in row.values())
    option = FRAMEWORK.fact("built").options[0].label.in_language(text.language)
    assert option in items.row("item", "F-19")["question"].text
