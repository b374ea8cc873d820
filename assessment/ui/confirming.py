"""What was carried over from the round before: confirmed one by one, by theme, or all at once."""

from collections.abc import Callable, Sequence

import streamlit as st

from assessment.domain.answers import Answer
from assessment.domain.errors import NotSaved, Refused
from assessment.domain.sheet import Sheet
from assessment.services.answering import Kept, subject_of
from assessment.services.carrying import confirm, unconfirm
from assessment.ui.context import Visit
from assessment.ui.followers import whole_page
from assessment.ui.plain_text import plain
from assessment.ui.session import signature
from assessment.ui.walk import FACTS, Station

_CONFIRMED, _TROUBLE = "confirmed", "confirm:trouble"


def confirm_button(visit: Visit, sheet: Sheet, subject: str) -> None:
    """The button below one item or fact; nothing if there is nothing to confirm."""
    kept = sheet.answers.get(subject) or sheet.saved_facts.get(subject)
    if kept is None or not kept.to_confirm or kept not in sheet.to_confirm:
        return
    st.button(
        visit.text("confirm.one"),
        key=f"confirm-{subject}",
        icon=":material/check:",
        on_click=_confirm,
        args=(visit, sheet, (subject,)),
    )


def confirm_bar(visit: Visit, sheet: Sheet, station: Station) -> None:
    """How much is to be confirmed, with one click for the theme in view and one for all."""
    waiting = sheet.to_confirm
    undoable = _last_confirmed(sheet)
    trouble = st.session_state.pop(_TROUBLE, "")
    if trouble:
        st.error(plain(trouble))
    if not waiting and not undoable:
        return
    text = visit.text
    with st.container(key="confirm-bar", horizontal=True, vertical_alignment="center"):
        words = text.plural("confirm.left", len(waiting)) if waiting else text("confirm.none_left")
        st.markdown(plain(words))
        here = [subject_of(one) for one in waiting if _is_at(sheet, station, one)]
        everything = [subject_of(one) for one in waiting]
        if here and len(here) < len(everything):
            label = text.plural("confirm.here", len(here))
            _button(label, "confirm_here", _confirm, visit, sheet, here)
        if everything:
            label = text.plural("confirm.all", len(everything))
            _button(label, "confirm_all", _confirm, visit, sheet, everything)
        if undoable:
            label = text.plural("confirm.undo", len(undoable))
            _button(label, "confirm_undo", _undo, visit, sheet, undoable)


def _button(
    label: str,
    key: str,
    do: Callable[..., None],
    visit: Visit,
    sheet: Sheet,
    about: Sequence[str] | Sequence[Kept],
) -> None:
    st.button(label, key=key, on_click=do, args=(visit, sheet, about))


def _is_at(sheet: Sheet, station: Station, kept: Kept) -> bool:
    if not isinstance(kept, Answer):
        return station.theme == FACTS
    return sheet.framework.item(kept.item).theme == station.theme


def _last_confirmed(sheet: Sheet) -> Sequence[Kept]:
    about, done = st.session_state.get(_CONFIRMED, (0, ()))
    return done if about == sheet.assessment.id else ()


def _confirm(visit: Visit, sheet: Sheet, subjects: Sequence[str]) -> None:
    _try(visit, lambda: _remember(confirm(visit.store, signature(), sheet, subjects)))


def _undo(visit: Visit, sheet: Sheet, confirmed: Sequence[Kept]) -> None:
    def undo() -> None:
        unconfirm(visit.store, signature(), sheet, confirmed)
        st.session_state.pop(_CONFIRMED, None)

    _try(visit, undo)


def _remember(outcome: tuple[Sheet, Sequence[Kept]]) -> None:
    sheet, done = outcome
    if done:
        st.session_state[_CONFIRMED] = (sheet.assessment.id, done)


def _try(visit: Visit, work: Callable[[], None]) -> None:
    try:
        work()
    except Refused as refused:
        st.session_state[_TROUBLE] = visit.text.fault(refused.faults[0])
    except NotSaved as not_saved:
        st.session_state[_TROUBLE] = visit.text(f"not_saved.{not_saved.reason}")
    whole_page()
