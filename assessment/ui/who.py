"""Who is signed in, the way out, and what a page says to who may not be here."""

from datetime import UTC, datetime

import streamlit as st

from assessment.domain.permissions import NOBODY
from assessment.services.setup import open_installation
from assessment.services.sign_in import sign_out
from assessment.settings import settings
from assessment.ui.context import Visit
from assessment.ui.followers import whole_page
from assessment.ui.plain_text import html, plain
from assessment.ui.session import session_token

_PERSON = "visit:person"


def may_enter(visit: Visit) -> bool:
    """Whether the pages are for this person; if not, the page says why and what to do."""
    person, text = visit.store.person, visit.text
    if person is NOBODY:
        st.info(plain(text("who.signed_out")))
        st.html(
            html(
                '<a class="download" href="/sign-in" target="_self">{words}</a>',
                words=text("sign_in.title"),
            )
        )
        return False
    # A tab keeps what was typed in it: that is not for the next person at this machine.
    if st.session_state.setdefault(_PERSON, person.id) != person.id:
        st.warning(plain(text("who.someone_else", name=person.name)))
        return False
    if not person.grants:
        st.info(plain(text("who.no_roles", name=person.name)))
        _sign_out_button(visit)
        return False
    return True


def who_line(visit: Visit) -> None:
    """The name of who is signed in, and the button to sign out; nothing without accounts."""
    if not settings().needs_sign_in:
        return
    st.markdown(plain(visit.store.person.name))
    _sign_out_button(visit)


def _sign_out_button(visit: Visit) -> None:
    st.button(
        visit.text("who.sign_out"),
        key="sign_out",
        type="tertiary",
        icon=":material/logout:",
        on_click=_sign_out,
    )


def _sign_out() -> None:
    sign_out(open_installation(), session_token(), datetime.now(UTC))
    whole_page()
