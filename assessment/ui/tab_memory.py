"""What this browser tab has seen, carried by the tab itself.

After a restart the server has forgotten the tab, and the tab sends all its inputs again as they
stood. Without knowing which revision each was drawn from, an untouched old value looks like an
edit and would overwrite a colleague's newer one. So the tab also carries a hidden input with the
revisions; the browser sends it back with the rest.
"""

import json
from collections.abc import Mapping

import streamlit as st

from assessment.domain.sheet import Sheet
from assessment.services.answering import Kept, as_seen, subject_of
from assessment.store.engine import Store

_WIDGET = "tab_memory"
_RETURNED = "tab_memory:returned"
_FIRST_RUN = "tab_memory:first_run"


def listen_to_tab(sheet: Sheet) -> None:
    """Call before any input is drawn: in the first run, take what the tab carries."""
    if _RETURNED in st.session_state:
        return
    with st.container(key="tab-memory"):
        carried = st.text_input(
            _WIDGET, _note(sheet, {}), key=_WIDGET, label_visibility="collapsed"
        )
    st.session_state[_RETURNED] = _read(carried, sheet.assessment.id)
    st.session_state[_FIRST_RUN] = True


def tell_tab(sheet: Sheet, shown: Mapping[str, int]) -> None:
    """Give the tab the revisions of everything, with older ones for inputs that show those."""
    if st.session_state.pop(_FIRST_RUN, False):
        return
    st.session_state[_RETURNED] = None
    st.session_state[_WIDGET] = _note(sheet, shown)
    with st.container(key="tab-memory"):
        st.text_input(_WIDGET, key=_WIDGET, label_visibility="collapsed")


def seen_by_tab(store: Store, assessment: int, stored: Kept) -> Kept:
    """The version that the tab was drawn with; the stored one for a new tab."""
    returned: dict[str, int] | None = st.session_state.get(_RETURNED)
    if returned is None:
        return stored
    revision = returned.get(subject_of(stored), 0)
    if revision >= stored.revision:
        return stored
    return as_seen(store, assessment, stored, revision)


def _note(sheet: Sheet, shown: Mapping[str, int]) -> str:
    seen = {subject_of(kept): kept.revision for kept in _all_kept(sheet)}
    return json.dumps({"assessment": sheet.assessment.id, "seen": {**seen, **shown}})


def _all_kept(sheet: Sheet) -> list[Kept]:
    return [*sheet.answers.values(), *sheet.saved_facts.values()]


def _read(text: str, assessment: int) -> dict[str, int] | None:
    """What the tab says is a hint from outside: anything unexpected counts as nothing."""
    try:
        carried = json.loads(text or "{}")
        if carried.get("assessment") != assessment:
            return None
        return {str(key): int(value) for key, value in dict(carried["seen"]).items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
