"""Answers that were saved here after the file was made: both are shown, a person chooses."""

import streamlit as st

from assessment.domain.import_changes import Change
from assessment.reports.import_lines import change_lines
from assessment.services.frameworks import framework_of
from assessment.services.importing import Preview
from assessment.ui.context import Visit
from assessment.ui.plain_text import plain

_KEEP, _TAKE = "keep", "take"
_MOST_SINGLE = 40


def chosen_conflicts(seen: Preview) -> frozenset[tuple[str, str]]:
    """The conflicts for which the file is to hold, by community and subject; none by itself."""
    chosen = (one for one in seen.conflicts if st.session_state.get(_key(seen, one)) == _TAKE)
    return frozenset((one.community, one.subject) for one in chosen)


def show_conflicts(visit: Visit, seen: Preview) -> None:
    """Both sides of every conflict, and the choice between them."""
    conflicts = seen.conflicts
    if not conflicts:
        return
    text = visit.text
    st.subheader(text("import.conflicts"))
    st.markdown(plain(text.plural("import.conflicts_hint", len(conflicts))))
    with st.container(horizontal=True):
        for choice in (_KEEP, _TAKE):
            st.button(
                text(f"import.all_{choice}"),
                key=f"import-all-{choice}",
                on_click=_choose_all,
                args=(seen, choice),
            )
    for one in conflicts[:_MOST_SINGLE]:
        _both(visit, seen, one)
    if len(conflicts) > _MOST_SINGLE:
        rest = len(conflicts) - _MOST_SINGLE
        st.caption(plain(text.plural("import.conflicts_more", rest)))


def _both(visit: Visit, seen: Preview, one: Change) -> None:
    text = visit.text
    framework = framework_of(visit.store, seen.round.framework)
    line = change_lines(text, framework, seen.names, one)
    at = text.moment(one.old.at, visit.zone) if one.old.at else ""
    with st.container(border=True):
        st.markdown(f"**{plain(line.community)}** · {plain(line.subject)}")
        here, file = st.columns(2)
        here.markdown(plain(text("import.here", words=line.old, at=at)))
        file.markdown(plain(text("import.in_file", words=line.new, row=one.place.row)))
        st.segmented_control(
            text("import.choose"),
            (_KEEP, _TAKE),
            format_func=lambda choice: text(f"import.{choice}"),
            default=_KEEP,
            required=True,
            key=_key(seen, one),
            label_visibility="collapsed",
        )


def _choose_all(seen: Preview, choice: str) -> None:
    for one in seen.conflicts:
        st.session_state[_key(seen, one)] = choice


def _key(seen: Preview, one: Change) -> str:
    return f"import-conflict:{seen.upload.sha256[:12]}:{one.community}:{one.subject}"
