"""The communities of the selection on the map, or their areas where they are many."""

import numpy as np
import streamlit as st

from assessment.domain.answers import Outcome
from assessment.domain.coordinates import Place
from assessment.domain.nation import Mask, count, share_met
from assessment.domain.standing import Overview
from assessment.reports.signs import BANDS, NO_SIGN, STANDINGS, STATES, Sign, band_sign
from assessment.services.divisions import division
from assessment.services.overview import overview_of
from assessment.services.selection import positions_of, sub_areas
from assessment.ui.area_view import AreaView, picked
from assessment.ui.plain_text import Markup, html, joined, plain
from assessment.ui.scope_map import MapArea, MapPoint, scope_map
from assessment.ui.selection_bar import colour_bar

MOST_POINTS = 400
_HEIGHT = 520


def nation_map(view: AreaView) -> str:
    """Draw the map; returns the id that was clicked: a community's code, or "area:" and a code."""
    text = view.visit.text
    many = int(view.mask.sum()) > MOST_POINTS
    by_area = _switches(view, many) or many
    if many:
        st.caption(plain(text("map.many", most=text.number(MOST_POINTS))))
    areas = map_areas(view) if by_area else []
    points = [] if by_area else map_points(view)
    _legend(view, by_area)
    key = f"nation_map:{view.visit.round.id}:{view.selection.adcode}:{by_area}:{text.language}"
    clicked = scope_map(
        key, view.selection.adcode, areas, points, _picked_place(view), _HEIGHT, picked()
    )
    st.caption(plain(text("map.credit")))
    return clicked


def _switches(view: AreaView, many: bool) -> bool:
    """What colours the map, and whether areas are coloured instead of points."""
    left, right = st.columns([4, 1], vertical_alignment="bottom", wrap=True)
    with left:
        colour_bar(view)
    with right:
        return st.toggle(
            view.visit.text("map.by_area"), key="map-by-area", disabled=many, value=many
        )


def map_points(view: AreaView) -> list[MapPoint]:
    """A point for every community of the selection whose place or district is known."""
    rows = overview_of(view.visit.store, view.visit.round, view.codes)
    positions = dict(zip(view.codes, np.flatnonzero(view.mask).tolist(), strict=True))
    return [
        MapPoint(row.community.code, row.place, _point_name(view, row, sign), sign)
        for row in rows
        if row.place is not None
        for sign in (sign_of(view, positions[row.community.code]),)
    ]


def sign_of(view: AreaView, position: int) -> Sign:
    """The sign of one community in the view's colour."""
    if view.theme:
        return band_sign(float(view.theme_percent[position]))
    if view.item:
        code = int(view.nation.outcome[position, view.item_column])
        known = code in set(Outcome)
        return STATES[Outcome(code).state] if known else NO_SIGN
    return STANDINGS[list(STANDINGS)[view.nation.standing[position]]]


def sign_words(view: AreaView, position: int) -> str:
    """The same in words."""
    text = view.visit.text
    if view.theme:
        percent = float(view.theme_percent[position])
        return text("score.none") if percent != percent else text.percent(percent)
    if view.item:
        code = int(view.nation.outcome[position, view.item_column])
        known = code in set(Outcome)
        return text(f"answer_state.{Outcome(code).state}") if known else text("standing.no_data")
    return text(f"standing.{list(STANDINGS)[view.nation.standing[position]]}")


def map_areas(view: AreaView) -> list[MapArea]:
    """The areas just below the selection's, coloured by their share."""
    labels = sub_areas(view.nation, view.selection)
    found = [int(code) for code in np.unique(labels[view.area_mask]) if code]
    return [_area(view, code, view.area_mask & (labels == code)) for code in found]


def _area(view: AreaView, code: int, mask: Mask) -> MapArea:
    text = view.visit.text
    percent, detail = _share(view, mask)
    sign = band_sign(percent)
    area = division(str(code))
    name = area.name(text.language) if area else str(code)
    unknown = percent != percent
    return MapArea(
        adcode=str(code),
        name=text("map.area", name=name, detail=detail, counts=_counts_words(view, mask)),
        fill=sign.fill,
        outline=sign.outline,
        hatched=unknown,
        label="" if unknown else text.percent(percent),
    )


def _share(view: AreaView, mask: Mask) -> tuple[float, str]:
    """The floored percentage that colours an area, and how it was counted."""
    text = view.visit.text
    if view.item:
        shares, known = share_met(view.nation, mask)
        share, base = float(shares[view.item_column]), int(known[view.item_column])
        percent = np.floor(share * 100 + 1e-9)
        return percent, text("map.share_met", percent=_percent(view, percent), base=base)
    if view.theme:
        values = view.theme_percent[mask]
        values = values[~np.isnan(values)]
        percent = float(np.floor(np.median(values))) if len(values) else float("nan")
        return percent, text("map.median", percent=_percent(view, percent), base=len(values))
    counted = count(view.nation, mask)
    begun = counted.begun > 0 and counted.coverage is not None
    percent = float(np.floor(counted.coverage * 100 + 1e-9)) if begun else float("nan")  # type: ignore[operator]
    words = text(
        "map.coverage",
        percent=_percent(view, percent),
        complete=counted.complete,
        communities=counted.communities,
    )
    return percent, words


def _percent(view: AreaView, percent: float) -> str:
    return view.visit.text("score.none") if percent != percent else view.visit.text.percent(percent)


def _counts_words(view: AreaView, mask: Mask) -> str:
    text = view.visit.text
    counted = count(view.nation, mask)
    parts = [
        text("overview.count", standing=text(f"standing.{one}"), count=text.number(number))
        for one, number in counted.by_standing.items()
        if number
    ]
    return text("join.list").join(parts)


def _point_name(view: AreaView, row: Overview, sign: Sign) -> str:
    text = view.visit.text
    words = text(f"standing.{row.standing}")
    if view.colour != "standing":
        position = positions_of(view.nation, [row.community.code])
        words = sign_words(view, int(position[0]))
    name = row.community.name(text.language)
    return text("map.point", name=name, standing=f"{sign.symbol} {words}")


def _picked_place(view: AreaView) -> Place | None:
    rows = overview_of(view.visit.store, view.visit.round, [picked()]) if picked() else []
    return rows[0].place if rows else None


def _legend(view: AreaView, by_area: bool) -> None:
    text = view.visit.text
    if by_area or view.theme:
        bounds = ("0–19", "20–39", "40–59", "60–79", "80–100")
        marks = [_mark(sign, f"{words}%") for sign, words in zip(BANDS, bounds, strict=True)]
        marks.append(_mark(NO_SIGN, text("map.no_value")))
    elif view.item:
        marks = [_mark(sign, text(f"answer_state.{state}")) for state, sign in STATES.items()]
        marks.append(_mark(NO_SIGN, text("standing.no_data")))
    else:
        marks = [_mark(sign, text(f"standing.{one}")) for one, sign in STANDINGS.items()]
    st.html(html('<div class="legends">{marks}</div>', marks=joined(marks)))


def _mark(sign: Sign, words: str) -> Markup:
    line = "dashed" if sign.dashed else "solid"
    return html(
        '<span class="legend"><i style="{style}">{symbol}</i>{words}</span>',
        style=f"color:{sign.ink};background:{sign.fill};border:2px {line} {sign.outline}",
        symbol=sign.symbol,
        words=words,
    )
