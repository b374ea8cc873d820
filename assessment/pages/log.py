"""Who changed what and when: of an assessment, of oneself, or of everyone."""

import streamlit as st

from assessment.services.communities import assessment_in
from assessment.services.history import log_page
from assessment.ui.context import current_visit
from assessment.ui.log_list import choose_log, log_list, shown_before
from assessment.ui.plain_text import plain


def _show() -> None:
    visit = current_visit()
    st.title(visit.text("page.log"))
    st.markdown(plain(visit.text("log.intro")))
    community = visit.community
    found = assessment_in(visit.store, community.code, visit.round.id) if community else None
    wish = choose_log(visit, found)
    log_list(visit, wish, log_page(visit.store, wish, shown_before()))


_show()
