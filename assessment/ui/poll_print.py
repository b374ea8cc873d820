"""The questions on paper, and the address that the code on it leads to."""

from urllib.parse import urlsplit

import streamlit as st

from assessment.domain.poll import Poll
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.sheet import Sheet
from assessment.services.polling import set_address
from assessment.services.public_polls import POLL_PATH
from assessment.settings import settings
from assessment.ui.attempt import attempt, show_outcome
from assessment.ui.context import Visit
from assessment.ui.download_links import poll_links
from assessment.ui.followers import whole_page
from assessment.ui.plain_text import plain
from assessment.ui.session import signature

_PLACE, _TYPED = "poll:print", "poll:address"
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


def print_part(visit: Visit, sheet: Sheet, poll: Poll, questionnaire: Questionnaire) -> None:
    """The address first, so that the paper has its code; then the files."""
    text = visit.text
    st.header(text("poll_print.address_title"))
    st.markdown(plain(text("poll_print.address_why")))
    show_outcome(_PLACE)
    key = f"{_TYPED}:{poll.id}:{poll.revision}"
    st.text_input(text("poll_print.address"), poll.address, key=key, placeholder="https://")
    with st.container(horizontal=True):
        st.button(
            text("poll_print.keep"),
            key="poll:keep",
            type="primary",
            on_click=_keep,
            args=(visit, sheet, poll, key),
        )
        own = page_address(poll)
        if own and own != poll.address:
            st.button(
                text("poll_print.use_page"),
                key="poll:use_page",
                on_click=_keep,
                args=(visit, sheet, poll, key, own),
            )
    if poll.address and urlsplit(poll.address).hostname in _THIS_MACHINE:
        st.warning(plain(text("poll_print.this_machine")))
    st.header(text("poll_print.files"))
    st.markdown(plain(text("poll_print.files_how")))
    poll_links(visit, sheet, text("poll_print.all_themes"))
    for theme in questionnaire.themes:
        poll_links(visit, sheet, theme.title.in_language(text.language), theme.theme)


def page_address(poll: Poll) -> str:
    """The whole address of the page for residents; blank where there is none yet."""
    if not poll.token:
        return ""
    hosts = settings().host_names
    here = urlsplit(st.context.url or "")
    base = f"https://{hosts[0]}" if hosts else f"{here.scheme}://{here.netloc}"
    return f"{base}{POLL_PATH}/{poll.token}" if hosts or here.netloc else ""


def _keep(visit: Visit, sheet: Sheet, poll: Poll, key: str, own: str = "") -> None:
    typed = own or str(st.session_state.get(key, ""))
    attempt(
        visit,
        _PLACE,
        lambda: set_address(visit.store, signature(), sheet, poll, typed),
        visit.text("poll_print.kept"),
    )
    whole_page()
