"""Imports that were made, each of which can be taken back as one step."""

import streamlit as st

from assessment.reports.log_words import author_words
from assessment.services.import_undoing import PastImport, Undone, past_imports, undo_import
from assessment.ui.attempt import attempt, show_outcome
from assessment.ui.context import Visit
from assessment.ui.followers import whole_page
from assessment.ui.plain_text import plain
from assessment.ui.session import signature

_PLACE = "import-undo"
_SHOWN = 10
_LEFT_SHOWN = 20
_LEFT = "import:left"


def past_list(visit: Visit) -> None:
    """The newest imports, with a button that undoes each."""
    text = visit.text
    found = past_imports(visit.store)
    if not found:
        return
    st.header(text("import.past"))
    show_outcome(_PLACE)
    _tell_left(visit)
    for one in found[:_SHOWN]:
        _line(visit, one)


def _line(visit: Visit, one: PastImport) -> None:
    text, file = visit.text, one.file
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        words = text(
            "import.past_line",
            name=file.name,
            at=text.moment(file.at, visit.zone),
            by=author_words(text, one.author),
            added=text.number(file.added),
            changed=text.number(file.changed),
            refused=text.number(file.refused),
            communities=text.number(one.communities),
        )
        st.markdown(plain(words))
        if file.undone_at is not None:
            at = text.moment(file.undone_at, visit.zone)
            st.caption(plain(text("import.undone_at", at=at)))
        else:
            st.button(
                text("import.undo"),
                key=f"import-undo:{file.id}",
                icon=":material/undo:",
                on_click=_undo,
                args=(visit, file.id),
            )


def _undo(visit: Visit, number: int) -> None:
    outcome: list[Undone] = []

    def undo() -> None:
        outcome.append(undo_import(visit.store, signature(), number))

    st.session_state.pop(_LEFT, None)
    if attempt(visit, _PLACE, undo, visit.text("import.undo_done")):
        st.session_state[_LEFT] = outcome[0]
    whole_page()


def _tell_left(visit: Visit) -> None:
    """What somebody changed after the import: it stays as it is, and that is said."""
    outcome: Undone | None = st.session_state.get(_LEFT)
    if outcome is None or not outcome.left:
        return
    text = visit.text
    names = text("join.list").join(
        f"{code} {subject}".strip() for code, subject in outcome.left[:_LEFT_SHOWN]
    )
    words = text.plural("import.undo_left", len(outcome.left), names=names)
    st.warning(plain(words))
