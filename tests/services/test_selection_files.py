"""Files about a selection hold what the services say, and nothing else."""

import csv
import io
import json
from collections import Counter
from dataclasses import replace

import pytest

from assessment.domain.answers import Outcome, State
from assessment.domain.framework import Kind
from assessment.domain.nation import share_met
from assessment.domain.records import AssessmentState, Round
from assessment.domain.sheet import Sheet
from assessment.domain.standing import Standing
from assessment.language.translator import LANGUAGES, Language
from assessment.services import frameworks
from assessment.services.coverage import coverage_lines
from assessment.services.divisions import children, division
from assessment.services.exports import ANSWERS, COMMUNITIES, COVERAGE, MATRIX
from assessment.services.selected_rows import Chosen, selected_rows
from assessment.services.selection import Selection
from assessment.services.selection_exports import SELECTION_KINDS, geojson_export, selection_export
from assessment.services.sheets import load_history
from assessment.store import tables
from assessment.store.engine import Store
from tests.reports.reading import runs_as_formula
from tests.services.files import (
    HOSTILE,
    chosen_in,
    register_hostile,
    rows_of,
    sample_round,
    taken,
    wish,
)
from tests.services.steps import meet, overview, say_facts


@pytest.fixture
def one(store: Store) -> Round:
    return sample_round(store)


def sheets_of(store: Store, one: Round) -> dict[str, Sheet]:
    """The sheet of every community that has begun in a round, read one by one."""
    codes = [row.community.code for row in overview(store, one) if row.assessment]
    found = [sheet for code in codes for sheet in load_history(store, code)]
    return {sheet.community.code: sheet for sheet in found if sheet.round.id == one.id}


def test_the_wide_file_says_what_the_community_said_of_itself(store: Store, sheet: Sheet) -> None:
    sheet = meet(store, say_facts(store, sheet), sheet.framework.items)
    with store.writing() as connection:
        connection.execute(tables.assessment.update().values(state="submitted"))
    rows = {row["code"]: row for row in rows_of(store, wish(sheet.round), COMMUNITIES)}
    row = rows[sheet.community.code]
    assert (float(row["households"]), float(row["population"])) == (1240.0, 3100.0)
    assert (row["built"], float(row["land_area"]), row["submitted"]) == ("existing", 86000.0, "1")
    assert {row["submitted"] for code, row in rows.items() if code != sheet.community.code} == {"0"}
    assert AssessmentState.SUBMITTED.is_submitted
    assert not AssessmentState.RETURNED.is_submitted


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_long_file_holds_every_answer_as_the_sheets_do(
    store: Store, one: Round, language: Language
) -> None:
    rows = rows_of(store, wish(one, language=language), ANSWERS)
    sheets, items = sheets_of(store, one), chosen_in(store, one).framework.items
    assert len(rows) == len(overview(store, one)) * len(items)
    for row in rows:
        item = next(each for each in items if each.id == row["item"])
        assert row["title"] == item.title.in_language(language)
        if row["code"] not in sheets:
            assert (row["state"], row["credit"]) == ("", "")
            continue
        judged = sheets[row["code"]].judged[item.id]
        assert row["state"] == judged.outcome.name.lower()
        assert (float(row["credit"]) if row["credit"] else None) == judged.credit
    assert {row["province_code"][:2] for row in rows} == {row["adcode"][:2] for row in rows}


def test_the_matrix_holds_the_state_of_every_answer(store: Store, one: Round) -> None:
    sheets = sheets_of(store, one)
    rows = rows_of(store, wish(one), MATRIX)
    assert [row["code"] for row in rows] == [each.community.code for each in overview(store, one)]
    for row in rows:
        sheet = sheets.get(row["code"])
        for item in chosen_in(store, one).framework.items:
            if sheet is None:
                assert row[item.id] == ""
            elif item.kind in (Kind.REMARK, Kind.SURVEY):
                assert row[item.id] == "not_scored"
            else:
                assert row[item.id] == sheet.judged[item.id].outcome.state.value


@pytest.mark.parametrize("area", ["", "110000", "330000", "330100", "110105"])
def test_coverage_can_be_counted_again_from_the_wide_file(
    store: Store, one: Round, area: str
) -> None:
    wide = rows_of(store, wish(one, Selection(adcode=area)), COMMUNITIES)
    lines = rows_of(store, wish(one, Selection(adcode=area)), COVERAGE)
    below = children(area) or [division(area)]
    assert [line["adcode"] for line in lines if line["adcode"]] == [each.adcode for each in below]
    assert sum(int(line["communities"]) for line in lines) == len(wide)
    for line in lines:
        level = {"province": 2, "city": 4, "district": 6}
        digits = level[division(line["adcode"]).level] if line["adcode"] else 0
        own = [row for row in wide if digits and row["adcode"][:digits] == line["adcode"][:digits]]
        assert int(line["communities"]) == len(own)
        standings = Counter(row["standing"] for row in own)
        assert [int(line[each.value]) for each in Standing] == [
            standings[each] for each in Standing
        ]
        complete = sum(row["verdict"] == "complete" for row in own)
        assert int(line["complete"]) == complete
        assert int(line["submitted"]) == sum(int(row["submitted"]) for row in own)
        assert line["coverage"] == (repr(complete / len(own)) if own else "")


