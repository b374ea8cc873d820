"""Taking the passport of the community in view away: one link for all rounds, one for each."""

import streamlit as st

from assessment.services.communities import begun_rounds
from assessment.ui.context import Visit
from assessment.ui.download_links import passport_link
from assessment.ui.plain_text import plain


def take_part(visit: Visit) -> None:
    """The links, or what there is to do first."""
    text, community = visit.text, visit.community
    st.header(text("passport.take_title"))
    if community is None:
        st.info(plain(text("choose.first")))
        st.page_link("assessment/pages/communities.py", label=text("choose.open"))
        return
    begun = begun_rounds(visit.store, community)
    if not begun:
        st.info(plain(text("passport.take_none")))
        return
    name = community.name(text.language)
    passport_link(visit, community, text("passport.all_rounds", community=name))
    if len(begun) > 1:
        for one in begun:
            words = text("passport.one_round", round=one.label(text.language))
            passport_link(visit, community, words, one.id)
    st.caption(plain(text("passport.take_names")))
