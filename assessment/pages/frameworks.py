"""The checklists: their versions, a new one from a file, and moving a round to another."""

import streamlit as st

from assessment.domain.permissions import Action
from assessment.services.authorising import allows
from assessment.services.publishing import framework_lines
from assessment.ui.context import current_visit
from assessment.ui.framework_list import framework_files, framework_table
from assessment.ui.framework_move import move_form
from assessment.ui.framework_upload import upload_part
from assessment.ui.plain_text import plain


def _show() -> None:
    visit = current_visit()
    st.title(visit.text("page.frameworks"))
    if not allows(visit.store, Action.RUN):
        st.info(plain(visit.text("attempt.forbidden")))
        return
    st.markdown(plain(visit.text("frameworks.intro")))
    lines = framework_lines(visit.store)
    framework_table(visit, lines)
    framework_files(visit, lines)
    upload_part(visit, lines)
    move_form(visit, lines)


_show()
