"""What to do about the gaps: actions, what they would change, the cheapest way, when."""

import streamlit as st

from assessment.domain.permissions import Action
from assessment.services.authorising import allows
from assessment.services.paper_exports import PLAN
from assessment.services.planning import list_actions
from assessment.ui.context import current_visit, require_sheet
from assessment.ui.download_links import paper_links
from assessment.ui.plain_text import plain
from assessment.ui.plan_form import plan_form
from assessment.ui.plan_list import plan_list
from assessment.ui.plan_outcome import cheapest_part, outcome, plan_pictures


def _show() -> None:
    visit = current_visit()
    sheet = require_sheet(visit)
    text = visit.text
    may_change = allows(visit.store, Action.ANSWER, sheet.community)
    st.title(text("page.plan"))
    st.caption(plain(text("plan.intro", name=sheet.community.name(text.language))))
    actions = list_actions(visit.store, sheet.community)
    if may_change:
        plan_form(visit, sheet, actions)
    above = st.container()
    ticked = plan_list(visit, sheet, actions, may_change)
    if not actions:
        return
    with above:
        st.header(text("plan.what_if"))
        outcome(visit, sheet, ticked)
    st.header(text("plan.cheapest"))
    cheapest_part(visit, sheet, actions)
    st.header(text("plan.sequence"))
    plan_pictures(visit, sheet, ticked)
    st.header(text("result.files"))
    paper_links(visit, sheet, (PLAN,))


_show()
