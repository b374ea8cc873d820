"""All communities in a table that can be searched, selected and sorted."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from assessment.domain.standing import Overview
from assessment.reports.signs import STANDINGS
from assessment.ui.community_list import area_words
from assessment.ui.context import Visit


def overview_table(visit: Visit, rows: Sequence[Overview]) -> str:
    """Draw the table; returns the code of the selected community."""
    frame = pd.DataFrame([_line(visit, row) for row in rows])
    state = st.dataframe(
        frame,
        hide_index=True,
        key=f"overview_table:{visit.round.id}:{visit.text.language}",
        on_select="rerun",
        selection_mode="single-row",
        height=420,
        alt=visit.text("overview.table_alt"),
    )
    chosen = state.selection.rows
    return rows[chosen[0]].community.code if chosen and chosen[0] < len(rows) else ""


def _line(visit: Visit, row: Overview) -> dict[str, object]:
    text = visit.text
    score = row.score if row.score and row.score.enough else None
    sign = STANDINGS[row.standing]
    return {
        text("column.code"): row.community.code,
        text("chart.community"): row.community.name(text.language),
        text("overview.area"): area_words(visit, row.community),
        text("overview.standing"): f"{sign.symbol} {text(f'standing.{row.standing}')}",
        text("column.low_percent"): score.low_percent if score else None,
        text("column.high_percent"): score.high_percent if score else None,
        text("overview.answered"): f"{row.score.answered}/{row.score.asked}" if row.score else "–",
        text("column.blocked_by"): row.score.blocked if row.score else "",
    }
