"""The communities of the selection on the map, or their areas where they are many."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np
import streamlit as st

from assessment.domain.answers import State
from assessment.domain.coordinates import Place
from assessment.domain.nation import Mask, count, share_met
from assessment.domain.scoring import whole_percent
from assessment.domain.standing import Overview
from assessment.reports.answer_words import lacking_words
from assessment.reports.score_words import percent_words
from assessment.reports.signs import (
    BANDS,
    NO_SIGN,
    STANDINGS,
    STATES,
    Sign,
    band_sign,
    unsupported_sign,
)
from assessment.services.divisions import division
from assessment.services.overview import overview_of
from assessment.services.selection import sub_areas
from assessment.ui.area_view import AreaView, picked
from assessment.ui.community_sign import lacking_of, sign_of, sign_words
from assessment.ui.plain_text import Markup, html, joined, plain
from assessment.ui.scope_map import MapArea, MapPoint, scope_map
from assessment.ui.selection_bar import colour_bar

MOST_POINTS = 400
_HEIGHT = 520


def nation_map(view: AreaView) -> str:
    """Draw the map; returns the id that was clicked: a community's code, or "area:" and a code."""
    text = view.visit.text
    many = int(view.mask.sum()) > MOST_POINTS
    by_area = _is_by_area(view, many)
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


def _is_by_area(view: AreaView, many: bool) -> bool:
    """What colours the map, and whether areas are coloured instead of points."""
    left, right = st.columns([4, 1], vertical_alignment="bottom", wrap=True)
    with left:
        colour_bar(view)
    if many:  # no switch that cannot be moved, and none that stays moved where there are few
        return True
    with right:
        return st.toggle(view.visit.text("map.by_area"), key="map-by-area")


def map_points(view: AreaView) -> list[MapPoint]:
    """A point for every community of the selection whose place or district is known."""
    codes = view.chosen.codes
    positions = dict(zip(codes, np.flatnonzero(view.mask).tolist(), strict=True))
    rows = overview_of(view.visit.store, view.visit.round, codes)
    lacking = lacking_of(view, codes)
    return [
        _point(view, row, row.place, positions[row.community.code], lacking)
        for row in rows
        if row.place is not None
    ]


def _point(
    view: AreaView, row: Overview, place: Place, position: int, lacking: Collection[str]
) -> MapPoint:
    text, sign = view.visit.text, sign_of(view, position, lacking)
    words = f"{sign.symbol} {sign_words(view, position, lacking)}"
    name = text("map.point", name=row.community.name(text.language), standing=words)
    return MapPoint(row.community.code, place, name, sign)


def map_areas(view: AreaView) -> list[MapArea]:
    """The areas just below the selection's, coloured by their share."""
    labels = sub_areas(view.nation, view.selection)
    found = [int(code) for code in np.unique(labels[view.area_mask]) if code]
    return [_area(view, code, view.area_mask & (labels == code)) for code in found]


def _area(view: AreaView, code: int, mask: Mask) -> MapArea:
    text = view.visit.text
    share, detail = _share(view, mask)
    sign = band_sign(float(whole_percent(share)))
    area = division(str(code))
    name = area.name(text.language) if area else str(code)
    unknown = share != share
    return MapArea(
        adcode=str(code),
        name=text("map.area", name=name, detail=detail, counts=_counts_words(view, mask)),
        fill=sign.fill,
        outline=sign.outline,
        hatched=unknown,
        label="" if unknown else percent_words(text, share),
    )


def _share(view: AreaView, mask: Mask) -> tuple[float, str]:
    """The share that colours an area, NaN where nobody knows, and how it was counted."""
    text = view.visit.text
    if view.item:
        shares, known = share_met(view.nation, mask)
        share, base = float(shares[view.item_column]), int(known[view.item_column])
        return share, text("map.share_met", percent=percent_words(text, share), base=base)
    if view.theme:
        values = view.theme_percent[mask]
        values = values[~np.isnan(values)]
        share = float(np.median(values)) / 100 if len(values) else np.nan
        return share, text("map.median", percent=percent_words(text, share), base=len(values))
    counted = count(view.nation, mask)
    coverage = counted.coverage if counted.begun else None
    words = text(
        "map.coverage",
        percent=percent_words(text, coverage),
        complete=text.number(counted.complete),
        communities=text.number(counted.communities),
    )
    return np.nan if coverage is None else coverage, words


def _counts_words(view: AreaView, mask: Mask) -> str:
    text = view.visit.text
    counted = count(view.nation, mask)
    parts = [
        text("overview.count", standing=text(f"standing.{one}"), count=text.number(number))
        for one, number in counted.by_standing.items()
        if number
    ]
    return text("join.list").join(parts)


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
        hatched = unsupported_sign(STATES[State.MET])
        marks.append(_mark(replace(hatched, symbol=""), lacking_words(text)))
    else:
        marks = [_mark(sign, text(f"standing.{one}")) for one, sign in STANDINGS.items()]
    st.html(html('<div class="legends">{marks}</div>', marks=joined(marks)))


def _mark(sign: Sign, words: str) -> Markup:
    line = "dashed" if sign.dashed else "solid"
    return html(
        '<span class="legend"><i style="{style}">{symbol}</i>{words}</span>',
        style=f"color:{sign.ink};background:{sign.background};border:2px {line} {sign.outline}",
        symbol=sign.symbol,
        words=words,
    )
