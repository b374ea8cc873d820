"""Opening a passport: a chooser, what was found, and the button that writes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import streamlit as st

from assessment.domain.errors import Fault, NotSaved, Refused
from assessment.domain.evidence import LARGEST_FILE
from assessment.domain.permissions import Action, may_somewhere
from assessment.domain.sizes import MEGABYTE
from assessment.services.passport_check import Checked, check_passport
from assessment.services.passport_file import open_passport
from assessment.services.passport_opening import bring_in
from assessment.services.passport_preview import Preview, preview
from assessment.ui.context import Visit, remember
from assessment.ui.passport_preview import preview_part
from assessment.ui.plain_text import plain
from assessment.ui.session import signature

_NUMBER, _DONE, _FOUND = "passport:number", "passport:done", "passport:found"


@dataclass(frozen=True)
class _Found:
    """What a chosen file turned out to be: a passport, or why not."""

    file: str
    checked: Checked | None
    faults: Sequence[Fault]


def open_part(visit: Visit) -> None:
    """Everything about opening; nothing for who may not write any community."""
    person = visit.store.person
    if not (may_somewhere(person, Action.REGISTER) or may_somewhere(person, Action.ANSWER)):
        return
    text = visit.text
    st.header(text("passport.open_title"))
    st.markdown(plain(text("passport.open_intro")))
    _tell_done(visit)
    chosen = st.file_uploader(
        text("passport.choose", size=LARGEST_FILE // MEGABYTE),
        type=["zip"],
        key=f"passport-file:{st.session_state.get(_NUMBER, 0)}",
    )
    st.caption(plain(text("passport.larger")))
    if chosen is None:
        st.session_state.pop(_FOUND, None)
        return
    found = _found(visit, chosen)
    for fault in found.faults:
        st.error(plain(text.fault(fault)))
    if found.checked is not None:
        _offer(visit, found.checked)


def _found(visit: Visit, chosen: Any) -> _Found:  # noqa: ANN401
    """What the file is; looked at once, not with every run of the page."""
    kept: _Found | None = st.session_state.get(_FOUND)
    if kept is not None and kept.file == chosen.file_id:
        return kept
    with st.spinner(visit.text("passport.reading")):
        try:
            checked = check_passport(open_passport(BytesIO(chosen.getvalue())))
            found = _Found(chosen.file_id, checked, ())
        except Refused as refused:
            found = _Found(chosen.file_id, None, refused.faults)
    st.session_state[_FOUND] = found
    return found


def _offer(visit: Visit, checked: Checked) -> None:
    seen = preview(visit.store, checked, signature().at)
    preview_part(visit, checked, seen)
    if not seen.may_write or not (seen.writes or seen.is_new):
        return
    if st.button(visit.text("passport.write"), key="passport_write", type="primary"):
        _write(visit, checked, seen)


def _write(visit: Visit, checked: Checked, seen: Preview) -> None:
    text = visit.text
    try:
        with st.spinner(text("passport.writing")):
            done = bring_in(visit.store, signature(), checked, seen)
    except Refused as refused:
        for fault in refused.faults:
            st.error(plain(text.fault(fault)))
        return
    except NotSaved as not_saved:
        st.error(plain(text(f"not_saved.{not_saved.reason}")))
        return
    name = done.community.name(text.language)
    st.session_state[_DONE] = text.plural(
        "passport.done", len(done.writes), community=name, code=done.community.code
    )
    st.session_state[_NUMBER] = st.session_state.get(_NUMBER, 0) + 1
    last = done.writes[-1].round.id if done.writes else None
    remember(community=done.community.code, round=last, theme=None, group=None)
    st.rerun()


def _tell_done(visit: Visit) -> None:
    done = st.session_state.pop(_DONE, "")
    if done:
        st.success(plain(done), icon=":material/check_circle:")
        with st.container(horizontal=True):
            st.page_link("assessment/pages/result.py", label=visit.text("passport.see_result"))
            st.page_link("assessment/pages/log.py", label=visit.text("passport.see_log"))
