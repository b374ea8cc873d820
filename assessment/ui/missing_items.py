"""What is missing everywhere: for each item the share of communities that meet it."""

import numpy as np
import pandas as pd
import streamlit as st

from assessment.domain.answers import Outcome
from assessment.domain.framework import Role
from assessment.domain.nation import share_met
from assessment.domain.scoring import whole_percent
from assessment.ui.area_view import AreaView
from assessment.ui.context import remember
from assessment.ui.plain_text import plain


def missing_items(view: AreaView) -> None:
    """Draw the items, the least met first; picking one colours map and table by it."""
    text = view.visit.text
    st.caption(plain(text("missing.intro")))
    lines = _lines(view)
    if not lines:
        st.info(plain(text("missing.none")))
        return
    frame = pd.DataFrame([line for _, line in lines])
    state = st.dataframe(
        frame,
        hide_index=True,
        key=f"missing:{view.visit.round.id}:{text.language}:{view.colour}",
        on_select="rerun",
        selection_mode="single-row",
        height=420,
        alt=text("missing.alt"),
        column_config={
            text("missing.share"): st.column_config.ProgressColumn(
                format="%d%%", min_value=0, max_value=100
            )
        },
    )
    chosen = state.selection.rows
    if chosen and chosen[0] < len(lines):
        remember(colour=f"item:{lines[chosen[0]][0]}", state=None)
        st.rerun()


def _lines(view: AreaView) -> list[tuple[str, dict[str, object]]]:
    """Item ids and rows; items that nobody has answered yet are left out."""
    text = view.visit.text
    shares, known = share_met(view.nation, view.mask)
    outcome = view.nation.outcome[view.mask]
    partly = (outcome == Outcome.PARTLY).sum(axis=0)
    unmet = (outcome == Outcome.NOT_MET).sum(axis=0)
    items = view.framework.items
    order = [k for k in np.argsort(shares, kind="stable") if known[k] and items[k].scored]
    return [
        (
            items[k].id,
            {
                text("column.item"): items[k].id,
                text("column.title"): items[k].title.in_language(text.language),
                text("column.role"): text("role.gate") if items[k].role is Role.GATE else "",
                text("missing.share"): int(whole_percent(shares[k])),
                text("answer_state.partly"): int(partly[k]),
                text("answer_state.not_met"): int(unmet[k]),
                text("missing.known"): int(known[k]),
            },
        )
        for k in order
    ]
