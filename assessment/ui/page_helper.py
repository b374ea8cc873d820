"""What the page tells its helper script (static/page_helper.js), which the page shell loads."""

import json
import time

import streamlit as st

from assessment.language.translator import Translator
from assessment.settings import settings
from assessment.ui.plain_text import html

FOCUS_KEY = "focus"
LARGE_TYPE_KEY = "large_type"

# Fixed words of Streamlit's own frame, with the key of their translation.
_FRAME_WORDS = {
    "Connection error": "frame.connection_error",
    "Skip to main content": "frame.skip",
    "Close": "frame.close",
    "Upload": "frame.upload",
    "* files are not allowed.": "frame.file_kind",
    "* or smaller.": "frame.file_size",
}


def tell_page_helper(text: Translator) -> None:
    """Language, size of type, where to move the focus, and words; once on every page.

    The state is a new one in every run: by that the helper knows that its text has arrived.
    """
    state = {
        "run": time.monotonic_ns(),
        "lang": text.html_language,
        "largeType": bool(st.session_state.get(LARGE_TYPE_KEY)),
        "focus": st.session_state.get(FOCUS_KEY),
        "lost": text("frame.lost"),
        "signIn": settings().needs_sign_in,
        "signedOut": text("who.signed_out"),
        "signInAgain": text("sign_in.title"),
        "words": {english: text(key) for english, key in _FRAME_WORDS.items()},
    }
    with st.container(key="page-helper"):
        # Pressed by the helper when the server is back after a restart.
        st.button("-", key="run_page")
        packed = json.dumps(state, ensure_ascii=False)
        st.html(html('<div class="page-state" data-state="{state}"></div>', state=packed))


def move_focus(target: str) -> None:
    """Ask the next run to scroll to the container with this key and focus its first control."""
    before = st.session_state.get(FOCUS_KEY) or {"nonce": 0}
    st.session_state[FOCUS_KEY] = {"target": target, "nonce": before["nonce"] + 1}
