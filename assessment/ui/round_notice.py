"""What a person must know of the round in view: late, closed, not open yet, or an older one."""

from datetime import UTC, datetime

import streamlit as st

from assessment.domain.records import Round
from assessment.domain.round_days import Window, current_round, window_of
from assessment.language.translator import Translator
from assessment.ui.context import Visit, remember
from assessment.ui.followers import whole_page
from assessment.ui.plain_text import plain


def round_notice(visit: Visit) -> None:
    """One line below the place line; nothing while the current round is open and in time."""
    now = datetime.now(UTC)
    words = window_words(visit.text, visit.round, now)
    current = current_round(visit.rounds, now, visit.round.sample)
    older = current is not None and visit.community is not None and current.id != visit.round.id
    if not words and not older:
        return
    with st.container(key="round-notice", horizontal=True, vertical_alignment="center"):
        label = visit.round.label(visit.text.language)
        st.markdown(plain(words or visit.text("round.other", label=label)))
        if current is not None and older:
            st.button(
                plain(visit.text("round.go_on", label=current.label(visit.text.language))),
                key="current_round",
                on_click=_go,
                args=(current.id,),
            )


def window_words(text: Translator, one: Round, now: datetime) -> str:
    """That a round is late, closed or not open yet; blank while it is open and in time."""
    found = window_of(one, now)
    if found.window is Window.OPEN:
        return ""
    if found.window is Window.LATE and found.days_to_due is not None:
        label, due = one.label(text.language), text.day(one.due)
        return text.plural("round.late", -found.days_to_due, label=label, due=due)
    days = {"opens": text.day(one.opens), "closes": text.day(one.closes)}
    return text(f"round.{found.window}", label=one.label(text.language), **days)


def _go(round_id: str) -> None:
    remember(round=round_id)
    whole_page()
