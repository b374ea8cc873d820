"""Which boundary file shows an area, and how far the area reaches."""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache

from assessment.services.divisions import children, division
from assessment.settings import settings

# South-west and north-east corner as latitude and longitude, as Leaflet wants them.
Bounds = tuple[tuple[float, float], tuple[float, float]]
# With the islands of the South China Sea and the ten-dash line.
COUNTRY: Bounds = ((3.4, 73.5), (53.6, 135.1))
PROVINCES = "provinces.geojson"


def boundary_file(adcode: str) -> str:
    """The file, under ``boundaries``, with what lies directly below an area.

    The provinces for the empty code and for one that nobody knows; the file of the districts
    where there is nothing between a province and them.
    """
    area = division(adcode)
    if area is None:
        return PROVINCES
    province = f"{adcode[:2]}0000"
    has_cities = any(one.level == "city" for one in children(adcode))
    return f"{'cities' if has_cities else 'districts'}/{province}.geojson"


def scope_bounds(adcode: str) -> Bounds:
    """What a map of an area must show: all that lies below it, or the area itself."""
    if division(adcode) is None:
        return COUNTRY
    boxes = _boxes(boundary_file(adcode))
    inside = [one.adcode for one in children(adcode)] or [adcode]
    found = [boxes[code] for code in inside if code in boxes]
    return _around(corner for box in found for corner in box) if found else COUNTRY


@lru_cache(maxsize=128)
def _boxes(file: str) -> dict[str, Bounds]:
    """The bounds of every area of a file, by code; the outlines themselves are not kept."""
    text = (settings().data / "boundaries" / file).read_text(encoding="utf-8")
    shapes = json.loads(text)["features"]
    return {
        shape["properties"]["adcode"]: _around(_corners(shape["geometry"]["coordinates"]))
        for shape in shapes
        if shape["properties"]["adcode"]
    }


def _corners(coordinates: list[object]) -> Iterator[tuple[float, float]]:
    """Latitude and longitude of every point, however deep the list is."""
    if not isinstance(coordinates[0], list):
        longitude, latitude = coordinates
        yield float(str(latitude)), float(str(longitude))
        return
    for inner in coordinates:
        if isinstance(inner, list):
            yield from _corners(inner)


def _around(corners: Iterable[tuple[float, float]]) -> Bounds:
    latitudes, longitudes = zip(*corners, strict=True)
    return (min(latitudes), min(longitudes)), (max(latitudes), max(longitudes))
