"""All communities on the map of the country, by standing."""

from collections.abc import Sequence
from math import cos, radians, sin
from typing import Any

import streamlit as st

from assessment.domain.coordinates import Place
from assessment.domain.standing import Overview
from assessment.reports.signs import STANDINGS, Sign
from assessment.ui.context import Visit
from assessment.ui.offline_map import COUNTRY, BaseLayer, PointLayer, clicked_id, draw, empty_map
from assessment.ui.plain_text import html, joined

_HEIGHT = 520
_SPREAD = 0.06


def overview_map(visit: Visit, rows: Sequence[Overview]) -> str:
    """Draw the map; returns the code of the community that was clicked."""
    map_ = empty_map()
    map_.fit_bounds([list(corner) for corner in COUNTRY])
    map_.add_child(BaseLayer("provinces.geojson"))
    map_.add_child(PointLayer(_points(visit, rows)))
    key = f"overview_map:{visit.round.id}:{visit.text.language}"
    return clicked_id(draw(map_, key, _HEIGHT, ("last_active_drawing",)))


def standing_legend(visit: Visit) -> None:
    """The signs of the map in words."""
    marks = [
        html(
            '<span class="legend"><i style="{style}">{symbol}</i>{words}</span>',
            style=_sign_style(sign),
            symbol=sign.symbol,
            words=visit.text(f"standing.{standing}"),
        )
        for standing, sign in STANDINGS.items()
    ]
    st.html(html('<div class="legends">{marks}</div>', marks=joined(marks)))


def _sign_style(sign: Sign) -> str:
    ink = "#FFFFFF" if sign.fill == sign.colour else sign.colour
    line = "dashed" if sign.dashed else "solid"
    return f"color:{ink};background:{sign.fill};border:2px {line} {sign.outline}"


def _points(visit: Visit, rows: Sequence[Overview]) -> list[dict[str, Any]]:
    shared: dict[Place, int] = {}
    points = []
    for row in rows:
        if row.place is None:
            continue
        turn = shared.get(row.place, 0)
        shared[row.place] = turn + 1
        points.append(_point(visit, row, _aside(row.place, turn)))
    return points


def _aside(place: Place, turn: int) -> Place:
    """Communities known only by their district share its point: put them round it."""
    if turn == 0:
        return place
    angle = radians(60 * turn)
    reach = _SPREAD * (1 + turn // 6)
    return Place(place.longitude + reach * cos(angle), place.latitude + reach * sin(angle))


def _point(visit: Visit, row: Overview, place: Place) -> dict[str, Any]:
    sign = STANDINGS[row.standing]
    name = row.community.name(visit.text.language)
    return {
        "id": row.community.code,
        "lat": place.latitude,
        "lon": place.longitude,
        "name": visit.text("map.point", name=name, standing=visit.text(f"standing.{row.standing}")),
        "symbol": sign.symbol,
        "ink": "#FFFFFF" if sign.fill == sign.colour else sign.colour,
        "fill": sign.fill,
        "outline": sign.outline,
        "dashed": sign.dashed,
    }
