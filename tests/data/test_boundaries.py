"""The map files and the list of divisions: complete, consistent, drawable and small enough."""

import csv
import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "data"
BOUNDARIES = DATA / "boundaries"
PILOTS = DATA / "communities" / "national_pilots.csv"

Ring = list[list[float]]
Polygon = list[Ring]


def read_features(path: Path) -> list[dict]:
    return json.loads(path.read_text(encoding="utf-8"))["features"]


def polygons(feature: dict) -> list[Polygon]:
    geometry = feature["geometry"]
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"]]
    assert geometry["type"] == "MultiPolygon"
    return geometry["coordinates"]


def rings(feature: dict) -> Iterator[Ring]:
    for polygon in polygons(feature):
        yield from polygon


def segments(feature: dict) -> list[Ring]:
    geometry = feature["geometry"]
    if geometry["type"] == "LineString":
        return [geometry["coordinates"]]
    assert geometry["type"] == "MultiLineString"
    return geometry["coordinates"]


def bounds(lines: list[Ring]) -> tuple[float, float, float, float]:
    longitudes = [point[0] for line in lines for point in line]
    latitudes = [point[1] for line in lines for point in line]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def contains(feature: dict, longitude: float, latitude: float) -> bool:
    """Even-odd rule over all rings, holes included."""
    inside = False
    for ring in rings(feature):
        for (x1, y1), (x2, y2) in itertools.pairwise(ring):
            crosses = (y1 > latitude) != (y2 > latitude)
            if crosses and longitude < x1 + (latitude - y1) * (x2 - x1) / (y2 - y1):
                inside = not inside
    return inside


def area(ring: Ring) -> float:
    pairs = itertools.pairwise(ring)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs) / 2


@pytest.fixture(scope="module")
def national() -> list[dict]:
    return read_features(BOUNDARIES / "provinces.geojson")


@pytest.fixture(scope="module")
def provinces(national: list[dict]) -> dict[str, dict]:
    return {
        feature["properties"]["adcode"]: feature
        for feature in national
        if feature["properties"]["kind"] == "province"
    }


@pytest.fixture(scope="module")
def dashes(national: list[dict]) -> list[Ring]:
    lines = [feature for feature in national if feature["properties"]["kind"] == "line"]
    assert len(lines) == 8
    [found] = [segments(line) for line in lines if bounds(segments(line))[1] < 4]
    return found


def by_province(folder: str) -> dict[str, list[dict]]:
    return {path.stem: read_features(path) for path in (BOUNDARIES / folder).glob("*.geojson")}


@pytest.fixture(scope="module")
def cities() -> dict[str, list[dict]]:
    return by_province("cities")


@pytest.fixture(scope="module")
def districts() -> dict[str, list[dict]]:
    return by_province("districts")


