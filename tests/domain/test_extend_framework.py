"""A local file adds to the national framework and changes nothing of it."""

from pathlib import Path

import pytest
import yaml

from assessment.domain.answers import Outcome
from assessment.domain.errors import Fault, Refused
from assessment.domain.extend_framework import check_extended
from assessment.domain.framework import Framework, Role
from assessment.domain.framework_table import Row, Table, content_of, tables_of
from assessment.domain.load_framework import content_hash, framework_in, load_framework
from assessment.settings import PROJECT
from tests.domain.sheets import make_sheet
from tests.domain.shipped import FRAMEWORK

EXAMPLE: Path = PROJECT / "data" / "frameworks" / "example-city.yaml"
CONTENT = yaml.safe_load(EXAMPLE.read_bytes())
PUBLISHED_AS_1_1 = "45b2aca0ba84b4f377a35a332de36e7ad4b5745d6a978d9782cbabd5ea1bc5ed"
FACTS = {"households": "1000", "service_area": "250"}
EXISTING, NEW = {**FACTS, "built": "existing"}, {**FACTS, "built": "new"}


def find_base(framework_id: str, version: str) -> Framework | None:
    wanted = (FRAMEWORK.id, FRAMEWORK.version)
    return FRAMEWORK if (framework_id, version) == wanted else None


def load(content: dict) -> Framework:
    return load_framework(yaml.safe_dump(content, allow_unicode=True).encode(), None, find_base)


def faults_of(**changed: object) -> list[Fault]:
    with pytest.raises(Refused) as refused:
        load({**CONTENT, **changed})
    return list(refused.value.faults)


LOCAL = load(CONTENT)


def test_the_example_ships_and_says_that_it_is_one():
    assert LOCAL.example
    assert "示例" in LOCAL.title.zh and "Example" in LOCAL.title.en
    assert LOCAL.extends and LOCAL.extends.hash == FRAMEWORK.hash
    assert {one.id for one in LOCAL.local_items} == {"L-01", "L-02", "L-03"}
    assert not list(check_extended(LOCAL, FRAMEWORK))


def test_a_checklist_from_before_places_actions_and_local_files_keeps_its_hash():
    older = yaml.safe_load((PROJECT / "data/frameworks/complete-community.yaml").read_text("utf-8"))
    older |= {"version": "1.1", "date": "2026-11-24"}
    del older["places"], older["actions"]
    for item in older["items"]:
        item.pop("place", None)
    assert load(older).hash == PUBLISHED_AS_1_1


def test_a_local_framework_comes_back_from_its_sheets_with_the_same_content():
    tables = {
        name: Table([Row(number, cells) for number, cells in enumerate(rows, start=3)])
        for name, rows in tables_of(LOCAL).items()
    }
    content, places, faults = content_of(tables)
    assert not faults
    assert content_hash(framework_in(content, places)) == LOCAL.hash


@pytest.mark.parametrize(
    ("facts", "outcome", "national"),
    [
        (EXISTING, Outcome.MET, Outcome.PARTLY),
        (NEW, Outcome.PARTLY, None),
        (FACTS, Outcome.UNANSWERED, None),
    ],
)
def test_the_local_threshold_is_for_existing_communities_and_the_national_one_stays_beside_it(
    facts, outcome, national
):
    sheet = make_sheet(LOCAL, facts=facts)
    assert sheet.judged["F-06"].outcome is outcome
    beside = sheet.judged_nationally("F-06")
    assert (beside.outcome if beside else None) is national
    assert (sheet.national is not None) == (national is not None)


def test_local_items_are_on_a_line_of_their_own_and_in_no_national_figure():
    with_them = make_sheet(LOCAL, {"L-01": "open", "F-01": "open"})
    without = make_sheet(FRAMEWORK, {"F-01": "open"})
    assert with_them.scores.local.low_percent[0] == 33
    assert int(with_them.scores.local.asked[0]) == 3
    for name in ("overall", "bonus"):
        ours, theirs = (getattr(one.scores, name) for one in (with_them, without))
        assert (ours.low[0], ours.high[0], ours.asked[0]) == (
            theirs.low[0],
            theirs.high[0],
            theirs.asked[0],
        )
    assert all(item.role is not Role.LOCAL for item in LOCAL.gates)


GROUND = CONTENT["thresholds"][0]["ground"]
THRESHOLD = {"item": "F-06", "communities": "existing", "threshold": "20", "ground": GROUND}
ITEM = CONTENT["items"][0]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"complete_from": 60}, "local_key"),
        ({"facts": []}, "local_key"),
        ({"extends": {"id": "complete_community", "version": "9.9"}}, "extends_unknown"),
        ({"items": [{**ITEM, "id": "F-01"}]}, "local_item_changed"),
        ({"items": [{**ITEM, "role": "core"}]}, "local_item_role"),
        ({"items": [{**ITEM, "role": "gate"}]}, "local_item_role"),
        ({"items": ["F-01"]}, "wrong_type"),
        ({"thresholds": [{**THRESHOLD, "communities": "new"}]}, "local_threshold_new"),
        ({"thresholds": [{**THRESHOLD, "item": "F-01"}]}, "local_threshold_item"),
        ({"thresholds": [{**THRESHOLD, "ground": None}]}, "local_ground_missing"),
        ({"thresholds": [{**THRESHOLD, "weight": 2}]}, "local_threshold_key"),
        ({"thresholds": [{**THRESHOLD, "threshold": "0"}]}, "threshold_zero"),
        ({"groups": [{"theme": "nowhere", "id": "x"}]}, "local_group_theme"),
    ],
)
def test_whatever_else_a_local_file_says_is_refused_with_its_line(changed, code):
    found = {one.code: one for one in faults_of(**changed)}
    assert code in found
    assert found[code].line or code == "extends_unknown"


def test_a_whole_file_that_changes_what_it_extends_is_found_out():
    content = LOCAL.model_dump(mode="json", exclude={"hash"})
    content["items"] = content["items"][1:]
    content["items"][0]["weight"] = 5.0
    content["complete_from"] = 60
    other = load_framework(yaml.safe_dump(content, allow_unicode=True).encode())
    found = {(one.code, one.item) for one in check_extended(other, FRAMEWORK)}
    assert ("local_item_removed", "") in found
    assert ("local_item_changed", "F-02") in found
    assert ("local_part_changed", "") in found


def test_a_framework_without_a_base_has_nothing_local():
    content = FRAMEWORK.model_dump(mode="json", exclude={"hash"})
    content["items"][0]["role"] = "local"
    with pytest.raises(Refused) as refused:
        load_framework(yaml.safe_dump(content, allow_unicode=True).encode())
    assert "local_without_base" in {one.code for one in refused.value.faults}
