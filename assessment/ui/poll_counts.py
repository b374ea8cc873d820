"""Counts of paper forms that were added up by hand; every box saves itself."""

import streamlit as st

from assessment.domain.errors import Forbidden, NotSaved, Refused
from assessment.domain.poll import CountedAnswers, Poll
from assessment.domain.questionnaire import CHOICES, Question, Questionnaire
from assessment.domain.sheet import Sheet
from assessment.services.polling import CountBox, counts_of, set_count
from assessment.ui.context import Visit
from assessment.ui.followers import whole_page
from assessment.ui.plain_text import plain
from assessment.ui.session import signature

_TROUBLE = "poll:trouble"


def counts_part(visit: Visit, sheet: Sheet, poll: Poll, questionnaire: Questionnaire) -> None:
    """A theme at a time, a row a question, a box for every choice."""
    text = visit.text
    st.markdown(plain(text("poll_counts.how")))
    st.info(plain(text("poll_counts.once")))
    titles = {
        one.theme: plain(one.title.in_language(text.language)) for one in questionnaire.themes
    }
    chosen = st.segmented_control(
        text("chart.theme"),
        list(titles),
        format_func=lambda one: titles.get(one, one),
        key="poll:theme",
        default=next(iter(titles)),
        required=True,
        label_visibility="collapsed",
        wrap=True,
    )
    counted = counts_of(visit.store, sheet, poll)
    for theme in questionnaire.themes:
        if theme.theme == chosen:
            for question in theme.questions:
                _question(visit, sheet, questionnaire, question, counted)


def _question(
    visit: Visit,
    sheet: Sheet,
    questionnaire: Questionnaire,
    question: Question,
    counted: CountedAnswers,
) -> None:
    text, language = visit.text, visit.text.language
    number = questionnaire.number(question.id)
    with st.container(border=True, key=f"poll-count-{question.id}"):
        st.markdown(f"**{plain(f'{number}. {question.text.in_language(language)}')}**")
        for column, choice in zip(st.columns(len(CHOICES), wrap=True), CHOICES, strict=True):
            with column:
                box = CountBox(question.id, choice, counted.of(question.id, choice))
                _box(visit, sheet, box, questionnaire.choice_label(choice).in_language(language))
        missing = counted.missing(question.id)
        if missing:
            st.caption(plain(text.plural("poll_counts.missing", missing)))
        elif counted.counts.get(question.id):
            total = sum(counted.counts[question.id].values())
            st.caption(plain(text.plural("poll_counts.kept", total)))


def _box(visit: Visit, sheet: Sheet, box: CountBox, label: str) -> None:
    kept = "" if box.seen is None else str(box.seen)
    # What is kept is part of the key: after it was saved, or changed by a colleague, the box
    # begins anew with it; what could not be taken stays as it was typed.
    key = f"poll:count:{sheet.assessment.id}:{box.question}:{box.choice}:{kept}"
    st.text_input(plain(label), kept, key=key, on_change=_keep, args=(visit, sheet, box, key))
    about, words = st.session_state.get(_TROUBLE, ("", ""))
    if about == key:
        st.error(plain(words))


def _keep(visit: Visit, sheet: Sheet, box: CountBox, key: str) -> None:
    text = visit.text
    st.session_state.pop(_TROUBLE, None)
    try:
        set_count(visit.store, signature(), sheet, box, str(st.session_state.get(key, "")))
    except Refused as refused:
        st.session_state[_TROUBLE] = (key, text.fault(refused.faults[0]))
    except NotSaved as not_saved:
        st.session_state[_TROUBLE] = (key, text(f"not_saved.{not_saved.reason}"))
    except Forbidden:
        st.session_state[_TROUBLE] = (key, text("attempt.forbidden"))
    whole_page()
