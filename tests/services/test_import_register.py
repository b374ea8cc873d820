"""A list of communities: new ones, changed ones, positions, districts, and taking it back."""

import csv
import io
from collections.abc import Mapping

import pytest

from assessment.domain.errors import Forbidden
from assessment.domain.permissions import Grant, Person, Role
from assessment.domain.records import Community
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.services.communities import assessment_in, find_community, list_rounds
from assessment.services.exports import COMMUNITIES, CSV
from assessment.services.import_saving import write_import
from assessment.services.import_undoing import undo_import
from assessment.services.selection import Selection
from assessment.services.selection_exports import XLSX, Wish, selection_export
from assessment.services.sheets import load_sheet
from assessment.store.engine import Store
from tests.conftest import NOW
from tests.services.imports import codes_of, imported, previewed
from tests.services.steps import SIGNATURE, say_facts

HEAD = "code,name_zh,name_en,adcode,street,longitude,latitude"


def list_of(*lines: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *lines]).encode()


def kept(store: Store, code: str) -> Community:
    found = find_community(store, code)
    assert found
    return found.community


def exported(store: Store, ending: str) -> bytes:
    wish = Wish(Translator("zh"), list_rounds(store)[0].id, Selection(), NOW)
    found = selection_export(store, wish, COMMUNITIES, ending)
    assert found
    return b"".join(found.lines)


def test_new_and_changed_communities_are_written_and_taken_back(
    store: Store, community: Community
) -> None:
    content = list_of(
        ",新社区,New Community,110105,某街道,116.48,39.92",
        f"{community.code},{community.name_zh},Renamed,110105,,,",
    )
    seen = previewed(store, content)
    assert (seen.added, seen.changed, seen.refused) == (1, 1, 0)
    number = imported(store, content)
    new = kept(store, "C00002")
    assert (new.name_zh, new.district, new.street) == ("新社区", "朝阳区", "某街道")
    assert new.place and (new.place.longitude, new.place.latitude) == (116.48, 39.92)
    changed = kept(store, community.code)
    assert (changed.name_en, changed.street) == ("Renamed", community.street)
    again = previewed(store, content)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    outcome = undo_import(store, SIGNATURE, number)
    assert (outcome.restored, list(outcome.left)) == (2, [])
    assert find_community(store, "C00002") is None
    assert kept(store, community.code).name_en == community.name_en


@pytest.mark.parametrize("ending", [CSV, XLSX])
def test_our_own_list_changes_nothing_and_brings_everything_back_elsewhere(
    store: Store, sheet: Sheet, ending: str
) -> None:
    say_facts(store, sheet)
    content = exported(store, ending)
    seen = previewed(store, content, name=f"a.{ending}")
    assert (seen.added, seen.changed, codes_of(seen)) == (0, 0, [])
    with store.writing() as connection:
        from assessment.store.communities import remove_unused

        assert remove_unused(connection, sheet.community.code, 1, NOW)
    if ending == XLSX:
        return
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    own = next(row for row in rows if row[0] == sheet.community.code)
    own[0] = "C77777"
    text = io.StringIO()
    csv.writer(text).writerows([*rows[:2], own])
    imported(store, text.getvalue().encode())
    begun = assessment_in(store, "C77777", list_rounds(store)[0].id)
    found = load_sheet(store, begun.id) if begun else None
    assert found
    named = ("households", "population", "land_area", "built", "built_decade")
    assert {one: str(found.facts[one]) for one in named} == {
        "households": "1240",
        "population": "3100",
        "land_area": "86000",
        "built": "existing",
        "built_decade": "from_1990",
    }


WRONG: Mapping[str, tuple[str, str, str]] = {
    "swapped": (",甲社区,,110105,,39.92,116.48", "position_swapped", "F"),
    "outside": (",甲社区,,110105,,2.35,48.85", "position_outside", "F"),
    "half a position": (",甲社区,,110105,,116.48,", "import_half_position", "G"),
    "no number": (",甲社区,,110105,,东经116,39.9", "number_not_a_number", "F"),
    "no district": (",甲社区,,110199,,,", "import_adcode_like", "D"),
    "a city": (",甲社区,,330100,,,", "import_adcode_like", "D"),
    "nonsense": (",甲社区,,abc,,,", "import_adcode", "D"),
    "no name": (",,,110105,,,", "name_empty", "B"),
    "long name": (f",{'长' * 61},,110105,,,", "name_too_long", "B"),
    "a code that is none": ("C 1;,甲社区,,110105,,,", "import_code", "A"),
    "a name that is there": ("C9,测试社区,,110105,,,", "community_exists", "B"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_line_says_where_and_why(store: Store, community: Community, name: str) -> None:
    line, code, letters = WRONG[name]
    seen = previewed(store, list_of(line))
    (problem,) = seen.problems
    assert (problem.fault.code, problem.place.row, problem.place.letters) == (code, 2, letters)
    assert seen.registered == []


def test_two_lines_of_one_community_are_both_refused(store: Store) -> None:
    seen = previewed(
        store, list_of(",甲社区,,110105,,,", ",乙社区,,110105,,,", ", 甲 社区,,110105,,,")
    )
    assert codes_of(seen) == ["import_twice", "import_twice"]
    assert seen.problems[0].fault.values["rows"] == "2, 4"
    assert [one.new.name_zh for one in seen.registered] == ["乙社区"]


def test_positions_of_web_maps_are_converted(store: Store) -> None:
    head = f"{HEAD},datum"
    imported(store, list_of(",甲社区,,310101,,121.4737,31.2304,GCJ-02", head=head))
    found = kept(store, "C00001")
    assert found.given_datum == "GCJ-02"
    assert found.place and abs(found.place.longitude - 121.4737) > 0.003


def test_a_reviewer_registers_only_in_the_own_area(store: Store) -> None:
    reviewer = Person("r", "R", (Grant(Role.REVIEWER, area="110000"),))
    content = list_of(",甲社区,,110105,,,", ",乙社区,,310101,,,")
    seen = previewed(store.seen_by(reviewer), content)
    assert codes_of(seen) == ["import_not_your_area"]
    assert [one.new.name_zh for one in seen.registered] == ["甲社区"]
    whole = previewed(store, content)
    with pytest.raises(Forbidden):
        write_import(store.seen_by(reviewer), SIGNATURE, whole, (), "forbidden")
    write_import(store.seen_by(reviewer), SIGNATURE, seen, (), "allowed")
    assert kept(store, "C00001").name_zh == "甲社区"


def test_a_community_that_was_answered_for_is_not_taken_out(store: Store) -> None:
    content = list_of("C5,甲社区,,110105,,,,1200", head=f"{HEAD},households")
    number = imported(store, content)
    begun = assessment_in(store, "C5", list_rounds(store)[0].id)
    found = load_sheet(store, begun.id) if begun else None
    assert found and found.saved_facts["households"].value == "1200"
    say_facts(store, found)
    outcome = undo_import(store, SIGNATURE, number)
    assert set(outcome.left) == {("C5", "households"), ("C5", "")}
    assert kept(store, "C5").name_zh == "甲社区"
