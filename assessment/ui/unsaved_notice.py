"""What is not saved, wherever it stands, and the way to try again."""

import streamlit as st

from assessment.domain.sheet import Sheet
from assessment.ui.context import Visit
from assessment.ui.followers import whole_page
from assessment.ui.plain_text import plain
from assessment.ui.saved_field import trouble_of, try_again, unsaved_fields


def unsaved_notice(visit: Visit, sheet: Sheet) -> None:
    """One line at the top while anything of this visit is not saved."""
    fields = unsaved_fields(sheet.assessment.id)
    if not fields:
        return
    with st.container(key="unsaved-notice", horizontal=True, vertical_alignment="center"):
        subjects = visit.text("join.list").join(
            dict.fromkeys(_name(visit, sheet, field.subject) for field in fields)
        )
        st.markdown(plain(visit.text("unsaved.notice", subjects=subjects)))
        if any((trouble := trouble_of(field)) and trouble.reason for field in fields):
            st.button(visit.text("unsaved.retry"), key="retry_saving", on_click=_retry)


def _retry() -> None:
    """Every run of the page tries again; this one does so even right after a failure."""
    try_again()
    whole_page()


def _name(visit: Visit, sheet: Sheet, subject: str) -> str:
    if sheet.framework.has_item(subject):
        return subject
    return sheet.framework.fact(subject).label.in_language(visit.text.language)
