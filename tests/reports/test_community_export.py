"""All communities of a round, and the dictionary of every column of every export."""

import pytest

from assessment.domain.coordinates import Datum
from assessment.domain.framework import Framework
from assessment.domain.records import Round
from assessment.domain.sheet import Sheet
from assessment.domain.standing import Overview
from assessment.language.translator import LANGUAGES, Translator
from assessment.reports.community_table import community_table
from assessment.reports.dictionary import dictionary_table
from assessment.services import sample
from assessment.services.communities import Registration, list_rounds, move, register
from assessment.services.exports import export_columns
from assessment.services.frameworks import framework_of
from assessment.services.selected_rows import choose, selected_rows
from assessment.services.selection import Selection
from assessment.store.engine import Store
from tests.reports.reading import EXPORTED, ReadBack, assert_file_is_well_formed, read_back
from tests.services.steps import SIGNATURE, meet, overview, say_facts

NAMES = ("=1+1", "{{7*7}}", '甲"乙"，丙', "a, b", "@社区")


def read_round(store: Store, one: Round, text: Translator) -> ReadBack:
    chosen = choose(store, one, Selection())
    assert chosen is not None
    rows = selected_rows(chosen)
    return read_back(community_table(text, chosen.framework, one, rows, EXPORTED), text)


@pytest.fixture
def answered(store: Store, sheet: Sheet) -> Sheet:
    """One community with answers beside others without, some with awkward names."""
    for name in NAMES:
        register(store, SIGNATURE, Registration(name, "110105", street="-1"))
    move(store, SIGNATURE, sheet.community, 116.44, 39.92, Datum.WGS84)
    return meet(store, say_facts(store, sheet), sheet.framework.items)


def test_the_file_is_well_formed_in_both_languages(
    store: Store, answered: Sheet, text: Translator
) -> None:
    assert_file_is_well_formed(read_round(store, answered.round, text), text)


def test_every_community_has_a_row_that_is_what_the_list_shows(
    store: Store, answered: Sheet, text: Translator
) -> None:
    rows = {row["code"]: row for row in read_round(store, answered.round, text).rows}
    listed = overview(store, answered.round)
    assert list(rows) == [one.community.code for one in listed]
    for one in listed:
        assert_row_is(one, rows[one.community.code], text)
    assert set(NAMES) <= {row["name_zh"] for row in rows.values()}


def assert_row_is(one: Overview, row: dict[str, str], text: Translator) -> None:
    community = one.community
    assert row["name_zh"] == community.name_zh
    assert row["adcode"] == community.adcode
    assert (row["province"], row["street"]) == (community.province, community.street)
    assert row["standing"] == one.standing.value
    assert row["standing_words"] == text(f"standing.{one.standing}")
    assert row["place_basis"] == (("given" if one.placed else "district") if one.place else "")
    assert bool(row["longitude"]) is (one.place is not None)
    if one.place is not None:
        place = (float(row["longitude"]), float(row["latitude"]))
        assert place == (one.place.longitude, one.place.latitude)
    score = one.score
    assert row["low_percent"] == ("" if score is None else str(score.low_percent))
    assert row["score_at"] == ("" if score is None else "2026-11-24T08:00:00Z")
    assert bool(row["lists"]) is bool(one.memberships)


def test_a_community_that_was_not_begun_has_no_figures(
    store: Store, answered: Sheet, text: Translator
) -> None:
    file = read_round(store, answered.round, text)
    (row,) = [row for row in file.rows if row["code"] == "P001"]
    numbers = [column.code for column in file.columns if column.is_number]
    others = ("longitude", "latitude", "submitted")
    assert {row[code] for code in numbers if code not in others} == {""}
    assert row["submitted"] == "0"
    assert (row["standing"], row["assessment_state"], row["scoring_version"]) == ("no_data", "", "")


def test_the_themes_have_their_figures_in_columns_of_their_own(
    store: Store, answered: Sheet, text: Translator
) -> None:
    file = read_round(store, answered.round, text)
    (row,) = [row for row in file.rows if row["code"] == answered.community.code]
    for theme in answered.framework.themes:
        line = answered.scores.themes[theme.id]
        assert float(row[f"{theme.id}_low"]) == line.low[0]
        assert float(row[f"{theme.id}_high"]) == line.high[0]
        assert int(row[f"{theme.id}_asked"]) == line.asked[0]
        label = file.labels[file.codes.index(f"{theme.id}_low")]
        assert theme.short.in_language(text.language) in label


def test_every_row_says_where_it_comes_from(
    store: Store, answered: Sheet, text: Translator
) -> None:
    for row in read_round(store, answered.round, text).rows:
        assert row["community_code"] == row["code"]
        assert row["framework_hash"] == answered.framework.hash
        assert row["round"] == answered.round.id
        assert row["sample"] == "real"
        assert row["exported_at"] == "2026-11-25T09:30:00Z"


def test_rows_of_the_sample_are_marked_and_apart(store: Store, text: Translator) -> None:
    sample.load(store, SIGNATURE)
    for one in list_rounds(store):
        marks = {row["sample"] for row in read_round(store, one, text).rows}
        assert marks == {"sample" if one.sample else "real"}


def framework_in_use(store: Store) -> Framework:
    return framework_of(store, list_rounds(store)[0].framework)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_of_every_export_has_a_label_and_a_meaning(
    store: Store, language: str
) -> None:
    text = Translator(language)
    for kind, columns in export_columns(framework_in_use(store)):
        for column in columns:
            for words in (column.label(text), column.meaning(text)):
                assert words, (kind, column.code)
                assert not words.startswith("column."), (kind, column.code)
                assert "{" not in words, (kind, column.code)


def test_labels_within_one_file_are_all_different(store: Store, text: Translator) -> None:
    for kind, columns in export_columns(framework_in_use(store)):
        labels = [column.label(text) for column in columns]
        repeated = {label for label in labels if labels.count(label) > 1}
        assert repeated == set(), kind


def test_the_dictionary_explains_every_column_of_every_export(
    store: Store, text: Translator
) -> None:
    files = export_columns(framework_in_use(store))
    file = read_back(dictionary_table(text, files), text)
    assert_file_is_well_formed(file, text)
    explained = [(row["file"], row["column_code"], row["column_kind"]) for row in file.rows]
    assert explained == [
        (kind, column.code, "number" if column.is_number else "text")
        for kind, columns in files
        for column in columns
    ]
    assert all(row["column_label"] and row["column_meaning"] for row in file.rows)
