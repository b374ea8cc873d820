"""Check a code from a screen, a file or a report against what is kept here."""

import streamlit as st

from assessment.domain.errors import Refused
from assessment.services.comparing import load_pinned
from assessment.services.verifying import verify
from assessment.ui.context import current_visit
from assessment.ui.plain_text import plain
from assessment.ui.verified_view import verified_view

_LIKE = "7F3A-91C2-D2E5"


def _show() -> None:
    visit = current_visit()
    st.title(visit.text("page.verify"))
    st.markdown(plain(visit.text("verify.intro")))
    typed = st.text_input(
        visit.text("verify.code"), key="verify-code", placeholder="7F3A-91C2-D2E5"
    )
    st.button(visit.text("verify.button"), key="verify", type="primary")
    if not typed.strip():
        return
    community = visit.community
    in_view = load_pinned(visit.store, visit.round, [community.code]) if community else []
    try:
        found = verify(visit.store, typed, in_view[0].sheet if in_view else None)
    except Refused as refused:
        st.error(plain(visit.text.fault(refused.faults[0])))
        return
    verified_view(visit, found)


_show()
