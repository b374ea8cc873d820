"""What this browser tab has seen, carried by the tab itself.

After a restart the server has forgotten the tab, and the tab sends all its inputs again as they
stood. Without knowing which revision each was drawn from, an untouched old value looks like an
edit and would overwrite a colleague's newer one. So the page also has a hidden input with the
revisions of everything; the browser sends it back with the rest.
"""

import json
from collections.abc import Mapping

import streamlit as st

from assessment.domain.sheet import Sheet
from assessment.services.answering import Kept, as_seen, subject_of
from assessment.store.engine import Store

_KEY = "tab_memory"


class TabMemory:
    """The hidden input of the answer page. Make it before the page's inputs are drawn."""

    def __init__(self, store: Store, sheet: Sheet) -> None:
        self._store = store
        self._sheet = sheet
        self._slot = st.container(key="tab-memory")
        self._first = _KEY not in st.session_state
        self._seen = _read(self._draw(_note(sheet, {})), sheet) if self._first else None

    def seen(self, stored: Kept) -> Kept:
        """The version that the tab was drawn with; the stored one for a new tab."""
        if self._seen is None:
            return stored
        revision = self._seen.get(subject_of(stored), 0)
        if revision >= stored.revision:
            return stored
        return as_seen(self._store, self._sheet.assessment.id, stored, revision)

    def tell(self, shown: Mapping[str, int]) -> None:
        """After all inputs are drawn: let the tab carry what they show.

        ``shown`` holds the revisions of inputs that show an older version than the sheet.
        """
        if not self._first:
            st.session_state[_KEY] = _note(self._sheet, shown)
            self._draw(st.session_state[_KEY])

    def _draw(self, text: str) -> str:
        with self._slot:
            return st.text_input("-", text, key=_KEY, label_visibility="collapsed")


def _note(sheet: Sheet, shown: Mapping[str, int]) -> str:
    kept: list[Kept] = [*sheet.answers.values(), *sheet.saved_facts.values()]
    seen = {subject_of(one): one.revision for one in kept}
    return json.dumps({"assessment": sheet.assessment.id, "seen": {**seen, **shown}})


def _read(text: str, sheet: Sheet) -> dict[str, int] | None:
    """What the tab says is a hint from outside: anything unexpected counts as nothing."""
    try:
        carried = json.loads(text)
        if carried["assessment"] != sheet.assessment.id:
            return None
        return {str(key): int(value) for key, value in dict(carried["seen"]).items()}
    except (ValueError, TypeError, KeyError):
        return None
