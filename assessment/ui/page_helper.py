"""The one piece of JavaScript: saves typed text in time, sets the page's language, moves focus."""

from pathlib import Path
from typing import Any

import streamlit as st

from assessment.language.translator import Translator

_SCRIPT = (Path(__file__).parent / "page_helper.js").read_text(encoding="utf-8")
FOCUS_KEY = "focus"
LARGE_TYPE_KEY = "large_type"

# Fixed words of Streamlit's own frame, with the key of their translation.
_FRAME_WORDS = {
    "Connection error": "frame.connection_error",
    "Skip to main content": "frame.skip",
    "Close": "frame.close",
}


def mount_page_helper(text: Translator) -> None:
    """Mount the helper; once on every page."""
    component = st.components.v2.component("page_helper", js=_SCRIPT, isolate_styles=False)
    data: dict[str, Any] = {
        "lang": text.html_language,
        "largeType": bool(st.session_state.get(LARGE_TYPE_KEY)),
        "focus": st.session_state.get(FOCUS_KEY),
        "lost": text("frame.lost"),
        "words": [[english, text(key)] for english, key in _FRAME_WORDS.items()],
    }
    component(key="page_helper", data=data, height=0, on_reconnected_change=_page_runs)


def _page_runs() -> None:
    """Nothing to do: that the page runs is all."""


def move_focus(target: str) -> None:
    """Ask the next run to scroll to the container with this key and focus its first control."""
    before = st.session_state.get(FOCUS_KEY) or {"nonce": 0}
    st.session_state[FOCUS_KEY] = {"target": target, "nonce": before["nonce"] + 1}
