"""Counts and coverage of the areas just below the one in view."""

import pandas as pd
import streamlit as st

from assessment.domain.nation import AreaCount, count_by_area
from assessment.domain.standing import Standing
from assessment.reports.signs import STANDINGS
from assessment.services.area_picture import count_cities
from assessment.services.divisions import division
from assessment.services.selection import sub_areas
from assessment.ui.area_view import AreaView
from assessment.ui.plain_text import plain
from assessment.ui.selection_bar import go_to_area


def area_table(view: AreaView) -> None:
    """Draw the table; picking a row goes into its area."""
    text = view.visit.text
    counted = count_by_area(view.nation, view.area_mask, sub_areas(view.nation, view.selection))
    if not counted:
        st.info(plain(text("overview.nothing")))
        return
    cities = {one.adcode for one in count_cities(view.nation, view.area_mask)}
    state = st.dataframe(
        pd.DataFrame([_line(view, one, cities) for one in counted]),
        hide_index=True,
        key=f"areas:{view.visit.round.id}:{view.selection.adcode}:{text.language}",
        on_select="rerun",
        selection_mode="single-row",
        height=420,
        alt=text("areas.alt"),
    )
    chosen = state.selection.rows
    if chosen and chosen[0] < len(counted) and counted[chosen[0]].adcode:
        go_to_area(str(counted[chosen[0]].adcode))
        st.rerun()
    st.caption(plain(text("areas.base")))


def _line(view: AreaView, one: AreaCount, cities: set[int]) -> dict[str, object]:
    text = view.visit.text
    area = division(str(one.adcode))
    line: dict[str, object] = {
        text("areas.code"): str(one.adcode) if one.adcode else "",
        text("overview.area"): area.name(text.language) if area else text("areas.elsewhere"),
        text("count.communities"): one.communities,
        text("count.submitted"): one.submitted,
        **{
            f"{STANDINGS[each].symbol} {text(f'standing.{each}')}": one.by_standing[each]
            for each in Standing
        },
        text("areas.complete"): one.complete,
        text("areas.coverage"): text.percent(int((one.coverage or 0) * 100 + 1e-9)),
    }
    if one.adcode in cities:
        line[text("areas.pilots")] = text(f"areas.pilots_{one.pilots_asked + 1}")
    return line
