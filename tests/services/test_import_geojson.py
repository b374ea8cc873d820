"""Points of a map as a list of communities: our own, those of other programs, and faults."""

import json
from typing import Any

import pytest

from assessment.domain.errors import Refused
from assessment.domain.sheet import Sheet
from assessment.services import geojson_tables
from assessment.services.selection_exports import geojson_export
from assessment.services.table_kinds import read_any
from assessment.services.table_process import read_tables
from assessment.store.engine import Store
from tests.services.files import sample_round, wish
from tests.services.imports import codes_of, imported, previewed
from tests.services.steps import assert_told_in_words
from tests.services.test_import_register import kept

POINT = {"type": "Point", "coordinates": [116.4800, 39.92, 43.5]}
PROPERTIES = {"name_zh": "新社区", "adcode": 110105, "street": None, "open": True, "tags": ["a"]}


def collection(geometry: Any = POINT, **more: Any) -> bytes:
    """A file with one feature; a member of it or of the collection may be another."""
    properties = more.pop("properties", PROPERTIES)
    feature = {"type": "Feature", "geometry": geometry, "properties": properties}
    whole = {"type": "FeatureCollection", "features": [feature], **more}
    return json.dumps(whole, ensure_ascii=False).encode()


def refused(content: bytes) -> tuple[str, int | None]:
    with pytest.raises(Refused) as told:
        read_any(content)
    assert_told_in_words(told.value)
    (fault,) = told.value.faults
    return fault.code, fault.line


def test_our_own_points_change_nothing(store: Store) -> None:
    one = sample_round(store)
    export = geojson_export(store, wish(one))
    assert export
    seen = previewed(store, b"".join(export.lines), "communities.geojson", one)
    assert (seen.problems, seen.registered, seen.changes) == ((), [], [])
    assert seen.unchanged > 10


def test_points_become_communities(store: Store, sheet: Sheet) -> None:
    imported(store, collection(), name="points.json")
    found = kept(store, "C00002")
    assert (found.name_zh, found.district, found.street) == ("新社区", "朝阳区", "")
    assert found.place and (found.place.longitude, found.place.latitude) == (116.48, 39.92)


def test_the_table_has_the_digits_of_the_file_and_a_row_for_each_feature() -> None:
    content = b"\xef\xbb\xbf" + collection().replace(b"116.48", b"116.480000000000001")
    (sheet,) = read_tables(content)
    head, row = sheet.rows
    assert (head.number, row.number) == (0, 1)
    assert dict(zip(head.cells, row.cells, strict=True)) == {
        "longitude": "116.480000000000001",
        "latitude": "39.92",
        "name_zh": "新社区",
        "adcode": "110105",
        "street": "",
        "open": "1",
        "tags": '["a"]',
    }


def test_a_place_in_the_properties_is_named_as_not_read(store: Store, sheet: Sheet) -> None:
    content = collection(properties={**PROPERTIES, "longitude": 1})
    assert "properties.longitude" in previewed(store, content, "points.geojson").others


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": [[[116, 39], [117, 39], [117, 40], [116, 39]]]},
        {"type": "Point", "coordinates": [116]},
        {"type": "Point", "coordinates": [None, 39]},
        "here",
    ],
)
def test_what_is_no_point_is_refused_at_its_feature(
    store: Store, sheet: Sheet, geometry: object
) -> None:
    seen = previewed(store, collection(geometry), "points.geojson")
    assert codes_of(seen) == ["import_not_a_point"]
    assert seen.problems[0].place.row == 1
    assert not seen.registered


@pytest.mark.parametrize("geometry", [None, {"type": "Point", "coordinates": [39.92, 116.48]}])
def test_no_place_is_none_and_a_swapped_one_is_told(
    store: Store, sheet: Sheet, geometry: object
) -> None:
    seen = previewed(store, collection(geometry), "points.geojson")
    assert bool(seen.problems) == (geometry is not None)
    assert len(seen.registered) == (geometry is None)


def test_files_that_are_no_points_are_told_as_what_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert refused(b'{"name": "a package", "resources": []}') == (
        "import_other_kind",
        None,
    )
    assert refused(collection()[:-20]) == ("import_json", 1)
    assert refused(b'{"type": "FeatureCollection",\n "features": [,]}') == ("import_json", 2)
    assert refused(b'{"type": ' + b"[" * 100_000)[0] == "import_other_kind"
    assert refused(collection(crs={"properties": {"name": "EPSG:3857"}})) == ("import_crs", None)
    assert read_any(collection(crs={"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}))
    monkeypatch.setattr(geojson_tables, "Limits", _Full)
    with pytest.raises(Refused):
        read_any(collection())


class _Full:
    def count(self, number: int, cells: list[str]) -> None:
        raise Refused([])
