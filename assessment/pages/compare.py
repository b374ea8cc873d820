"""Two to six pilots side by side, or two rounds of one."""

import streamlit as st

from assessment.services.comparing import load_pinned
from assessment.services.exports import ANSWERS, COMMUNITIES, MATRIX
from assessment.services.selection import Selection
from assessment.ui.compare_items import item_comparison
from assessment.ui.compare_lead import lead_cards
from assessment.ui.compare_peers import peer_tables
from assessment.ui.compare_rounds import two_rounds
from assessment.ui.compare_summary import caution_banner, summary_table
from assessment.ui.context import Visit, current_visit
from assessment.ui.download_links import selection_links
from assessment.ui.pin_search import pin_search
from assessment.ui.pins import FEWEST, pin_tray, pins_of
from assessment.ui.plain_text import plain

_MODES = ("pilots", "rounds")


def _show() -> None:
    visit = current_visit()
    st.title(visit.text("page.compare"))
    st.caption(plain(visit.text("compare.round", round=visit.round.label(visit.text.language))))
    pin_tray(visit, with_link=False)
    pins = pins_of(visit)
    pin_search(visit, expanded=len(pins.communities) < FEWEST)
    if not pins.communities:
        return
    mode = st.segmented_control(
        visit.text("compare.mode"),
        _MODES,
        format_func=lambda one: visit.text(f"compare.mode_{one}"),
        key="compare_mode",
        default=_MODES[0],
        required=True,
        label_visibility="collapsed",
    )
    codes = [one.code for one in pins.communities]
    baseline = pins.baseline.code if pins.baseline else ""
    if mode == "rounds":
        two_rounds(visit, load_pinned(visit.store, visit.round, codes))
    else:
        _show_pilots(visit, codes, baseline)


def _show_pilots(visit: Visit, codes: list[str], baseline: str) -> None:
    text = visit.text
    pins = load_pinned(visit.store, visit.round, codes)
    sheets = [one.sheet for one in pins if one.sheet]
    held_against = next(one for one in pins if one.community.code == baseline)
    if len(pins) < FEWEST:
        st.info(plain(text("compare.pin_more")))
    caution_banner(visit, pins)
    left, right = st.columns([5, 1], vertical_alignment="bottom", wrap=True)
    left.header(text("compare.summary"))
    with right:
        # Coverage is of areas, not of pilots that were picked.
        kinds = (COMMUNITIES, ANSWERS, MATRIX)
        selection_links(visit, Selection(pins=",".join(codes)), kinds)
    summary_table(visit, pins, baseline)
    if len(sheets) >= FEWEST:
        st.header(text("compare.items_title"))
        item_comparison(visit, pins, baseline)
        st.header(text("compare.lead"))
        lead_cards(visit, sheets, held_against.sheet)
    st.header(text("compare.peers"))
    peer_tables(visit, held_against)


_show()
