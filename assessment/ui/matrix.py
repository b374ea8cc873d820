"""Pilots × items: symbol and colour in every cell; areas × items where pilots are many."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from assessment.domain.answers import Outcome, State
from assessment.domain.framework import Item, Role
from assessment.domain.nation import Integers, share_met
from assessment.domain.scoring import whole_percent
from assessment.reports.signs import (
    STATES,
    UNSUPPORTED,
    Sign,
    band_sign,
    outcome_sign,
    unsupported_sign,
)
from assessment.services.area_picture import Order, ordered
from assessment.services.divisions import division
from assessment.services.overview import overview_of
from assessment.services.selection import sub_areas
from assessment.services.unsupported import unsupported_of
from assessment.ui.area_view import AreaView
from assessment.ui.plain_text import plain

MOST_ROWS = 200
_TALLEST = 560
# Ground on which letters that are lines can be seen.
_LIGHT = {STATES[State.MET].fill: "#DDEFED", STATES[State.PARTLY].fill: "#FBEFD0"}


def matrix(view: AreaView) -> tuple[str, str]:
    """Draw the matrix; returns the code of the community and the item of the cell picked."""
    text = view.visit.text
    items = _filters(view)
    rows = int(view.mask.sum())
    if not rows or not items:
        st.info(plain(text("overview.nothing")))
        return "", ""
    if rows > MOST_ROWS:
        st.caption(plain(text("matrix.by_area", most=text.number(MOST_ROWS))))
        return "", _area_matrix(view, items)
    return _pilot_matrix(view, items)


def _filters(view: AreaView) -> list[int]:
    """Columns of the items to show, in the order that was chosen."""
    text = view.visit.text
    themes = {one.id: one.short.in_language(text.language) for one in view.framework.themes}
    left, middle, right = st.columns([3, 2, 1], vertical_alignment="bottom", wrap=True)
    with left:
        theme = st.segmented_control(
            text("matrix.theme"),
            list(themes),
            format_func=themes.__getitem__,
            key="matrix-theme",
            wrap=True,
        )
    with middle:
        by_gap = st.segmented_control(
            text("matrix.sort"),
            [False, True],
            format_func={False: text("matrix.by_theme"), True: text("matrix.by_gap")}.__getitem__,
            key="matrix-sort",
            default=False,
            required=True,
            wrap=True,
        )
    with right:
        gates = st.toggle(text("matrix.only_gates"), key="matrix-gates")
    roles = (Role.GATE,) if gates else (Role.GATE, Role.CORE)
    shown = [
        k
        for k, item in enumerate(view.framework.items)
        if item.role in roles and (not theme or item.theme == theme)
    ]
    shares, _ = share_met(view.nation, view.mask)
    return sorted(shown, key=lambda k: (shares[k] != shares[k], shares[k])) if by_gap else shown


def _pilot_matrix(view: AreaView, items: Sequence[int]) -> tuple[str, str]:
    text = view.visit.text
    positions = (
        _rows_by_gap(view, items)
        if st.session_state.get("matrix-sort")
        else ordered(view.nation, view.mask, Order.AREA)
    )
    codes = [str(code) for code in view.nation.code[positions]]
    names = {
        row.community.code: row.community.name(text.language)
        for row in overview_of(view.visit.store, view.visit.round, codes)
    }
    signs = _signs(view, codes, positions, items)
    labels = [names.get(code, code) for code in codes]
    cell = _draw(view, signs, labels, items)
    return (codes[cell[0]] if cell else ""), (_item(view, items, cell[1]).id if cell else "")


def _signs(
    view: AreaView, codes: Sequence[str], positions: Integers, items: Sequence[int]
) -> list[list[Sign]]:
    """A sign for every cell; an answer without the evidence asked for has one of its own."""
    visit = view.visit
    marked = unsupported_of(visit.store, visit.round, view.framework, codes)
    signs = []
    for code, row in zip(codes, view.nation.outcome[positions][:, items], strict=True):
        marks = marked.get(code)
        signs.append(
            [
                unsupported_sign(outcome_sign(int(found)))
                if marks and marks[k]
                else outcome_sign(int(found))
                for k, found in zip(items, row, strict=True)
            ]
        )
    st.caption(plain(visit.text("unsupported.legend", sign=UNSUPPORTED)))
    return signs


def _area_matrix(view: AreaView, items: Sequence[int]) -> str:
    labels = sub_areas(view.nation, view.selection)
    found = np.unique(labels[view.mask])
    shares = [share_met(view.nation, view.mask & (labels == code))[0][items] for code in found]
    signs = [[band_sign(float(whole_percent(share))) for share in row] for row in shares]
    cell = _draw(view, signs, [_area_name(view, int(code)) for code in found], items)
    return _item(view, items, cell[1]).id if cell else ""


def _draw(
    view: AreaView, signs: Sequence[Sequence[Sign]], labels: Sequence[str], items: Sequence[int]
) -> tuple[int, int] | None:
    """The grid; returns row and column of the picked cell."""
    ids = [view.framework.items[k].id for k in items]
    frame = pd.DataFrame([[_symbol(sign) for sign in row] for row in signs], columns=ids)
    frame.insert(0, view.visit.text("chart.community"), list(labels))
    styles = pd.DataFrame([["", *map(_style, row)] for row in signs], columns=frame.columns)
    state: Any = st.dataframe(
        frame.style.apply(lambda _: styles, axis=None),
        hide_index=True,
        key=f"matrix:{view.visit.round.id}:{view.visit.text.language}",
        on_select="rerun",
        selection_mode="single-cell",
        height=min(_TALLEST, 36 * (len(labels) + 1) + 4),
        column_config=_columns(view, items, frame.columns[0]),
        alt=view.visit.text("matrix.alt"),
    )
    cells = state.selection.get("cells") or []
    if not cells or cells[0][1] not in ids:
        return None
    return int(cells[0][0]), ids.index(cells[0][1])


def _columns(view: AreaView, items: Sequence[int], first: str) -> dict[str, Any]:
    text = view.visit.text
    columns: dict[str, Any] = {first: st.column_config.TextColumn(pinned=True, width=200)}
    for k in items:
        item = view.framework.items[k]
        title = item.title.in_language(text.language)
        columns[item.id] = st.column_config.TextColumn(width=64, help=plain(title))
    return columns


def _symbol(sign: Sign) -> str:
    """A cell of the grid has one colour and no pattern: its lines are letters."""
    return f"╱{sign.symbol}{UNSUPPORTED}╱" if sign.hatched else sign.symbol


def _style(sign: Sign) -> str:
    fill = _LIGHT.get(sign.fill, sign.fill) if sign.hatched else sign.fill
    return f"color:{replace(sign, fill=fill).ink};background-color:{fill};text-align:center"


def _rows_by_gap(view: AreaView, items: Sequence[int]) -> Integers:
    """Most items not met first."""
    positions = np.flatnonzero(view.mask)
    outcome = view.nation.outcome[positions][:, items]
    missing = np.isin(outcome, (Outcome.PARTLY, Outcome.NOT_MET)).sum(axis=1)
    return positions[np.argsort(-missing, kind="stable")]


def _item(view: AreaView, items: Sequence[int], column: int) -> Item:
    return view.framework.items[items[column]]


def _area_name(view: AreaView, code: int) -> str:
    area = division(str(code))
    return area.name(view.visit.text.language) if area else view.visit.text("areas.elsewhere")