def test_only_cities_and_districts_without_one_are_asked_for_pilots(
    store: Store, one: Round
) -> None:
    def asked(area: str) -> set[str]:
        lines = rows_of(store, wish(one, Selection(adcode=area)), COVERAGE)
        return {line["pilots_asked"] for line in lines}

    assert asked("") == {""}
    assert asked("330100") == {""}
    assert "" not in asked("110000")
    assert asked("330000") <= {"fewer", "as_asked", "more"}
    for line in coverage_lines(chosen_in(store, one, Selection(adcode="330000"))):
        wanted = -1 if line.counted.communities < 3 else int(line.counted.communities > 5)
        assert line.counted.pilots_asked == wanted


def test_the_share_that_meets_an_item_can_be_counted_again_from_the_long_file(
    store: Store, one: Round
) -> None:
    chosen = chosen_in(store, one)
    share, known = share_met(chosen.nation, chosen.mask)
    rows = rows_of(store, wish(one), ANSWERS)
    for k, item in enumerate(chosen.framework.items):
        states = Counter(row["state"] for row in rows if row["item"] == item.id)
        base = states["met"] + states["partly"] + states["not_met"]
        assert base == known[k]
        assert not base or states["met"] / base == share[k]


@pytest.mark.parametrize("kind", SELECTION_KINDS[:3])
def test_filters_hold_for_every_file(store: Store, one: Round, kind: str) -> None:
    item = chosen_in(store, one).framework.items[0].id
    everything = overview(store, one)
    first = everything[0].community
    for selection in (
        Selection(adcode=first.adcode),
        Selection(search=first.name_zh),
        Selection(standing=Standing.BLOCKED.value),
        Selection(item=item, state=State.MET.value),
    ):
        expected = set(chosen_in(store, one, selection).codes)
        assert 0 < len(expected) < len(everything)
        assert {row["code"] for row in rows_of(store, wish(one, selection), kind)} == expected


@pytest.mark.parametrize(
    "selection",
    [
        Selection(adcode="999999"),
        Selection(programme="../other"),
        Selection(standing="best"),
        Selection(item="Z-99", state="met"),
        Selection(item="F-01", state="maybe"),
    ],
)
def test_a_filter_that_nobody_knows_gives_no_file(
    store: Store, one: Round, selection: Selection
) -> None:
    assert selection_export(store, wish(one, selection), COMMUNITIES, "csv") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_points_are_where_the_list_says(store: Store, one: Round, language: Language) -> None:
    export = geojson_export(store, wish(one, language=language))
    assert export is not None
    read = json.loads(b"".join(export.lines))
    assert (read["type"], export.media_type) == ("FeatureCollection", "application/geo+json")
    listed = overview(store, one)
    assert [each["id"] for each in read["features"]] == [row.community.code for row in listed]
    for feature, row in zip(read["features"], listed, strict=True):
        about = feature["properties"]
        assert row.place is not None
        assert feature["geometry"]["coordinates"] == [row.place.longitude, row.place.latitude]
        assert about["place_basis"] == ("given" if row.placed else "district")
        assert (about["standing"], about["sample"]) == (row.standing.value, "sample")


def test_a_community_without_a_place_is_a_feature_without_a_point(store: Store) -> None:
    real = register_hostile(store)
    with store.writing() as connection:
        connection.execute(tables.community.update().values(adcode="", province=""))
    export = geojson_export(store, wish(real))
    assert export is not None
    features = json.loads(b"".join(export.lines))["features"]
    assert {(str(each["geometry"]), each["properties"]["place_basis"]) for each in features} == {
        ("None", "")
    }
    assert len(features) == len(overview(store, real))


def test_rows_of_another_version_are_read_by_the_ids_of_their_items(
    store: Store, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = meet(store, say_facts(store, sheet), sheet.framework.items[:30])
    own = sheet.framework
    changed = own.items[0].model_copy(update={"id": "Z-01"})
    other = own.model_copy(
        update={"hash": "other", "items": (*own.items[:0:-1], changed), "themes": own.themes[::-1]}
    )
    monkeypatch.setitem(frameworks._parsed, "other", other)
    chosen = Chosen(store, replace(sheet.round, framework="other"), other, Selection())
    (row,) = [each for each in selected_rows(chosen, vectors=True) if each.packed]
    said = dict(zip((item.id for item in other.items), row.outcomes, strict=True))
    assert said.pop("Z-01") == Outcome.NOT_ASKED
    assert said == {item: sheet.judged[item].outcome for item in said}
    assert row.overview.score is not None
    assert [line.low for line in row.overview.score.themes] == [
        sheet.scores.themes[theme.id].low[0] for theme in other.themes
    ]
    assert row.framework == own


def test_a_file_names_area_round_and_filter(store: Store, one: Round) -> None:
    selection = Selection(adcode="110000", standing="blocked")
    for language, name in (
        ("zh", f"示例_北京市_{one.id}_筛选_全部社区.csv"),
        ("en", f"sample_Beijing_{one.id}_filtered_communities.csv"),
    ):
        export = selection_export(store, wish(one, selection, language), COMMUNITIES, "csv")
        assert export is not None
        assert export.name == name


def test_no_text_is_run_as_a_formula_and_every_text_comes_back(store: Store) -> None:
    real = register_hostile(store)
    for kind in SELECTION_KINDS:
        content = taken(store, wish(real), kind).decode("utf-8-sig")
        cells = [cell for line in csv.reader(io.StringIO(content, newline="")) for cell in line]
        assert [cell for cell in cells if runs_as_formula(cell)] == []
        if kind != COVERAGE:
            named = {row["community_name"] for row in rows_of(store, wish(real), kind)}
            assert set(HOSTILE) <= named
