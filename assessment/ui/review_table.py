"""The communities that a reviewer has to look at, by state, with due date and what is open."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from assessment.domain.records import AssessmentState
from assessment.reports.signs import STANDINGS
from assessment.services.review_list import ReviewList, Waiting, review_list
from assessment.ui.community_list import area_words
from assessment.ui.context import Visit, choose_community
from assessment.ui.plain_text import plain
from assessment.ui.state_words import names_of_rows, state_words

PAGE_ROWS = 50
_STATE, _PAGE = "review-state", "review-page"
_ORDER: tuple[AssessmentState | None, ...] = (
    AssessmentState.SUBMITTED,
    AssessmentState.RETURNED,
    AssessmentState.APPROVED,
    AssessmentState.DRAFT,
    None,
)
_KEYS = {state.value if state else "none": state for state in _ORDER}


def review_table(visit: Visit) -> None:
    """Draw the choice of a state and the table; picking a row opens the community below."""
    listed = review_list(visit.store, visit.round)
    counts, text = listed.counts, visit.text
    labels = {
        key: f"{text(f'review.list_{key}')} {text.number(counts[state])}"
        for key, state in _KEYS.items()
    }
    chosen = st.segmented_control(
        text("review.list"),
        list(_KEYS),
        format_func=lambda key: labels.get(key, key),
        key=_STATE,
        default=AssessmentState.SUBMITTED.value,
        required=True,
        label_visibility="collapsed",
        wrap=True,
    )
    state = _KEYS[chosen or AssessmentState.SUBMITTED.value]
    st.caption(plain(_due_words(visit)))
    if not counts[state]:
        st.info(plain(text("review.list_empty")))
        return
    _table(visit, listed, state, counts[state])


def _due_words(visit: Visit) -> str:
    if not visit.round.due:
        return visit.text("review.no_due", round=visit.round.label(visit.text.language))
    return visit.text(
        "review.due",
        round=visit.round.label(visit.text.language),
        due=visit.text.day(visit.round.due),
    )


def _table(visit: Visit, listed: ReviewList, state: AssessmentState | None, count: int) -> None:
    pages = -(-count // PAGE_ROWS)
    st.session_state[_PAGE] = min(max(1, st.session_state.get(_PAGE, 1)), pages)
    page = st.pagination(pages, key=_PAGE) if pages > 1 else 1
    rows = listed.rows(state, (page - 1) * PAGE_ROWS, PAGE_ROWS)
    names = names_of_rows(visit, [one.overview for one in rows])
    key = state.value if state else "none"
    picked = st.dataframe(
        pd.DataFrame([_line(visit, one, names) for one in rows]),
        hide_index=True,
        key=f"review_table:{visit.round.id}:{key}:{page}:{visit.text.language}",
        on_select="rerun",
        selection_mode="single-row",
        height="auto" if len(rows) <= 8 else 340,
        placeholder="–",
        alt=visit.text("review.table_alt"),
    )
    _open_picked(visit, rows, picked.selection.rows)


def _open_picked(visit: Visit, rows: Sequence[Waiting], picked: Sequence[int]) -> None:
    """Open the community of a newly picked row."""
    code = rows[picked[0]].overview.community.code if picked and picked[0] < len(rows) else ""
    if code and code != st.session_state.get("review:picked"):
        st.session_state["review:picked"] = code
        choose_community(rows[picked[0]].overview.community, visit.rounds)
        st.rerun()


def _line(visit: Visit, one: Waiting, names: Mapping[str, str]) -> dict[str, object]:
    text, row = visit.text, one.overview
    sign = STANDINGS[row.standing]
    score = row.score if row.score and row.score.enough else None
    return {
        text("chart.community"): row.community.name(text.language),
        text("overview.area"): area_words(visit, row.community),
        text("column.assessment_state"): state_words(visit, row, names),
        text("review.late"): text("review.is_late") if _is_late(visit, one) else "",
        text("overview.standing"): f"{sign.symbol} {text(f'standing.{row.standing}')}",
        text("column.low_percent"): score.low_percent if score else None,
        text("review.pending"): one.pending,
        text("overview.answered"): f"{row.score.answered}/{row.score.asked}" if row.score else "–",
    }


def _is_late(visit: Visit, one: Waiting) -> bool:
    """Whether it was handed in after the due date, or is not handed in although it has passed."""
    assessment = one.overview.assessment
    handed_in = assessment is not None and assessment.state.is_submitted
    at = assessment.state_at if assessment and handed_in else None
    if handed_in and at is None:
        return False
    day = (at or datetime.now(UTC)).astimezone(visit.zone).date().isoformat()
    return bool(visit.round.due) and day > visit.round.due
