"""What is said below an input that could not be saved, and the way out of it."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from assessment.domain.sheet import Sheet
from assessment.reports.answer_words import field_words
from assessment.services.answering import field_of
from assessment.ui.context import Visit
from assessment.ui.followers import whole_page
from assessment.ui.plain_text import plain
from assessment.ui.saved_field import Field, Trouble, keep_mine, take_theirs, trouble_of


def show_trouble(visit: Visit, sheet: Sheet, field: Field) -> None:
    """Say why the input is not saved; nothing if it is."""
    trouble = trouble_of(field)
    if trouble is None:
        return
    if trouble.fault is not None:
        st.error(plain(_refused(visit, sheet, field, trouble)))
    elif trouble.theirs is not None:
        _show_clash(visit, sheet, field, trouble)
    else:
        st.error(plain(visit.text(f"not_saved.{trouble.reason}")))


def _refused(visit: Visit, sheet: Sheet, field: Field, trouble: Trouble) -> str:
    if trouble.fault is None:
        return ""
    words = visit.text.fault(trouble.fault)
    kept = _kept_words(visit, sheet, field)
    return visit.text("trouble.refused", fault=words, kept=kept)


def _kept_words(visit: Visit, sheet: Sheet, field: Field) -> str:
    stored = sheet.saved_facts.get(field.subject) or sheet.answers.get(field.subject)
    value = field_of(stored, field.record_name) if stored else ""
    return words_or_blank(visit, sheet, field, value)


def words_or_blank(visit: Visit, sheet: Sheet, field: Field, value: Any) -> str:  # noqa: ANN401
    """A value as people read it; "blank" where there is none."""
    return field_words(visit.text, sheet.framework, field.subject, field.record_name, value)


def _show_clash(visit: Visit, sheet: Sheet, field: Field, trouble: Trouble) -> None:
    theirs = trouble.theirs
    if theirs is None:
        return
    when = visit.text.time(theirs.at, visit.zone) if theirs.at else ""
    st.warning(
        plain(
            visit.text(
                "trouble.clash",
                time=when,
                theirs=words_or_blank(visit, sheet, field, field_of(theirs, field.record_name)),
                mine=words_or_blank(visit, sheet, field, trouble.value),
            )
        )
    )
    with st.container(horizontal=True):
        st.button(
            visit.text("trouble.keep_mine"),
            key=f"mine:{field.key}",
            on_click=_settle,
            args=(keep_mine, field),
        )
        st.button(
            visit.text("trouble.take_theirs"),
            key=f"theirs:{field.key}",
            on_click=_settle,
            args=(take_theirs, field),
        )


def _settle(how: Callable[[Field], None], field: Field) -> None:
    how(field)
    whole_page()
