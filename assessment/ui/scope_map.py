"""The map of a part of the country: its areas, its communities, and which one is picked."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from math import cos, hypot, pi, sin
from typing import Any

import folium

from assessment.domain.coordinates import Place
from assessment.reports.signs import Sign
from assessment.services.boundaries import boundary_file, scope_bounds
from assessment.services.divisions import division
from assessment.ui.area_layer import AreaLayer
from assessment.ui.kept_view import KeptView
from assessment.ui.offline_map import PickRing, PointLayer, clicked_id, draw, empty_map

_STEP = 28
_RING = 19


@dataclass(frozen=True)
class MapPoint:
    """A community on the map; ``name`` is what its tooltip says."""

    id: str
    place: Place
    name: str
    sign: Sign


@dataclass(frozen=True)
class MapArea:
    """An area on the map: ``name`` is its tooltip, ``label`` a few signs that stand on it.

    ``hatched`` means "no data" and takes the place of ``fill``.
    """

    adcode: str
    name: str
    fill: str
    outline: str
    hatched: bool
    label: str


def scope_map(
    key: str,
    adcode: str,
    areas: Sequence[MapArea],
    points: Sequence[MapPoint],
    picked: Place | None,
    height: int = 520,
    picked_id: str = "",
) -> str:
    """Draw an area and what lies directly below it; the country for the empty code.

    Returns what was clicked last: "area:330000", the id of a point, or nothing. The map of an
    area stays where the person moved it to, whatever is picked and whatever colours it. Where
    several points share a place, ``picked_id`` says which of them has the ring.
    """
    map_ = empty_map(canvas=False)
    map_.add_child(KeptView(adcode, scope_bounds(adcode)))
    map_.add_child(AreaLayer(boundary_file(adcode), {one.adcode: _area(one) for one in areas}))
    signs = _spread(points)
    map_.add_child(PointLayer(signs))
    ring = _ring(picked, picked_id, signs)
    return clicked_id(draw(map_, key, height, ("last_active_drawing",), ring))


def _area(area: MapArea) -> dict[str, Any]:
    known = division(area.adcode)
    return {
        "name": area.name,
        "fill": area.fill,
        "outline": area.outline,
        "hatched": area.hatched,
        "label": area.label,
        "at": [known.place.latitude, known.place.longitude] if known else None,
    }


def _spread(points: Sequence[MapPoint]) -> list[dict[str, Any]]:
    """Communities known only by their district share its point: their signs stand round it."""
    shared: dict[Place, int] = {}
    spread = []
    for point in points:
        turn = shared.get(point.place, 0)
        shared[point.place] = turn + 1
        spread.append(_point(point, _aside(turn)))
    return spread


def _aside(turn: int) -> tuple[int, int]:
    """Pixels east and south: the first in the middle, then rings of 6, 12, 18."""
    ring, left = 0, turn
    while left > 6 * ring:
        left -= 6 * ring
        ring += 1
    if ring == 0:
        return 0, 0
    angle = 2 * pi * left / (6 * ring)
    return round(_STEP * ring * cos(angle)), round(_STEP * ring * sin(angle))


def _point(point: MapPoint, aside: tuple[int, int]) -> dict[str, Any]:
    sign = point.sign
    return {
        "id": point.id,
        "lat": point.place.latitude,
        "lon": point.place.longitude,
        "aside": list(aside),
        "name": point.name,
        "symbol": sign.symbol,
        "ink": sign.ink,
        "fill": sign.background,
        "outline": sign.outline,
        "dashed": sign.dashed,
    }


def _ring(
    picked: Place | None, picked_id: str, signs: Sequence[dict[str, Any]]
) -> folium.FeatureGroup:
    """A ring round the picked sign; where only its place is known, round all that stand there."""
    group = folium.FeatureGroup()
    for sign in signs:
        if sign["id"] == picked_id:
            group.add_child(PickRing(sign["lat"], sign["lon"], sign["aside"], _RING))
            return group
    if picked is not None:
        here = [one for one in signs if (one["lon"], one["lat"]) == astuple(picked)]
        reach = max((hypot(*one["aside"]) for one in here), default=0)
        group.add_child(PickRing(picked.latitude, picked.longitude, (0, 0), _RING + round(reach)))
    return group
