"""Many communities: where they stand, on the map, in a table and in pictures, all linked."""

from collections.abc import Callable

import streamlit as st

from assessment.ui.area_table import area_table
from assessment.ui.area_view import AreaView, newly, open_area_view, pick
from assessment.ui.community_detail import community_detail
from assessment.ui.context import current_visit, recalled, remember
from assessment.ui.distribution import distribution_picture
from assessment.ui.download_links import selection_links
from assessment.ui.item_detail import item_detail
from assessment.ui.matrix import matrix
from assessment.ui.missing_items import missing_items
from assessment.ui.nation_map import nation_map
from assessment.ui.overview_table import overview_table
from assessment.ui.pins import pin_tray
from assessment.ui.round_changes import round_changes
from assessment.ui.selection_bar import area_bar, filter_bar, go_to_area
from assessment.ui.selection_counts import selection_counts

_SWITCH = "overview-view"


def _show() -> None:
    visit = current_visit()
    st.title(visit.text("page.overview"))
    pin_tray(visit)
    area_bar(visit)
    filter_bar(visit)
    view = open_area_view(visit)
    selection_counts(view)
    _show_map(view)
    _show_picture(view)


def _show_map(view: AreaView) -> None:
    map_side, detail_side = st.columns([5, 2], gap="medium")
    with map_side:
        clicked = nation_map(view)
    if newly("map", clicked):
        if clicked.startswith("area:"):
            go_to_area(clicked.removeprefix("area:"))
        else:
            pick(clicked)
        st.rerun()
    with detail_side:
        community_detail(view)
        item_detail(view)


def _show_picture(view: AreaView) -> None:
    text = view.visit.text
    current = recalled("view")
    st.session_state[_SWITCH] = current if current in _PICTURES else "list"
    switch, files = st.columns([5, 1], vertical_alignment="bottom", wrap=True)
    with switch:
        chosen = st.segmented_control(
            text("view.label"),
            list(_PICTURES),
            format_func=lambda one: text(f"view.{one}"),
            key=_SWITCH,
            required=True,
            wrap=True,
            on_change=_keep_view,
        )
    with files:
        selection_links(view.visit, view.selection)
    _PICTURES[chosen or "list"](view)


def _keep_view() -> None:
    remember(view=str(st.session_state[_SWITCH]))


def _list(view: AreaView) -> None:
    code = overview_table(view)
    if newly("table", code):
        pick(code, in_table=True)
        st.rerun()


def _matrix(view: AreaView) -> None:
    code, item = matrix(view)
    if newly("matrix", f"{code} {item}".strip()):
        if code:
            pick(code)
        remember(colour=f"item:{item}", state=None)
        st.rerun()


def _distribution(view: AreaView) -> None:
    code = distribution_picture(view)
    if newly("distribution", code):
        pick(code)
        st.rerun()


_VIEWS = ("list", "missing", "matrix", "distribution", "areas", "rounds")
_PICTURES: dict[str, Callable[[AreaView], None]] = dict(
    zip(
        _VIEWS,
        (_list, missing_items, _matrix, _distribution, area_table, round_changes),
        strict=True,
    )
)

_show()
