"""A page with nothing but a map of the area in the address, and what the map returned."""

import streamlit as st

from assessment.domain.coordinates import Place
from assessment.domain.standing import Standing
from assessment.reports.signs import STANDINGS
from assessment.services.divisions import children, division
from assessment.ui.scope_map import MapArea, MapPoint, scope_map

HOSTILE = "<img src=x onerror=alert(1)>${alert(2)}`{{7*7}}{%x%}map_div2 alert(coords);"
FILLS = ("#0F766E", "#6DB3A8", "#CFE8E3")
HANGZHOU = Place(120.2, 30.25)
POINTS = [
    MapPoint("one", HANGZHOU, HOSTILE, STANDINGS[Standing.PASSED]),
    MapPoint("two", HANGZHOU, "第二社区", STANDINGS[Standing.BLOCKED]),
    MapPoint("three", Place(121.5, 29.9), "第三社区", STANDINGS[Standing.IN_PROGRESS]),
    MapPoint("four", Place(119.9, 28.4), "第四社区", STANDINGS[Standing.NO_SCORE]),
]


def show() -> None:
    """Draw the map; the point that was clicked is picked in the next run."""
    runs = st.session_state["runs"] = st.session_state.get("runs", 0) + 1
    scope = st.query_params.get("scope", "")
    places = {point.id: point.place for point in POINTS}
    picked = st.session_state.get("picked", "")
    place = places.get(picked)
    shift = int(st.toggle("other colours"))
    drawn = areas(scope, shift)
    clicked = scope_map(f"map:{scope}", scope, drawn, points(scope), place, picked_id=picked)
    st.text(f"runs: {runs}")
    st.text(f"clicked: {clicked}")
    if clicked != picked:
        st.session_state["picked"] = clicked
        st.rerun()


def points(scope: str) -> list[MapPoint]:
    """The points of Zhejiang, and none elsewhere."""
    return POINTS if scope.startswith("33") else []


def areas(scope: str, shift: int = 0) -> list[MapArea]:
    """Everything below the area; one in four without data."""
    below = children(scope) or [one for one in [division(scope)] if one]
    return [area(one.adcode, one.name_zh, number, shift) for number, one in enumerate(below)]


def area(adcode: str, name: str, number: int, shift: int) -> MapArea:
    """One area; the first has the hostile name."""
    hatched = number % 4 == 3
    label = "" if hatched else f"✔ {number}/40"
    words = HOSTILE if number == 0 else f"{name}：{number}/40"
    return MapArea(adcode, words, FILLS[(number + shift) % 3], "#475467", hatched, label)
