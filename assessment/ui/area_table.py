"""Counts and coverage of the areas just below the one in view."""

import pandas as pd
import streamlit as st

from assessment.domain.standing import Standing
from assessment.reports.coverage_table import CoverageLine
from assessment.reports.score_words import percent_words
from assessment.reports.signs import STANDINGS
from assessment.services.coverage import coverage_lines
from assessment.ui.area_view import AreaView
from assessment.ui.plain_text import plain
from assessment.ui.selection_bar import go_to_area


def area_table(view: AreaView) -> None:
    """Draw the table; picking a row goes into its area."""
    text = view.visit.text
    lines = coverage_lines(view.chosen)
    state = st.dataframe(
        pd.DataFrame([_line(view, one) for one in lines]),
        hide_index=True,
        key=f"areas:{view.visit.round.id}:{view.selection.adcode}:{text.language}",
        on_select="rerun",
        selection_mode="single-row",
        height=420,
        placeholder="–",
        alt=text("areas.alt"),
    )
    rows = state.selection.rows
    adcode = lines[rows[0]].counted.adcode if rows and rows[0] < len(lines) else 0
    if adcode and str(adcode) != view.selection.adcode:
        go_to_area(str(adcode))
        st.rerun()
    st.caption(plain(text("areas.base")))


def _line(view: AreaView, one: CoverageLine) -> dict[str, object]:
    text, counted = view.visit.text, one.counted
    line: dict[str, object] = {
        text("areas.code"): str(counted.adcode) if counted.adcode else "",
        text("overview.area"): one.name(text.language),
        text("count.communities"): counted.communities,
        text("count.submitted"): counted.submitted,
        **{
            f"{STANDINGS[each].symbol} {text(f'standing.{each}')}": counted.by_standing[each]
            for each in Standing
        },
        text("areas.complete"): counted.complete,
        text("areas.coverage"): percent_words(text, counted.coverage),
    }
    if one.asks_pilots:
        line[text("areas.pilots")] = text(f"areas.pilots_{counted.pilots_asked + 1}")
    return line
