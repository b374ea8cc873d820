"""The map of one community: its place, the reach of a walk, its facilities."""

from collections.abc import Sequence
from math import cos, radians
from typing import Any

from assessment.domain.coordinates import METRES_A_DEGREE, Place
from assessment.domain.records import Community, Facility
from assessment.reports.signs import INK
from assessment.services.divisions import division
from assessment.ui.context import Visit
from assessment.ui.offline_map import (
    BaseLayer,
    OfflineMap,
    PointLayer,
    RingLayer,
    clicked_id,
    draw,
    empty_map,
)

# The 5, 10 and 15-minute circles of GB 50180-2018; see data/notice/standards in the README.
RINGS = ((300, 5), (500, 10), (1000, 15))
_HEIGHT = 460


def community_map(
    visit: Visit, community: Community, facilities: Sequence[Facility]
) -> tuple[str, Place | None]:
    """Draw the map; returns the id of a clicked facility and a clicked place."""
    centre = place_of(community)
    if centre is None:
        return "", None
    map_ = _map(visit, community, centre, facilities)
    key = f"community_map:{community.code}:{visit.text.language}"
    answer = draw(map_, key, _HEIGHT, ("last_active_drawing", "last_clicked"))
    clicked = answer.get("last_clicked")
    place = Place(clicked["lng"], clicked["lat"]) if clicked else None
    return clicked_id(answer), place


def place_of(community: Community) -> Place | None:
    """Its own place, else a point of its district."""
    if community.place is not None:
        return community.place
    area = division(community.adcode)
    return area.place if area else None


def _map(
    visit: Visit, community: Community, centre: Place, facilities: Sequence[Facility]
) -> OfflineMap:
    located = community.place is not None
    map_ = empty_map(11, (centre.latitude, centre.longitude))
    map_.add_child(BaseLayer(f"districts/{community.adcode[:2]}0000.geojson", weight=2))
    if located:
        rings = [
            {"metres": metres, "label": visit.text("map.ring", metres=metres, minutes=minutes)}
            for metres, minutes in RINGS
        ]
        map_.add_child(RingLayer(centre.latitude, centre.longitude, rings))
        map_.fit_bounds(_around(centre, RINGS[-1][0] * 1.15))
    points = [_facility(visit, one) for one in facilities]
    map_.add_child(PointLayer([*points, _community(visit, community, centre)]))
    return map_


def _around(centre: Place, metres: float) -> list[tuple[float, float]]:
    north = metres / METRES_A_DEGREE
    east = north / cos(radians(centre.latitude))
    return [
        (centre.latitude - north, centre.longitude - east),
        (centre.latitude + north, centre.longitude + east),
    ]


def facility_name(visit: Visit, facility: Facility) -> str:
    """Kind, and the name if it has one."""
    kind = visit.text(f"facility.{facility.kind}")
    return f"{kind}{visit.text('join.colon')}{facility.name}" if facility.name else kind


def _facility(visit: Visit, facility: Facility) -> dict[str, Any]:
    return {
        "id": f"facility:{facility.id}",
        "lat": facility.place.latitude,
        "lon": facility.place.longitude,
        "name": facility_name(visit, facility),
        "symbol": visit.text(f"facility_sign.{facility.kind}"),
        "ink": INK,
        "fill": "#FFFFFF",
        "outline": "#0B6E99",
        "dashed": False,
    }


def _community(visit: Visit, community: Community, centre: Place) -> dict[str, Any]:
    located = community.place is not None
    name = community.name(visit.text.language)
    return {
        "id": "community",
        "lat": centre.latitude,
        "lon": centre.longitude,
        "name": name if located else visit.text("map.district_point", name=name),
        "symbol": "★" if located else "☆",
        "ink": "#FFFFFF" if located else INK,
        "fill": "#1D2939" if located else "#FFFFFF",
        "outline": "#1D2939",
        "dashed": not located,
    }
