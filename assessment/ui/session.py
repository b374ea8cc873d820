"""What belongs to one visit: language, zone, and who is writing."""

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from assessment.domain.errors import Forbidden
from assessment.domain.permissions import LOCAL, NOBODY, Person
from assessment.domain.records import Signature
from assessment.language.translator import LANGUAGES, Language, Translator, language_of
from assessment.services.setup import open_installation
from assessment.services.sign_in import person_of
from assessment.settings import settings

LANGUAGE_KEY = "language"


def language() -> Language:
    """The language of this run: the link's, else the one chosen here, else the browser's."""
    wished = st.query_params.get("lang")
    if wished in LANGUAGES:
        st.session_state[LANGUAGE_KEY] = wished
    chosen = st.session_state.get(LANGUAGE_KEY)
    return chosen if chosen in LANGUAGES else language_of(st.context.locale)


def translator() -> Translator:
    """Texts in the language of this run."""
    return Translator(language())


def zone() -> tzinfo:
    """The reader's time zone; UTC where the browser does not say."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def current_person() -> Person:
    """Who is at work at this moment, read anew each time; ``NOBODY`` if not signed in."""
    if not settings().needs_sign_in:
        return LOCAL
    return person_of(open_installation(), session_token(), datetime.now(UTC)) or NOBODY


def session_token() -> str:
    """The token of this browser's sign-in, which only the server can read."""
    return st.context.cookies.get(settings().cookie, "")


def signature() -> Signature:
    """Who writes now, and when. Raises ``Forbidden`` for who is not signed in any more."""
    person = current_person()
    if person is NOBODY:
        raise Forbidden("sign_in")
    return Signature(person.id, datetime.now(UTC))
