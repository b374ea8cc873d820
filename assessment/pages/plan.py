"""What to do about the gaps: actions, what they would change, the cheapest way, when."""

import streamlit as st

from assessment.domain.permissions import Action
from assessment.services.authorising import allows
from assessment.services.paper_exports import PLAN
from assessment.services.plan_background import background_of
from assessment.services.planning import list_actions
from assessment.ui.context import current_visit, require_sheet
from assessment.ui.download_links import paper_links
from assessment.ui.plain_text import plain
from assessment.ui.plan_cheapest import cheapest_part
from assessment.ui.plan_form import plan_form
from assessment.ui.plan_gaps import plan_gaps
from assessment.ui.plan_list import plan_list
from assessment.ui.plan_outcome import outcome
from assessment.ui.plan_pictures import plan_pictures


def _show() -> None:
    visit = current_visit()
    sheet = require_sheet(visit)
    text = visit.text
    may_change = allows(visit.store, Action.ANSWER, sheet.community)
    st.title(text("page.plan"))
    st.caption(plain(text("plan.intro", name=sheet.community.name(text.language))))
    actions = list_actions(visit.store, sheet.community)
    background = background_of(visit.store, sheet)
    above = st.container()
    if may_change:
        with st.expander(text("plan.gaps"), icon=":material/playlist_add:", expanded=not actions):
            plan_gaps(visit, sheet, actions)
        plan_form(visit, sheet, actions)
    st.header(text("plan.list"))
    ticked = plan_list(visit, sheet, actions, background, may_change)
    if actions:
        with above:
            st.header(text("plan.what_if"))
            outcome(visit, sheet, actions, ticked)
        st.header(text("plan.cheapest"))
        cheapest_part(visit, sheet, actions)
        st.header(text("plan.sequence"))
        plan_pictures(visit, sheet, actions, ticked, background.windows)
    st.header(text("result.files"))
    paper_links(visit, sheet, (PLAN,))


_show()
