"""Handing the assessment in, with what will happen then."""

from collections.abc import Sequence

import streamlit as st

from assessment.domain.findings import Found, stops
from assessment.domain.permissions import Action
from assessment.domain.sheet import Sheet
from assessment.reports.score_words import figures_words, headline
from assessment.services.authorising import allows
from assessment.services.handing_over import Wish, submit
from assessment.services.reviewing import Course
from assessment.ui.attempt import attempted, show_outcome
from assessment.ui.context import Visit
from assessment.ui.plain_text import plain
from assessment.ui.saved_field import unsaved_fields
from assessment.ui.session import signature

_PLACE = "submit"


def submission_key(visit: Visit, sheet: Sheet, course: Course, action: str) -> str:
    """The same for every click of one person on one state of things."""
    last = course.last.id if course.last else 0
    return f"{visit.store.person.id}:{sheet.assessment.id}:{last}:{action}"


def submit_part(visit: Visit, sheet: Sheet, course: Course, found: Sequence[Found]) -> None:
    """What is handed in, what follows from it, and the button."""
    text = visit.text
    show_outcome(_PLACE)
    if sheet.assessment.state.is_submitted:
        st.info(plain(text(f"review.{sheet.assessment.state}_notice")))
        return
    st.header(text("submit.title"))
    st.markdown(plain(headline(text, sheet)))
    st.caption(plain(figures_words(text, sheet)))
    if not allows(visit.store, Action.SUBMIT, sheet.community):
        st.info(plain(text("submit.not_allowed")))
        return
    st.markdown(plain(text("submit.what_happens")))
    blocked = _blocked(visit, sheet, found)
    if blocked:
        st.warning(plain(blocked))
    wish = Wish(sheet, submission_key(visit, sheet, course, "submit"))
    st.button(
        text("submit.button_again") if course.handovers else text("submit.button"),
        key="submit",
        type="primary",
        icon=":material/send:",
        disabled=bool(blocked),
        on_click=attempted(
            visit, _PLACE, lambda: submit(visit.store, signature(), wish), text("submit.done")
        ),
    )


def _blocked(visit: Visit, sheet: Sheet, found: Sequence[Found]) -> str:
    """Why nothing can be handed in now; empty where it can."""
    if stops(tuple(found)):
        return visit.text("submit.blocked")
    return visit.text("submit.unsaved") if unsaved_fields(sheet.assessment.id) else ""
