"""The file and the bounds of every area that a map can show."""

import json

import pytest

from assessment.services.boundaries import COUNTRY, boundary_file, scope_bounds
from assessment.services.divisions import children, divisions
from assessment.settings import settings

HOSTILE = ("../../divisions", "33", "99", "{{7*7}}", "330000/../110000")


def codes(file: str) -> set[str]:
    """The codes that a boundary file draws."""
    path = settings().data / "boundaries" / file
    shapes = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {shape["properties"]["adcode"] for shape in shapes} - {""}


@pytest.mark.parametrize(
    ("adcode", "file"),
    [
        ("", "provinces.geojson"),
        ("330000", "cities/330000.geojson"),
        ("460000", "cities/460000.geojson"),
        ("110000", "districts/110000.geojson"),
        ("810000", "districts/810000.geojson"),
        ("820000", "districts/820000.geojson"),
        ("330100", "districts/330000.geojson"),
        ("330106", "districts/330000.geojson"),
        ("441900", "districts/440000.geojson"),
    ],
)
def test_the_file_holds_what_lies_below(adcode: str, file: str) -> None:
    assert boundary_file(adcode) == file


def test_every_area_below_is_in_the_file() -> None:
    drawn = {file: codes(file) for file in {boundary_file(code) for code in ["", *divisions()]}}
    missing = {
        (scope, code)
        for scope in ["", *divisions()]
        for code in [one.adcode for one in children(scope)] or [scope]
        if code not in drawn[boundary_file(scope)]
    }
    assert missing == set()


@pytest.mark.parametrize("adcode", HOSTILE)
def test_an_unknown_code_shows_the_country(adcode: str) -> None:
    assert boundary_file(adcode) == "provinces.geojson"
    assert scope_bounds(adcode) == COUNTRY


def test_the_bounds_hold_the_point_of_every_area_below() -> None:
    outside = {
        (scope, one.adcode)
        for scope in ["", *divisions()]
        for one in children(scope) or [divisions()[scope]]
        if not holds(scope, one.place.latitude, one.place.longitude)
    }
    assert outside == set()


def holds(scope: str, latitude: float, longitude: float) -> bool:
    """Whether a position lies in the bounds of an area."""
    (south, west), (north, east) = scope_bounds(scope)
    return south <= latitude <= north and west <= longitude <= east


def test_the_bounds_are_close() -> None:
    (south, west), (north, east) = scope_bounds("330000")
    assert (26.9 < south < 27.2) and (117.9 < west < 118.2)
    assert (31.0 < north < 31.3) and (122.5 < east < 123.5)
    (south, west), (north, east) = scope_bounds("330106")
    assert north - south < 0.5 and east - west < 0.5
    assert scope_bounds("460000")[0][0] < 4, "the islands of the South China Sea"
