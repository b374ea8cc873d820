"""The real checklist against the notice's requirements, row by row."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from assessment.domain.framework import FactKind, Framework, Kind, Role
from assessment.domain.load_framework import load_framework_file

DATA = Path(__file__).resolve().parents[2] / "data"
FRAMEWORK_FILE = DATA / "frameworks" / "complete-community.yaml"
REQUIREMENTS_FILE = DATA / "notice" / "requirements.csv"

Row = dict[str, str]

# Rows that the requirements suggest to score and the checklist does not, each with its reason.
SCORED_ELSEWHERE = {
    "FAC-01": "sets the unit of record (one residents' committee area); unused, with a reason",
    "ENV-01": "how renewal works are tied in, not a state of the community; asked as a remark",
    "ENV-02": "as ENV-01, for the renewal of gas pipes",
    "GOV-16": "residents' sense of identity: a survey, shown and never mixed into the score",
    "GOV-17": "residents' sense of belonging: a survey, shown and never mixed into the score",
}
# "Other" rows that have no remark of their own, each with its reason.
OTHER_WITHIN = {"SMT-06": "“and so on” after the technologies that S-01 names; any of them counts"}
# How the notice's conditions read as facts.
CONDITIONS = {
    "新建社区": ("built", "new"),
    "既有社区": ("built", "existing"),
    "集中供热地区": ("central_heating", "yes"),
    "建有电动自行车集中停放和充电场所的社区": ("ebike_site", "yes"),
}


def read_rows() -> list[Row]:
    with REQUIREMENTS_FILE.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


ROWS = read_rows()
BY_ID = {row["id"]: row for row in ROWS}


@pytest.fixture(scope="module")
def framework() -> Framework:
    return load_framework_file(FRAMEWORK_FILE, set(BY_ID))


@pytest.fixture(scope="module")
def items_of_clause(framework: Framework) -> dict[str, list]:
    found = defaultdict(list)
    for item in framework.items:
        for clause in item.clauses:
            found[clause].append(item)
    return found


def clauses_in(parts) -> list[str]:
    return [clause for part in parts for clause in part.clauses]


def rows_for(*uses: str) -> list[Row]:
    """Rows whose suggested use begins with one of these words."""
    found = [row for row in ROWS if row["suggested_use"].startswith(uses)]
    assert found
    return found


def test_the_checklist_loads_strictly_against_the_requirements(framework):
    assert len(framework.items) == 87
    assert len(BY_ID) == len(ROWS) == 157


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_every_requirement_has_exactly_one_kind_of_place(row, framework, items_of_clause):
    places = [
        row["id"] in items_of_clause,
        row["id"] in clauses_in(framework.means),
        row["id"] in clauses_in(framework.programme),
        row["id"] in clauses_in(framework.unused),
    ]
    assert places.count(True) == 1


def test_what_is_unused_has_a_reason_in_both_languages(framework):
    assert sorted(clauses_in(framework.unused)) == ["ENV-25", "FAC-01", "FAC-10"]
    for note in framework.unused:
        assert len(note.reason.zh) > 10
        assert len(note.reason.en) > 30
        assert note.reason.zh != note.reason.en


def test_the_programme_tells_all_of_organisation_and_nothing_else(framework):
    told = clauses_in(framework.programme)
    assert sorted(told) == sorted(row["id"] for row in ROWS if row["theme"] == "organisation")
    assert len(told) == len(set(told))


def test_the_notice_s_ways_to_make_up_a_shortfall_are_the_means_and_none_is_scored(framework):
    assert clauses_in(framework.means) == [f"FAC-{number}" for number in range(29, 35)]
    assert all(BY_ID[clause]["condition"] == "既有社区" for clause in clauses_in(framework.means))


def test_a_row_to_be_scored_is_scored_unless_its_reason_is_listed(items_of_clause):
    not_scored = {
        row["id"]
        for row in rows_for("scored")
        if not any(item.role is not Role.CONTEXT for item in items_of_clause[row["id"]])
    }
    assert not_scored == set(SCORED_ELSEWHERE)


def test_an_encouraged_row_is_only_ever_a_bonus(items_of_clause):
    encouraged = [row["id"] for row in ROWS if row["kind"] == "encouraged"]
    assert encouraged == [row["id"] for row in rows_for("bonus")]
    for clause in encouraged:
        assert {item.role for item in items_of_clause[clause]} == {Role.BONUS}


def test_a_bonus_item_stands_on_encouraged_rows_alone(framework):
    for item in framework.items:
        if item.role is Role.BONUS:
            assert {BY_ID[clause]["kind"] for clause in item.clauses} == {"encouraged"}


def test_a_context_row_is_never_scored(items_of_clause):
    for row in rows_for("context"):
        assert {item.role for item in items_of_clause[row["id"]]} <= {Role.CONTEXT}


def test_other_of_the_notice_is_a_remark_that_earns_nothing(items_of_clause):
    for row in rows_for('free-text "other"'):
        items = items_of_clause[row["id"]]
        if row["id"] in OTHER_WITHIN:
            assert all(len(item.clauses) > 1 for item in items)
        else:
            assert {item.kind for item in items} == {Kind.REMARK}
            assert {item.role for item in items} == {Role.CONTEXT}


def test_every_exception_is_still_one():
    assert set(SCORED_ELSEWHERE) <= {row["id"] for row in rows_for("scored")}
    assert set(OTHER_WITHIN) <= {row["id"] for row in rows_for('free-text "other"')}


def test_a_row_with_a_condition_is_asked_only_where_the_condition_holds(items_of_clause):
    for row in rows_for("scored when the condition holds"):
        for item in items_of_clause[row["id"]]:
            asked_where = (item.applies.fact, item.applies.equals)
            assert asked_where == CONDITIONS[row["condition"]]


def test_no_other_scored_item_has_a_condition(framework):
    for item in framework.items:
        if item.applies and item.scored:
            conditions = {BY_ID[clause]["condition"] for clause in item.clauses} - {""}
            assert {CONDITIONS[one] for one in conditions} == {
                (item.applies.fact, item.applies.equals)
            }


def test_the_only_thresholds_are_the_two_figures_of_the_notice(framework):
    asked = {item.id: item.rule for item in framework.items if item.rule}
    assert {key: rule.threshold for key, rule in asked.items()} == {"F-06": "30", "F-07": "60"}
    assert {rule.direction for rule in asked.values()} == {"at_least"}
    at_least = {row["id"]: row["threshold"] for row in ROWS if row["operator"] == ">="}
    assert at_least == {"FAC-08": "30", "FAC-09": "60"}
    assert framework.item("F-06").clauses == ("FAC-08",)
    assert framework.item("F-07").clauses == ("FAC-09",)


def test_the_two_rules_on_floor_area_are_linked(framework):
    assert (framework.linked.area, framework.linked.share) == ("F-06", "F-07")


def test_the_gates_are_the_five_basic_facilities_and_the_two_figures(framework):
    assert [item.id for item in framework.gates] == [f"F-0{number}" for number in range(1, 8)]
    basic = [item.clauses[0] for item in framework.gates[:5]]
    assert basic == [f"FAC-0{number}" for number in range(3, 8)]
    assert {item.kind for item in framework.gates[:5]} == {Kind.FACILITY}


def test_the_themes_and_the_items_within_a_theme_count_equally(framework):
    assert {theme.weight for theme in framework.themes} == {1.0}
    assert {item.weight for item in framework.items if item.scored} == {1.0}


def test_item_ids_run_in_order_within_their_theme(framework):
    letters = [item.id[0] for item in framework.items]
    assert sorted(set(letters), key=letters.index) == ["F", "E", "S", "G"]
    for theme in framework.themes:
        items = framework.items_of(theme.id)
        letter = items[0].id[0]
        assert [item.id for item in items] == [
            f"{letter}-{number:02}" for number in range(1, len(items) + 1)
        ]


def test_an_item_stands_in_the_theme_and_the_paragraph_of_its_clauses(framework):
    for item in framework.items:
        rows = [BY_ID[clause] for clause in item.clauses]
        assert {row["theme"] for row in rows} == {item.theme}
        assert {row["paragraph"] for row in rows} == {framework.theme(item.theme).paragraph}


def test_a_choice_offers_the_options_that_conditions_ask_for(framework):
    choices = {
        fact.id: [option.id for option in fact.options]
        for fact in framework.facts
        if fact.kind is FactKind.CHOICE
    }
    assert choices == {
        "built": ["new", "existing"],
        "built_decade": [
            "before_1980",
            "from_1980",
            "from_1990",
            "from_2000",
            "from_2010",
            "from_2020",
        ],
        "central_heating": ["yes", "no"],
        "ebike_site": ["yes", "no"],
    }


def test_every_fact_that_is_typed_has_a_unit_and_help(framework):
    typed = [fact.id for fact in framework.facts if fact.kind is not FactKind.CHOICE]
    assert typed == ["households", "population", "service_area", "activity_area", "land_area"]
    for fact in framework.facts:
        assert fact.help.zh
        assert fact.help.en
        assert (fact.unit is None) == (fact.kind is FactKind.CHOICE)


def test_guidance_has_been_read_somewhere_and_says_that_it_is_not_scored(framework):
    notes = [note for item in framework.items for note in item.guidance]
    assert {note.status for note in notes} == {"V", "V2", "C"}
    for note in notes:
        assert note.source
        assert note.text.zh.startswith("供参考，不计分：")
        assert note.text.en.startswith("For reference, not scored: ")


def test_every_step_and_tick_of_every_item_has_words(framework):
    for item in framework.items:
        for one in (*item.steps, *item.ticks):
            for words in (one.label, one.meaning):
                assert words.zh.strip()
                assert words.en.strip()
                assert words.zh != words.en
