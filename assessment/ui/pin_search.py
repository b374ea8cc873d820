"""Add pilots to the comparison by name, area or code."""

import streamlit as st

from assessment.services.communities import Listed, list_named, search
from assessment.ui.community_list import area_words
from assessment.ui.context import Visit
from assessment.ui.pins import pin_button
from assessment.ui.plain_text import html, plain

_MOST = 8


def pin_search(visit: Visit, expanded: bool) -> None:
    """A search box, and what it finds with a button to pin each."""
    with st.expander(visit.text("pins.add"), expanded=expanded, icon=":material/add:"):
        words = st.text_input(
            visit.text("search.label"),
            key="pin_search",
            placeholder=visit.text("search.hint"),
            icon=":material/search:",
        )
        if not (words or "").strip():
            return
        found = search(visit.store, words or "", visit.round.sample)
        st.caption(plain(visit.text.plural("search.found", len(found))))
        for one in list_named(visit.store, found[:_MOST]):
            _show(visit, one)
        if len(found) > _MOST:
            st.info(plain(visit.text("search.more", shown=_MOST, total=len(found))))


def _show(visit: Visit, one: Listed) -> None:
    community = one.community
    words, action = st.columns([3, 1], vertical_alignment="center", wrap=True)
    words.html(
        html(
            '<span class="item-title">{name}</span> <span class="item-id">{code}</span>'
            '<div class="quiet">{area}</div>',
            name=community.name(visit.text.language),
            code=community.code,
            area=area_words(visit, community),
        )
    )
    with action:
        pin_button(visit, community)
