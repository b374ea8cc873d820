"""What a code turned out to be, with who and when, and what differs now."""

import streamlit as st

from assessment.domain.sheet import Sheet
from assessment.reports.comparison_words import version_words
from assessment.reports.handover_words import (
    approved_without_sign_in,
    signed_words,
    state_line,
)
from assessment.reports.score_words import headline
from assessment.services.verifying import Answer, Verified
from assessment.services.who import names_of
from assessment.ui.context import Visit
from assessment.ui.course_view import difference_table
from assessment.ui.plain_text import html, plain

_GOOD = (Answer.APPROVED,)
_BAD = (Answer.UNKNOWN,)


def verified_view(visit: Visit, found: Verified) -> None:
    """Draw the answer in one sentence, then what it is about, then the differences."""
    text, sheet = visit.text, found.sheet
    words = text(f"verify.{found.answer}", code=found.code)
    if found.answer in _GOOD:
        st.success(plain(words), icon=":material/verified:")
    elif found.answer in _BAD:
        st.error(plain(words))
    else:
        st.warning(plain(words))
    if sheet is None:
        return
    _about(visit, found, sheet)
    given = found.handover
    if given and approved_without_sign_in(given.action, given.by):
        st.warning(plain(text("verify.without_sign_in")))
    if found.other_method:
        version = version_words(sheet)
        st.warning(plain(text("verify.other_method", version=version)))
    if found.differences:
        st.subheader(text.plural("verify.differences", len(found.differences)))
        difference_table(visit, sheet.framework, found.differences, frozenset())


def _about(visit: Visit, found: Verified, sheet: Sheet) -> None:
    text, zone, given = visit.text, visit.zone, found.handover
    names = names_of(visit.store, [sheet.assessment.state_by, given.by if given else ""])
    signed = signed_words(text, zone, given.by, given.at, names) if given else ""
    then = f"{text(f'handover.{given.action}')} · {signed}" if given else ""
    with st.container(border=True, key="verified"):
        st.html(
            html(
                '<div class="item-title">{name} · {round}</div><div>{then}</div>'
                '<div class="quiet">{now}</div><div>{headline}</div>',
                name=sheet.community.name(text.language),
                round=sheet.round.label(text.language),
                then=text("verify.then", words=then) if then else "",
                now=text("verify.now", words=state_line(text, zone, sheet.assessment, names)),
                headline=headline(text, sheet),
            )
        )
