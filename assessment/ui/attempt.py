"""A button that changes something: what became of it is said where the button stands."""

from collections.abc import Callable

import streamlit as st

from assessment.domain.errors import Forbidden, NotSaved, Refused
from assessment.ui.context import Visit
from assessment.ui.followers import whole_page
from assessment.ui.plain_text import plain

_MESSAGE = "attempt:message"


def attempt(visit: Visit, place: str, action: Callable[[], object], done: str) -> bool:
    """Try to do something and keep the words for ``place``; whether it was done.

    ``done`` is what is said when it was. Call it in a callback.
    """
    text = visit.text
    try:
        action()
    except Refused as refused:
        words = text("join.sentence").join(text.fault(fault) for fault in refused.faults)
    except NotSaved as not_saved:
        words = text(f"not_saved.{not_saved.reason}")
    except Forbidden:
        words = text("attempt.forbidden")
    else:
        st.session_state[_MESSAGE] = (place, "success", done)
        return True
    st.session_state[_MESSAGE] = (place, "error", words)
    return False


def attempted(
    visit: Visit, place: str, action: Callable[[], object], done: str
) -> Callable[[], None]:
    """The callback of a button that tries to do something."""

    def callback() -> None:
        attempt(visit, place, action, done)
        whole_page()

    return callback


def show_outcome(place: str) -> None:
    """Say what became of the last attempt, if it was made here."""
    where, kind, words = st.session_state.get(_MESSAGE, ("", "", ""))
    if where != place:
        return
    del st.session_state[_MESSAGE]
    if kind == "success":
        st.success(plain(words))
    else:
        st.error(plain(words))
