"""Review what communities of the own area handed in."""

import streamlit as st

from assessment.domain.permissions import Action
from assessment.services.authorising import allows
from assessment.services.comparing import load_pinned
from assessment.ui.context import current_visit
from assessment.ui.plain_text import plain
from assessment.ui.review_one import review_one
from assessment.ui.review_table import review_table


def _show() -> None:
    visit = current_visit()
    st.title(visit.text("page.review"))
    review_table(visit)
    community = visit.community
    if community is None or not allows(visit.store, Action.REVIEW, community):
        st.info(plain(visit.text("review.choose")))
        return
    found = load_pinned(visit.store, visit.round, [community.code])
    sheet = found[0].sheet if found else None
    if sheet is None:
        st.info(plain(visit.text("choose.not_begun")))
        return
    review_one(visit, sheet)


_show()
