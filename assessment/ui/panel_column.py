"""The column beside the cards: score panel, next open item, undo, what to take along."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assessment.domain.sheet import Sheet
from assessment.ui.context import Visit
from assessment.ui.download_links import fill_panel
from assessment.ui.followers import latest, whole_page
from assessment.ui.plain_text import plain
from assessment.ui.saved_field import undo
from assessment.ui.score_panel import score_method
from assessment.ui.walk import Station, go_to_next_open

_MESSAGE = "panel:message"


def panel_column(visit: Visit, sheet: Sheet, station: Station) -> DeltaGenerator:
    """Draw the buttons; returns the place of the panel above them."""
    place = st.empty()
    st.html(score_method(visit.text, sheet))
    with st.container(key="panel-buttons"):
        st.button(
            visit.text("walk.next_open"),
            key="next_open",
            icon=":material/arrow_forward:",
            on_click=_next,
            args=(visit, sheet, station),
            width="stretch",
        )
        st.button(
            visit.text("undo.button"),
            key="undo",
            icon=":material/undo:",
            on_click=_undo,
            args=(visit, sheet),
            width="stretch",
        )
        fill_panel(visit, sheet)
        message = st.session_state.pop(_MESSAGE, "")
        if message:
            st.info(plain(message))
    return place


def _next(visit: Visit, sheet: Sheet, station: Station) -> None:
    if not go_to_next_open(latest(sheet), station):
        st.session_state[_MESSAGE] = visit.text("walk.all_answered")
    whole_page()


def _undo(visit: Visit, sheet: Sheet) -> None:
    undone = undo(visit.store, latest(sheet))
    words = visit.text("undo.done", subject=undone) if undone else visit.text("undo.none")
    st.session_state[_MESSAGE] = words
    whole_page()
