"""One community under review: what it says, what is to decide, what to return, the verdict."""

import streamlit as st

from assessment.domain.records import AssessmentState
from assessment.domain.sheet import Sheet
from assessment.reports.score_words import figures_words, gates_words, headline, verdict_words
from assessment.services.pinning import pins_for
from assessment.services.reviewing import course_of
from assessment.ui.attempt import show_outcome
from assessment.ui.context import Visit
from assessment.ui.course_view import (
    changes_since,
    handover_history,
    names_in,
    state_and_code,
)
from assessment.ui.plain_text import plain
from assessment.ui.review_decisions import decisions_part
from assessment.ui.review_items import items_part
from assessment.ui.review_verdict import VERDICT, verdict_part


def review_one(visit: Visit, sheet: Sheet) -> None:
    """Draw all of it; only what is handed in and not yet approved has inputs."""
    text = visit.text
    course, pins = course_of(visit.store, sheet), pins_for(visit.store, sheet)
    names = names_in(visit, sheet, course, pins)
    open_to_review = sheet.assessment.state is AssessmentState.SUBMITTED
    st.header(plain(sheet.community.name(text.language)))
    show_outcome(VERDICT)
    state_and_code(visit, sheet, names)
    st.markdown(plain(headline(text, sheet)))
    st.caption(
        plain(
            f"{verdict_words(text, sheet)} · {gates_words(text, sheet)} · "
            f"{figures_words(text, sheet)}"
        )
    )
    if not open_to_review:
        st.info(plain(text(f"review.not_open_{sheet.assessment.state}")))
    if course.since is not None:
        st.subheader(text("changes.title"))
        changes_since(visit, sheet, course, names)
    decisions_part(visit, sheet, open_to_review)
    items_part(visit, sheet, course, pins, names)
    if open_to_review:
        verdict_part(visit, sheet, course, pins)
    handover_history(visit, course, names)
