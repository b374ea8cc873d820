"""Answer the checklist, theme by theme."""

import streamlit as st

from assessment.domain.permissions import Action
from assessment.services.authorising import allows
from assessment.ui.answer_card import answer_card
from assessment.ui.card_records import count_open_comments
from assessment.ui.card_review import review_notice
from assessment.ui.confirming import confirm_bar
from assessment.ui.context import current_visit, require_sheet
from assessment.ui.facts_card import facts_card
from assessment.ui.followers import Followers
from assessment.ui.page_inputs import PageInputs
from assessment.ui.panel_column import panel_column
from assessment.ui.plain_text import plain
from assessment.ui.unsaved_notice import unsaved_notice
from assessment.ui.walk import FACTS, Station, items_at, next_group_button, switches


def _show() -> None:
    visit = current_visit()
    sheet = require_sheet(visit)
    if not allows(visit.store, Action.ANSWER, sheet.community):
        st.info(plain(visit.text("who.read_only")))
        st.page_link("assessment/pages/result.py", label=visit.text("page.result"))
        return
    review_notice(visit, sheet)
    station, counts_place = switches(visit, sheet)
    notice = st.container()
    cards, panel = st.columns([5, 2], gap="medium")
    with panel, st.container(key="panel-column"):
        panel_place = panel_column(visit, sheet, station)
    with cards, st.container(key="cards"):
        inputs = PageInputs(visit, sheet, Followers(counts_place, panel_place))
        confirm_bar(visit, sheet, station)
        _show_cards(inputs, station)
        next_group_button(visit, sheet, station)
    with notice:
        unsaved_notice(visit, sheet)
    inputs.close()


def _show_cards(inputs: PageInputs, station: Station) -> None:
    if station.theme == FACTS:
        facts_card(inputs)
        return
    items = items_at(inputs.sheet, station)
    if not items:
        st.success(plain(inputs.visit.text("walk.nothing_open")))
    count_open_comments(inputs.visit, inputs.sheet)
    for item in items:
        answer_card(inputs, item)


_show()
