"""Add a person: with a login of this product, or as a provider knows them."""

from collections.abc import Callable

import streamlit as st

from assessment.domain.accounts import Account
from assessment.domain.errors import NotSaved, Refused
from assessment.services.people import add_with_login, add_with_subject, invite
from assessment.settings import ACCOUNTS, settings
from assessment.ui.context import Visit
from assessment.ui.plain_text import plain
from assessment.ui.session import signature

OPEN, LINK, WRONG = "people:open", "people:link", "people:wrong"
_FIELDS = ("people:name", "people:login", "people:issuer", "people:subject")


def add_person_form(visit: Visit) -> None:
    """The fields of a new person; nothing is kept before the button is pressed."""
    text = visit.text
    with st.expander(text("people.add"), icon=":material/person_add:"):
        st.text_input(text("people.name"), key="people:name")
        if settings().sign_in == ACCOUNTS:
            st.text_input(text("people.login"), key="people:login", help=text("people.login_help"))
        else:
            left, right = st.columns(2)
            left.text_input(text("people.issuer"), key="people:issuer")
            right.text_input(
                text("people.subject"), key="people:subject", help=text("people.subject_help")
            )
        st.button(
            text("people.add_button"),
            key="people:add",
            type="primary",
            on_click=_add,
            args=(visit,),
        )
    show_wrong()


def attempt(visit: Visit, do: Callable[[], object]) -> bool:
    """Do something; whether it was possible. What was wrong is told by the next drawing."""
    try:
        do()
    except Refused as refused:
        st.session_state[WRONG] = visit.text.fault(refused.faults[0])
        return False
    except NotSaved as not_saved:
        st.session_state[WRONG] = visit.text(f"not_saved.{not_saved.reason}")
        return False
    return True


def show_wrong() -> None:
    """What was wrong with the last thing that was tried."""
    words = st.session_state.pop(WRONG, "")
    if words:
        st.error(plain(words))


def keep_link(visit: Visit, account: Account) -> None:
    """Make a one-time link for a person, to be shown by the next drawing."""
    st.session_state[LINK] = (account.name, invite(visit.store, signature(), account))


def _add(visit: Visit) -> None:
    state = st.session_state
    name, login, issuer, subject = (str(state.get(key, "")) for key in _FIELDS)

    def add() -> None:
        if settings().sign_in == ACCOUNTS:
            account = add_with_login(visit.store, signature(), name, login)
            keep_link(visit, account)
        else:
            account = add_with_subject(visit.store, signature(), name, issuer, subject)
        state[OPEN] = account.id

    if attempt(visit, add):
        for key in _FIELDS:
            state.pop(key, None)
