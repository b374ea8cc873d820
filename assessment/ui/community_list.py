"""Find a community by name, area or code, and choose it."""

import streamlit as st

from assessment.domain.records import Community, Membership
from assessment.services.communities import Listed, list_named, search
from assessment.services.divisions import english_area
from assessment.ui.context import Visit, choose_community
from assessment.ui.plain_text import html, plain

_MOST = 30


def community_list(visit: Visit) -> None:
    """A search box and what it finds, each with a button to choose it."""
    words = st.text_input(
        visit.text("search.label"),
        key="search",
        placeholder=visit.text("search.hint"),
        icon=":material/search:",
    )
    found = search(visit.store, words or "", visit.round.sample)
    st.caption(plain(visit.text.plural("search.found", len(found))))
    for one in list_named(visit.store, found[:_MOST]):
        _show(visit, one)
    if len(found) > _MOST:
        st.info(plain(visit.text("search.more", shown=_MOST, total=len(found))))


def area_words(visit: Visit, community: Community) -> str:
    """Where a community is: in English down to the district, whose names have an English form."""
    english = english_area(community.adcode, community.province)
    parts = english if visit.text.language == "en" and english else community.area
    return visit.text("join.area").join(dict.fromkeys(parts))


def _show(visit: Visit, one: Listed) -> None:
    community = one.community
    chosen = visit.community is not None and visit.community.code == community.code
    with st.container(border=True, key=f"community-{community.code}"):
        words, action = st.columns([5, 1], vertical_alignment="center", wrap=True)
        with words:
            st.html(_head(visit, one))
        with action:
            st.button(
                visit.text("search.chosen") if chosen else visit.text("search.choose"),
                key=f"choose:{community.code}",
                type="primary" if chosen else "secondary",
                on_click=choose_community,
                args=(community, visit.rounds),
                width="stretch",
            )
            if chosen:
                st.page_link("assessment/pages/answer.py", label=visit.text("search.answer"))


def _head(visit: Visit, one: Listed) -> str:
    community = one.community
    lists = visit.text("join.list").join(_list_words(visit, one) for one in one.memberships)
    source = community.source or visit.text("search.registered_here")
    return html(
        '<div class="item-head"><span class="item-title">{name}</span>'
        '<span class="item-id">{code}</span></div><div>{area}</div>'
        '<div class="quiet">{lists}</div><div class="clause">{source}</div>',
        name=community.name(visit.text.language),
        code=community.code,
        area=area_words(visit, community),
        lists=lists,
        source=visit.text("search.source", source=source),
    )


def _list_words(visit: Visit, member: Membership) -> str:
    how_sure = visit.text(f"basis_of_list.{member.verified or 'no'}")
    return f"{member.title(visit.text.language)}{visit.text('join.colon')}{how_sure}"
