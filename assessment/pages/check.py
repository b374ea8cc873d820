"""Check the assessment and hand it in."""

from datetime import UTC, datetime

import streamlit as st

from assessment.services.checking import findings_of
from assessment.services.reviewing import course_of
from assessment.ui.check_findings import show_findings
from assessment.ui.context import current_visit, require_sheet
from assessment.ui.course_view import changes_since, handover_history, names_in, state_and_code
from assessment.ui.plain_text import plain
from assessment.ui.submitting import submit_part
from assessment.ui.unsaved_notice import unsaved_notice
from assessment.ui.walk import GO_TO_ANSWER


def _show() -> None:
    if st.session_state.pop(GO_TO_ANSWER, False):
        st.switch_page("assessment/pages/answer.py")
    visit = current_visit()
    sheet = require_sheet(visit)
    course = course_of(visit.store, sheet)
    names = names_in(visit, sheet, course)
    st.title(visit.text("page.check"))
    state_and_code(visit, sheet, names)
    unsaved_notice(visit, sheet)
    handed_in = sheet.assessment.state.is_submitted
    found = () if handed_in else findings_of(visit.store, sheet, course, datetime.now(UTC))
    if not handed_in:
        st.markdown(plain(visit.text("check.intro")))
        show_findings(visit, sheet, found)
        if course.since is not None:
            st.header(visit.text("changes.title"))
            changes_since(visit, sheet, course, names)
    submit_part(visit, sheet, course, found)
    handover_history(visit, course, names)


_show()