@pytest.fixture(scope="module")
def divisions() -> list[dict[str, str]]:
    with (DATA / "divisions.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_all_provinces_are_drawn(provinces: dict[str, dict]) -> None:
    assert len(provinces) == 34
    assert {"710000", "810000", "820000"} <= provinces.keys()


def test_ten_dash_line_is_whole(dashes: list[Ring]) -> None:
    assert len(dashes) == 10
    assert all(len(dash) >= 2 for dash in dashes)
    west, south, east, north = bounds(dashes)
    assert west < 108.5 and south < 3.5 and east > 122.5 and north > 24.5


def test_south_china_sea_islands_are_kept(provinces: dict[str, dict]) -> None:
    assert bounds(list(rings(provinces["460000"])))[1] < 4
    assert len(polygons(provinces["460000"])) == 328


def test_taiwan_reaches_east_with_the_diaoyu_islands(
    provinces: dict[str, dict], districts: dict[str, list[dict]]
) -> None:
    [yilan] = [f for f in districts["710000"] if f["properties"]["adcode"] == "710021"]
    for feature in (provinces["710000"], yilan):
        boxes = [bounds(polygon) for polygon in polygons(feature)]
        assert max(box[2] for box in boxes) > 124.5
        assert any(123.4 < box[0] < box[2] < 123.6 and 25.7 < box[1] < 25.8 for box in boxes)


@pytest.mark.parametrize("folder", ["cities", "districts"])
def test_every_province_has_its_own_file(folder: str, provinces: dict[str, dict]) -> None:
    files = by_province(folder)
    assert files.keys() == provinces.keys()
    for province, features in files.items():
        codes = [feature["properties"]["adcode"] for feature in features]
        assert codes and len(set(codes)) == len(codes)
        assert all(code[:2] == province[:2] for code in codes)


def test_every_source_polygon_is_there(
    cities: dict[str, list[dict]], districts: dict[str, list[dict]]
) -> None:
    assert sum(map(len, cities.values())) == 375
    assert sum(map(len, districts.values())) == 2891


def test_polygons_can_be_drawn(
    provinces: dict[str, dict], cities: dict[str, list[dict]], districts: dict[str, list[dict]]
) -> None:
    files = [list(provinces.values()), *cities.values(), *districts.values()]
    for feature in (feature for file in files for feature in file):
        for polygon in polygons(feature):
            assert all(len(ring) >= 4 and ring[0] == ring[-1] for ring in polygon)
            assert area(polygon[0]) > 0 and all(area(hole) < 0 for hole in polygon[1:])


def test_coordinates_have_at_most_four_decimals_inside_china(
    provinces: dict[str, dict], districts: dict[str, list[dict]]
) -> None:
    files = [list(provinces.values()), *districts.values()]
    points = (p for file in files for f in file for ring in rings(f) for p in ring)
    for longitude, latitude in points:
        assert 73 < longitude < 136 and 3 < latitude < 54
        assert round(longitude, 4) == longitude and round(latitude, 4) == latitude


def test_file_sizes_stay_in_budget() -> None:
    def total(pattern: str) -> int:
        return sum(path.stat().st_size for path in BOUNDARIES.glob(pattern))

    assert total("provinces.geojson") < 190_000
    assert total("cities/*.geojson") < 1_200_000
    assert total("districts/*.geojson") < 4_000_000
    assert (DATA / "divisions.csv").stat().st_size < 250_000


def test_division_list_is_complete(
    divisions: list[dict[str, str]],
    cities: dict[str, list[dict]],
    districts: dict[str, list[dict]],
) -> None:
    # Macao, one of the 2,891 district polygons of the source, is a province here.
    assert Counter(row["level"] for row in divisions) == {
        "province": 34,
        "city": 329,
        "district": 2890,
    }
    levels = {row["adcode"]: row["level"] for row in divisions}
    assert len(levels) == len(divisions)
    drawn = [feature for file in (*cities.values(), *districts.values()) for feature in file]
    for feature in drawn:
        assert feature["properties"]["level"] == levels[feature["properties"]["adcode"]]


def test_division_file_is_plain_utf8_with_unix_lines() -> None:
    content = (DATA / "divisions.csv").read_bytes()
    header = b"adcode,level,parent,name_zh,name_en,longitude,latitude\n"
    assert content.startswith(header)
    assert b"\r" not in content and content.endswith(b"\n")


def test_codes_and_parents(divisions: list[dict[str, str]]) -> None:
    levels = {row["adcode"]: row["level"] for row in divisions}
    allowed = {"province": {""}, "city": {"province"}, "district": {"province", "city"}}
    for row in divisions:
        assert re.fullmatch(r"\d{6}", row["adcode"])
        assert levels.get(row["parent"], "") in allowed[row["level"]], row
        assert row["parent"][:2] in ("", row["adcode"][:2])


def test_names_are_given_and_differ_between_siblings(divisions: list[dict[str, str]]) -> None:
    for column in ("name_zh", "name_en"):
        assert all(row[column] and row[column] == row[column].strip() for row in divisions)
        twice = Counter((row["parent"], row[column]) for row in divisions)
        assert [name for name, count in twice.items() if count > 1] == []
    assert not any(re.search(r"[^\x20-\x7eü]", row["name_en"]) for row in divisions)


@pytest.mark.parametrize(
    ("adcode", "name_en"),
    [
        ("540000", "Tibet (Xizang)"),
        ("610000", "Shaanxi"),
        ("140000", "Shanxi"),
        ("140400", "Changzhi"),
        ("150100", "Hohhot"),
        ("430111", "Yuhua District"),
        ("310112", "Minhang District"),
        ("310115", "Pudong New Area"),
        ("441900", "Dongguan"),
        ("620102", "Chengguan District"),
        ("610100", "Xi'an"),
        ("130726", "Yuxian County"),
        ("140303", "Kuangqu District"),
        ("433100", "Xiangxi Tujia and Miao Autonomous Prefecture"),
        ("710009", "Taipei City"),
        ("810101", "Central and Western District"),
    ],
)
def test_english_names(divisions: list[dict[str, str]], adcode: str, name_en: str) -> None:
    assert {row["adcode"]: row["name_en"] for row in divisions}[adcode] == name_en


def test_every_point_lies_inside_its_polygon(
    divisions: list[dict[str, str]],
    provinces: dict[str, dict],
    cities: dict[str, list[dict]],
    districts: dict[str, list[dict]],
) -> None:
    drawn = {("province", code): feature for code, feature in provinces.items()}
    for level, files in (("city", cities), ("district", districts)):
        for feature in (feature for file in files.values() for feature in file):
            drawn[level, feature["properties"]["adcode"]] = feature
    for row in divisions:
        feature = drawn[row["level"], row["adcode"]]
        longitude, latitude = float(row["longitude"]), float(row["latitude"])
        west, south, east, north = bounds(list(rings(feature)))
        assert west < longitude < east and south < latitude < north, row
        assert contains(feature, longitude, latitude), row


@pytest.mark.skipif(not PILOTS.exists(), reason="no list of national pilots")
def test_districts_of_the_national_pilots_exist(divisions: list[dict[str, str]]) -> None:
    known = {row["adcode"] for row in divisions if row["level"] == "district"}
    with PILOTS.open(encoding="utf-8-sig", newline="") as stream:
        codes = {row["district_adcode"] for row in csv.DictReader(stream)} - {""}
    assert codes
    assert codes <= known
