"""What a reviewer said: above the walk with a way to each returned item, and on its card."""

from collections.abc import Sequence

import streamlit as st

from assessment.domain.handover import HandoverAction, Pin
from assessment.domain.records import AssessmentState
from assessment.domain.sheet import Sheet
from assessment.reports.handover_words import signed_words, subject_words
from assessment.services.pinning import pins_for
from assessment.services.reviewing import Course, course_of
from assessment.ui.context import Visit
from assessment.ui.course_view import names_in, pin_words
from assessment.ui.followers import whole_page
from assessment.ui.plain_text import plain
from assessment.ui.walk import go_to_item

_PINS = "answer:pins"


def review_notice(visit: Visit, sheet: Sheet) -> None:
    """What staff have to know before they change anything; returned items first."""
    pins = pins_for(visit.store, sheet)
    st.session_state[_PINS] = pins
    course = course_of(visit.store, sheet)
    if course.last is None and not sheet.assessment.state.is_submitted:
        return
    if sheet.assessment.state is AssessmentState.RETURNED:
        _returned(visit, sheet, course, pins)
    elif sheet.assessment.state.is_submitted:
        words = visit.text(f"review.{sheet.assessment.state}_notice")
        st.info(plain(words), icon=":material/lock_open:")
    else:
        _opened_again(visit, sheet, course)


def card_review(visit: Visit, sheet: Sheet, item_id: str) -> None:
    """On the card of a pinned item: why it was pinned."""
    pins = [one for one in st.session_state.get(_PINS, ()) if _is_about(one, sheet, item_id)]
    if pins:
        st.html(pin_words(visit, pins, names_in(visit, sheet, pins=pins)))


def _is_about(pin: Pin, sheet: Sheet, item_id: str) -> bool:
    return pin.assessment == sheet.assessment.id and pin.item == item_id


def _returned(visit: Visit, sheet: Sheet, course: Course, pins: Sequence[Pin]) -> None:
    text = visit.text
    items = list(dict.fromkeys(one.item for one in pins if sheet.framework.has_item(one.item)))
    last = course.last_of(HandoverAction.RETURN)
    names = names_in(visit, sheet, course, pins)
    with st.container(border=True, key="returned-items"):
        signed = signed_words(text, visit.zone, last.by, last.at, names) if last else ""
        st.markdown(f"**{plain(text.plural('review.returned', len(items), signed=signed))}**")
        if last and last.note:
            st.markdown(plain(text("review.returned_note", note=last.note)))
        with st.container(horizontal=True):
            for item in items:
                done = "✓ " if item in course.changed else ""
                st.button(
                    plain(f"{done}{subject_words(text, sheet.framework, item)}"),
                    key=f"returned:{item}",
                    on_click=_open,
                    args=(sheet, item),
                )
        st.page_link("assessment/pages/check.py", label=text("review.to_check"))


def _opened_again(visit: Visit, sheet: Sheet, course: Course) -> None:
    last = course.last
    if last is None:
        return
    names = names_in(visit, sheet, course)
    signed = signed_words(visit.text, visit.zone, last.by, last.at, names)
    with st.container(border=True, key="opened-again"):
        words = visit.text(f"review.opened_after_{last.action}", signed=signed)
        st.markdown(plain(words))
        st.page_link("assessment/pages/check.py", label=visit.text("review.to_check"))


def _open(sheet: Sheet, item: str) -> None:
    go_to_item(sheet, item)
    whole_page()
