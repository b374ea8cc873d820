"""The column beside the cards: score panel, next open item, undo."""

import streamlit as st

from assessment.domain.sheet import Sheet
from assessment.ui.context import Visit
from assessment.ui.live import PANEL, fresh_sheet, live_part
from assessment.ui.saved_field import last_change, shown_revisions, undo
from assessment.ui.score_panel import score_panel
from assessment.ui.tab_memory import tell_tab
from assessment.ui.walk import Station, next_open_button


def panel_column(visit: Visit, sheet: Sheet, station: Station) -> None:
    """Draw the panel and its two buttons; they follow each answer, and so does the tab's memory.

    Call it after all inputs are drawn.
    """

    def panel() -> None:
        fresh = fresh_sheet(visit.store, sheet)
        st.html(score_panel(visit.text, fresh))
        with st.container(key="panel-buttons"):
            next_open_button(visit, fresh, station)
            _undo_button(visit, fresh)
        tell_tab(fresh, shown_revisions(sheet.assessment.id))

    live_part(PANEL, panel)


def _undo_button(visit: Visit, sheet: Sheet) -> None:
    change = last_change()
    st.button(
        visit.text("undo.button", subject=change.subject) if change else visit.text("undo.none"),
        key="undo",
        icon=":material/undo:",
        disabled=change is None,
        on_click=_undo,
        args=(visit, sheet),
        width="stretch",
    )


def _undo(visit: Visit, sheet: Sheet) -> None:
    undo(visit.store, sheet)
    st.rerun("app")
