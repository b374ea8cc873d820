"""Return with the pinned items, or approve exactly the figures on the screen."""

from collections.abc import Sequence

import streamlit as st

from assessment.domain.fingerprint import fingerprint
from assessment.domain.handover import Pin
from assessment.domain.sheet import Sheet
from assessment.services.handing_over import Wish, approve, pending_items, return_
from assessment.services.reviewing import Course
from assessment.settings import settings
from assessment.ui.attempt import attempt
from assessment.ui.context import Visit
from assessment.ui.followers import whole_page
from assessment.ui.plain_text import plain
from assessment.ui.session import signature
from assessment.ui.submitting import submission_key

VERDICT, _NOTE = "verdict", "return-note"


def verdict_part(visit: Visit, sheet: Sheet, course: Course, pins: Sequence[Pin]) -> None:
    """The two ways on, each with what it does and what stands against it."""
    text = visit.text
    st.subheader(text("verdict_part.title"))
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True):
        names = text("join.list").join(dict.fromkeys(one.item for one in pins))
        words = text.plural("return.what", len(pins), items=names) if pins else ""
        st.markdown(plain(words or text("return.nothing_pinned")))
        note = f"{_NOTE}:{sheet.assessment.id}:{len(course.handovers)}"
        st.text_area(text("return.note"), key=note, height=90)
        st.button(
            text("return.button"),
            key="return",
            icon=":material/undo:",
            on_click=_return,
            args=(visit, sheet, course, note),
        )
    with right, st.container(border=True):
        against = _against(visit, sheet, pins)
        st.markdown(plain(against or text("approve.what", code=fingerprint(sheet))))
        if not settings().needs_sign_in:
            st.caption(plain(text("approve.without_sign_in")))
        st.button(
            text("approve.button"),
            key="approve",
            type="primary",
            icon=":material/verified:",
            disabled=bool(against),
            on_click=_approve,
            args=(visit, sheet, course),
        )


def _against(visit: Visit, sheet: Sheet, pins: Sequence[Pin]) -> str:
    """Why it cannot be approved now; empty where it can."""
    pending = pending_items(sheet)
    if pending:
        items = visit.text("join.list").join(pending)
        return visit.text.plural("approve.pending", len(pending), items=items)
    return visit.text("approve.pinned") if pins else ""


def _return(visit: Visit, sheet: Sheet, course: Course, note: str) -> None:
    words = str(st.session_state.get(note, ""))
    wish = Wish(sheet, submission_key(visit, sheet, course, "return"), words)
    attempt(
        visit,
        VERDICT,
        lambda: return_(visit.store, signature(), wish),
        visit.text("return.done"),
    )
    whole_page()


def _approve(visit: Visit, sheet: Sheet, course: Course) -> None:
    wish = Wish(sheet, submission_key(visit, sheet, course, "approve"))
    attempt(
        visit,
        VERDICT,
        lambda: approve(visit.store, signature(), wish),
        visit.text("approve.done", code=fingerprint(sheet)),
    )
    whole_page()
