"""The communities of the selection in pages, in an order that can be chosen."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd
import streamlit as st

from assessment.domain.nation import Integers
from assessment.domain.standing import Overview
from assessment.reports.signs import STANDINGS
from assessment.services.area_picture import Order, ordered
from assessment.services.overview import overview_of
from assessment.services.selection import positions_of
from assessment.ui.area_view import AreaView, marked
from assessment.ui.community_list import area_words
from assessment.ui.community_sign import lacking_of, sign_of, sign_words
from assessment.ui.plain_text import plain
from assessment.ui.state_words import names_of_rows, state_words

PAGE_ROWS = 50
_PAGE, _SHOWN = "overview-page", "overview:shown_for"


def overview_table(view: AreaView) -> str:
    """Draw order, page and table; returns the code of the selected community."""
    text = view.visit.text
    order = st.selectbox(
        text("order.label"),
        list(Order),
        format_func=lambda one: text(f"order.{one}"),
        key="overview-order",
        width=280,
    )
    positions = ordered(view.nation, view.mask, Order(order or Order.AREA))
    if not len(positions):
        st.info(plain(text("overview.nothing")))
        return ""
    start = (_page(view, positions) - 1) * PAGE_ROWS
    shown = positions[start : start + PAGE_ROWS]
    codes = [str(code) for code in view.nation.code[shown]]
    rows = overview_of(view.visit.store, view.visit.round, codes)
    st.caption(plain(_counted(view, start, len(shown), len(positions))))
    return _table(view, rows, dict(zip(codes, shown.tolist(), strict=True)))


def _page(view: AreaView, positions: Integers) -> int:
    """The page in view; the one that holds the marked community when another was marked."""
    pages = -(-len(positions) // PAGE_ROWS)
    place = np.flatnonzero(positions == _position(view))
    about = (marked(), view.selection, view.visit.round.id)
    if len(place) and about != st.session_state.get(_SHOWN):
        st.session_state[_PAGE] = int(place[0]) // PAGE_ROWS + 1
    st.session_state[_SHOWN] = about
    st.session_state[_PAGE] = min(max(1, st.session_state.get(_PAGE, 1)), pages)
    if pages == 1:
        return 1
    return st.pagination(pages, key=_PAGE)


def _position(view: AreaView) -> int:
    found = positions_of(view.nation, [marked()])
    return int(found[0]) if len(found) else -1


def _counted(view: AreaView, start: int, shown: int, total: int) -> str:
    text = view.visit.text
    return text(
        "overview.rows",
        first=text.number(start + 1),
        last=text.number(start + shown),
        total=text.number(total),
    )


def _table(view: AreaView, rows: Sequence[Overview], positions: dict[str, int]) -> str:
    codes = [row.community.code for row in rows]
    key = f"overview_table:{view.visit.round.id}:{view.visit.text.language}"
    place = codes.index(marked()) if marked() in codes else None
    names = names_of_rows(view.visit, rows)
    lacking = lacking_of(view, codes)
    lines = [
        {**_line(view, row, names), **_coloured(view, positions[row.community.code], lacking)}
        for row in rows
    ]
    state = st.dataframe(
        pd.DataFrame(lines),
        hide_index=True,
        # Another table where another community is marked.
        key=f"{key}:{marked()}",
        on_select="rerun",
        selection_mode="single-row",
        selection_default={"selection": {"rows": [place]}} if place is not None else None,
        height="auto" if len(rows) <= 10 else 420,
        placeholder="–",
        alt=view.visit.text("overview.table_alt"),
    )
    chosen = state.selection.rows
    return codes[chosen[0]] if chosen and chosen[0] < len(codes) else ""


def _coloured(view: AreaView, position: int, lacking: Collection[str]) -> dict[str, str]:
    """The column of the theme or item that colours, if one does."""
    words = sign_words(view, position, lacking)
    if view.theme:
        return {view.theme.short.in_language(view.visit.text.language): words}
    if view.item:
        return {view.item.id: f"{sign_of(view, position, lacking).symbol} {words}"}
    return {}


def _line(view: AreaView, row: Overview, names: Mapping[str, str]) -> dict[str, object]:
    text = view.visit.text
    score = row.score if row.score and row.score.enough else None
    sign = STANDINGS[row.standing]
    return {
        text("column.code"): row.community.code,
        text("chart.community"): row.community.name(text.language),
        text("overview.area"): area_words(view.visit, row.community),
        text("overview.standing"): f"{sign.symbol} {text(f'standing.{row.standing}')}",
        text("column.low_percent"): score.low_percent if score else None,
        text("column.high_percent"): score.high_percent if score else None,
        text("overview.answered"): f"{row.score.answered}/{row.score.asked}" if row.score else "–",
        text("column.unsupported"): row.score.unsupported if row.score else None,
        text("column.blocked_by"): row.score.blocked if row.score else "",
        text("column.assessment_state"): state_words(view.visit, row, names),
    }
