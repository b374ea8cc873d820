"""Answer the checklist, theme by theme."""

import streamlit as st

from assessment.domain.sheet import Sheet
from assessment.ui.answer_card import answer_card
from assessment.ui.context import Visit, current_visit, require_sheet
from assessment.ui.drawn import Drawn
from assessment.ui.facts_card import facts_card
from assessment.ui.live import begin_whole_run
from assessment.ui.panel_column import panel_column
from assessment.ui.plain_text import plain
from assessment.ui.tab_memory import listen_to_tab
from assessment.ui.unsaved_notice import unsaved_notice
from assessment.ui.walk import FACTS, Station, items_at, next_group_button, switches, walk_station


def _cards(visit: Visit, sheet: Sheet, station: Station) -> Drawn:
    if station.theme == FACTS:
        return facts_card(visit, sheet)
    items = items_at(sheet, station)
    if not items:
        st.success(plain(visit.text("walk.nothing_open")))
    drawn = Drawn()
    for item in items:
        drawn += answer_card(visit, sheet, item)
    return drawn


def _show() -> None:
    visit = current_visit()
    sheet = require_sheet(visit)
    begin_whole_run()
    listen_to_tab(sheet)
    switches(visit, sheet)
    station = walk_station(sheet)
    notice = st.container()
    cards, panel = st.columns([5, 2], gap="medium")
    with cards, st.container(key="cards"):
        drawn = _cards(visit, sheet, station)
        next_group_button(visit, sheet, station)
    with panel, st.container(key="panel-column"):
        panel_column(visit, sheet, station)
    with notice:
        unsaved_notice(visit, sheet)
    if drawn.wrote or drawn.stale:
        st.rerun()


_show()
