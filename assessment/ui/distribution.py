"""The distribution of scores, and the same as a table with intervals of ranks."""

import pandas as pd
import streamlit as st

from assessment.reports.distribution_chart import (
    MOST_DOTS,
    PICK,
    Distribution,
    distribution_chart,
    rank_words,
)
from assessment.services.area_picture import distribution
from assessment.ui.area_view import AreaView, picked
from assessment.ui.download_links import distribution_links
from assessment.ui.drawn_chart import draw_chart
from assessment.ui.pins import pinned
from assessment.ui.plain_text import plain


def distribution_picture(view: AreaView) -> str:
    """Draw the chart and its table; returns the code of the dot that was picked."""
    text = view.visit.text
    marked = {picked(), *pinned(view.visit)}
    found = distribution(
        view.visit.store, view.visit.round, text.language, view.nation, view.mask, marked
    )
    if not found.total:
        st.info(plain(text("distribution.none")))
        return ""
    st.caption(plain(_words(view, found)))
    chart = distribution_chart(text, found)
    key = f"distribution:{view.visit.round.id}:{text.language}"
    if found.as_dots:
        state = draw_chart(
            chart, text("distribution.alt"), key=key, on_select="rerun", selection_mode=PICK
        )
        chosen = state.selection.get(PICK) or []
    else:
        draw_chart(chart, text("distribution.alt"))
        chosen = []
    distribution_links(view.visit, view.selection)
    with st.expander(text("table.behind"), icon=":material/table:"):
        _table(view, found)
    with st.expander(text("distribution.how"), icon=":material/help:"):
        st.markdown(plain(text("distribution.method")))
    return str(chosen[0].get("code", "")) if chosen else ""


def _words(view: AreaView, found: Distribution) -> str:
    text = view.visit.text
    first, middle, last = (text.number(one, 1) for one in found.quartiles)
    words = text(
        "distribution.words",
        total=text.number(found.total),
        first=first,
        middle=middle,
        last=last,
    )
    many = "" if found.as_dots else text("distribution.many", most=text.number(MOST_DOTS))
    return words + many


def _table(view: AreaView, found: Distribution) -> None:
    text = view.visit.text
    if found.as_dots:
        lines = [
            {
                text("chart.community"): one.name,
                text("column.low_percent"): one.low_percent,
                text("column.high_percent"): one.high_percent,
                text("chart.rank"): rank_words(text, one),
            }
            for one in sorted(found.lines, key=lambda each: (each.best, each.worst))
        ]
    else:
        lines = [
            {text("chart.low"): f"{5 * k}–{5 * k + 4}", text("chart.communities"): count}
            for k, count in enumerate(found.bins)
        ]
    st.dataframe(pd.DataFrame(lines), hide_index=True, height=360)
