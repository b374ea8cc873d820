"""What goes out of one installation comes whole into another that knows nothing of it."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assessment.domain.coordinates import Datum
from assessment.domain.records import Community
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.services.communities import (
    Registration,
    begin,
    find_community,
    list_rounds,
    move,
    register,
)
from assessment.services.exports import ANSWERS, COMMUNITIES, CSV, MATRIX
from assessment.services.selection import Selection
from assessment.services.selection_exports import XLSX, Wish, geojson_export, selection_export
from assessment.services.sheets import load_sheet
from assessment.store.engine import Store
from tests.conftest import NOW
from tests.services.imports import imported, items_csv, summary_csv
from tests.services.steps import SIGNATURE
from tests.services.test_import_lossless import answer_everything, bare

GEOJSON = "geojson"
TYPED = Registration(
    "“远”社区, 甲", "330106", "西溪街道; 一", '=Far, "away"', "甲居委会\n330106001001\n乙, 丙"
)


@pytest.fixture
def elsewhere(prepared_file: Path, tmp_path: Path) -> Iterator[Store]:
    """Another installation, with nothing in it but the pilots that all have."""
    path = tmp_path / "elsewhere.db"
    shutil.copyfile(prepared_file, path)
    store = Store(f"sqlite:///{path}")
    yield store
    store.close()


@pytest.fixture
def answered(store: Store) -> Sheet:
    """A community with everything that can be said of one, and every kind of answer."""
    community = register(store, SIGNATURE, TYPED)
    move(store, SIGNATURE, community, 120.1, 30.3, Datum.GCJ02)
    begun = begin(store, SIGNATURE, known(store, community), list_rounds(store)[0])
    sheet = load_sheet(store, begun.id)
    assert sheet
    return answer_everything(store, sheet, 2)


def known(store: Store, community: Community) -> Community:
    """The community as the register has it."""
    found = find_community(store, community.code)
    assert found
    return found.community


def taken(store: Store, kind: str, ending: str) -> bytes:
    """A file of all communities."""
    wish = Wish(Translator("en"), list_rounds(store)[0].id, Selection(), NOW)
    found = (
        geojson_export(store, wish)
        if ending == GEOJSON
        else selection_export(store, wish, kind, ending)
    )
    assert found
    return b"".join(found.lines)


@pytest.mark.parametrize("ending", [CSV, XLSX, GEOJSON])
def test_a_list_brings_the_community(
    store: Store, answered: Sheet, elsewhere: Store, ending: str
) -> None:
    imported(elsewhere, taken(store, COMMUNITIES, ending), name=f"list.{ending}")
    ours, theirs = (known(one, answered.community) for one in (store, elsewhere))
    assert ours.place and theirs.place
    assert theirs.place.longitude == pytest.approx(ours.place.longitude, abs=1e-9)
    assert theirs.place.latitude == pytest.approx(ours.place.latitude, abs=1e-9)
    # The list has the place in WGS-84, not as it was given.
    assert theirs == replace(
        ours,
        place=theirs.place,
        given_datum=Datum.WGS84,
        given_longitude=theirs.place.longitude,
        given_latitude=theirs.place.latitude,
        revision=theirs.revision,
    )


@pytest.mark.parametrize("ending", [CSV, XLSX])
@pytest.mark.parametrize("kind", [ANSWERS, MATRIX])
def test_a_table_of_answers_brings_every_state(
    store: Store, answered: Sheet, elsewhere: Store, kind: str, ending: str
) -> None:
    imported(elsewhere, taken(store, COMMUNITIES, CSV))
    imported(elsewhere, taken(store, kind, ending), name=f"file.{ending}")
    assert brought(elsewhere, answered).judged == answered.judged
    assert held(taken(elsewhere, kind, CSV)) == held(taken(store, kind, CSV))


def held(content: bytes) -> list[dict[str, str]]:
    """The rows without what lacks evidence: that follows from notes and files too, which tables
    of many do not hold."""
    return [{**row, "unsupported": ""} for row in bare(content)]


def brought(elsewhere: Store, answered: Sheet) -> Sheet:
    """The sheet of the same community there."""
    there = known(elsewhere, answered.community)
    found = load_sheet(elsewhere, begin(elsewhere, SIGNATURE, there, list_rounds(elsewhere)[0]).id)
    assert found
    return found


def test_files_of_one_community_bring_every_answer_and_figure(
    store: Store, answered: Sheet, elsewhere: Store
) -> None:
    imported(elsewhere, taken(store, COMMUNITIES, CSV))
    imported(elsewhere, summary_csv(answered))
    imported(elsewhere, items_csv(answered))
    there = brought(elsewhere, answered)
    assert there.judged == answered.judged
    assert bare(items_csv(there)) == bare(items_csv(answered))
    assert bare(summary_csv(there)) == bare(summary_csv(answered))
