"""What belongs to one visit: language, zone, and who is writing."""

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from assessment.domain.permissions import LOCAL, Person
from assessment.domain.records import Signature
from assessment.language.translator import LANGUAGES, Language, Translator, language_of

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
    """Who is at work in this run."""
    return LOCAL


def signature() -> Signature:
    """Who writes now, and when."""
    return Signature(current_person().id, datetime.now(UTC))
