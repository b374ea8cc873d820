"""The column beside the cards: score panel, next open item, undo."""

import streamlit as st

from assessment.domain.sheet import Sheet
from assessment.ui.context import Visit
from assessment.ui.saved_field import last_change, undo
from assessment.ui.score_panel import score_panel
from assessment.ui.walk import Station, next_open_button


def panel_column(visit: Visit, sheet: Sheet, station: Station) -> None:
    """Draw the panel and its two buttons."""
    st.html(score_panel(visit.text, sheet))
    with st.container(key="panel-buttons"):
        next_open_button(visit, sheet, station)
        _undo_button(visit)


def _undo_button(visit: Visit) -> None:
    change = last_change()
    st.button(
        visit.text("undo.button", subject=change.subject) if change else visit.text("undo.none"),
        key="undo",
        icon=":material/undo:",
        disabled=change is None,
        on_click=undo,
        args=(visit.store,),
        width="stretch",
    )
