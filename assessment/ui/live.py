"""The parts of the answer page that follow each answer without the page being drawn again.

An input stays on the plain page, where Streamlit never loses typed text. Its callback saves, and
then asks for only these fragments: the panel, the switches with their counts, and the foot of
the item. Whatever else would change (another set of inputs, a message) takes a whole run.
"""

from collections.abc import Callable

import streamlit as st
from streamlit.errors import StreamlitAPIException

from assessment.domain.answers import NOT_APPLICABLE, SOME_TICKS
from assessment.domain.framework import Item, Kind
from assessment.domain.sheet import Sheet
from assessment.services.sheets import load_sheet
from assessment.store.engine import Store
from assessment.ui.saved_field import Field, keep, trouble_of

PANEL, SWITCHES = "live-panel", "live-switches"
FACILITY_DETAILS = ("built", "open")
_FRESH = "live:fresh"


def foot_part(item_id: str) -> str:
    """The fragment that holds an item's state and saved mark."""
    return f"live-foot-{item_id}"


def live_part(name: str, draw: Callable[[], None]) -> None:
    """Draw a part of the page that can be drawn again on its own."""
    st.fragment(draw, key=name)()


def fresh_sheet(store: Store, sheet: Sheet) -> Sheet:
    """The sheet as it is now: the one that the last save left, or read anew."""
    fresh = st.session_state.get(_FRESH)
    if isinstance(fresh, Sheet) and fresh.assessment.id == sheet.assessment.id:
        return fresh
    return load_sheet(store, sheet.assessment.id) or sheet


def begin_whole_run() -> None:
    """Call at the start of a whole run: what a save left is out of date from here on."""
    st.session_state.pop(_FRESH, None)


def keeper(store: Store, sheet: Sheet, field: Field) -> Callable[[], None]:
    """The callback of an input: save, then draw again as little as will do."""

    def callback() -> None:
        was_in_trouble = trouble_of(field) is not None
        before = sheet.answers.get(field.subject)
        fresh = keep(store, sheet, field)
        if fresh is None or was_in_trouble or not sheet.framework.has_item(field.subject):
            return
        item = sheet.framework.item(field.subject)
        after = fresh.answers[field.subject]
        if _inputs(item, before.choice if before else "") == _inputs(item, after.choice):
            st.session_state[_FRESH] = fresh
            _draw_only([PANEL, SWITCHES, foot_part(item.id)])

    return callback


def _inputs(item: Item, choice: str) -> str:
    """Which further inputs an answer calls for."""
    if choice in (SOME_TICKS, NOT_APPLICABLE):
        return choice
    if item.kind is Kind.FACILITY and item.means and choice in FACILITY_DETAILS:
        return "details"
    return ""


def _draw_only(parts: list[str]) -> None:
    try:
        st.rerun(parts)
    except StreamlitAPIException:
        # A part that this session has not drawn: the whole run that follows draws it.
        return
