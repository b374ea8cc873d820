"""The page for residents: switched on for some days, and off at once."""

from datetime import UTC, date, datetime, timedelta

import streamlit as st

from assessment.domain.poll import Poll
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.round_days import chinese_day
from assessment.domain.sheet import Sheet
from assessment.services.polling import switch_off, switch_on
from assessment.services.public_polls import POLL_PATH
from assessment.ui.attempt import attempt, attempted, show_outcome
from assessment.ui.context import Visit
from assessment.ui.followers import whole_page
from assessment.ui.plain_text import plain
from assessment.ui.poll_print import page_address
from assessment.ui.session import signature

_PLACE = "poll:online"
_USUAL_DAYS = 14


def online_part(visit: Visit, sheet: Sheet, poll: Poll, _questionnaire: Questionnaire) -> None:
    """Whether the page is open, its address, and the days."""
    text, now = visit.text, datetime.now(UTC)
    st.markdown(plain(text("poll_online.what")))
    show_outcome(_PLACE)
    _state(visit, poll, now)
    _days(visit, poll, now)
    with st.container(horizontal=True):
        st.button(
            text("poll_online.change") if poll.switched_on else text("poll_online.on"),
            key="poll:on",
            type="primary",
            on_click=_switch_on,
            args=(visit, sheet, poll),
        )
        if poll.switched_on:
            st.button(
                text("poll_online.off"),
                key="poll:off",
                on_click=attempted(
                    visit,
                    _PLACE,
                    lambda: switch_off(visit.store, signature(), sheet, poll),
                    text("poll_online.is_off"),
                ),
            )
    st.caption(plain(text("poll_online.honest")))


def _state(visit: Visit, poll: Poll, now: datetime) -> None:
    text = visit.text
    if not poll.switched_on:
        st.info(plain(text("poll_online.closed")))
        return
    days = {"opens": text.day(poll.opens), "closes": text.day(poll.closes)}
    if poll.takes_answers(now):
        st.success(plain(text("poll_online.open", **days)))
    else:
        st.warning(plain(text("poll_online.not_now", **days)))
    st.markdown(plain(text("poll_online.address")))
    st.code(page_address(poll) or f"{POLL_PATH}/{poll.token}", language=None, wrap_lines=True)


def _days(visit: Visit, poll: Poll, now: datetime) -> None:
    today = date.fromisoformat(chinese_day(now))
    first = date.fromisoformat(poll.opens) if poll.opens else today
    last = date.fromisoformat(poll.closes) if poll.closes else today + timedelta(_USUAL_DAYS)
    left, right, _ = st.columns([1, 1, 2], wrap=True)
    left.date_input(visit.text("poll_online.opens"), first, key=_key("opens", poll))
    right.date_input(visit.text("poll_online.closes"), last, key=_key("closes", poll))


def _key(name: str, poll: Poll) -> str:
    return f"poll:{name}:{poll.id}:{poll.revision}"


def _day(name: str, poll: Poll) -> date | None:
    """What a field says at this moment: the last one may come with the very click that saves."""
    chosen = st.session_state.get(_key(name, poll))
    return chosen if isinstance(chosen, date) else None


def _switch_on(visit: Visit, sheet: Sheet, poll: Poll) -> None:
    opens, closes = _day("opens", poll), _day("closes", poll)
    attempt(
        visit,
        _PLACE,
        lambda: switch_on(visit.store, signature(), sheet, poll, opens, closes),
        visit.text("poll_online.is_on"),
    )
    whole_page()
