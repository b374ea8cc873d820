"""Adding and removing evidence of one item: the inputs below its card, drawn only when opened."""

import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import streamlit as st

from assessment.domain.coordinates import Datum, Place
from assessment.domain.errors import NotSaved, Refused
from assessment.domain.evidence import (
    LARGEST_FILE,
    MOST_OF_ITEM,
    Evidence,
    read_date,
)
from assessment.domain.framework import Item
from assessment.domain.sheet import Sheet
from assessment.domain.sizes import MEGABYTE
from assessment.services import evidence as service
from assessment.services.communities import move
from assessment.services.recognising import OFFERED, clean_name
from assessment.ui.context import Visit
from assessment.ui.followers import whole_page
from assessment.ui.plain_text import plain
from assessment.ui.session import signature

_OPEN, _MESSAGES, _PLACE = "evidence:open", "evidence:messages", "evidence:place"
_REMOVED, _NUMBER = "evidence:removed", "evidence:number"


def is_open(sheet: Sheet, item: Item) -> bool:
    """Whether the inputs of this item are to be drawn."""
    return bool(st.session_state.get(_OPEN) == (sheet.assessment.id, item.id))


def turn(sheet: Sheet, item: Item) -> None:
    """Open or close the inputs of an item; one item at a time is open."""
    opened = is_open(sheet, item)
    for name in (_MESSAGES, _PLACE, _REMOVED):
        st.session_state.pop(name, None)
    st.session_state[_OPEN] = None if opened else (sheet.assessment.id, item.id)
    whole_page()


def evidence_panel(visit: Visit, sheet: Sheet, item: Item, found: Sequence[Evidence]) -> None:
    """The chooser for files, the box for a link, and what can be done with each piece."""
    with st.container(border=True, key="evidence-panel"):
        if item.evidence_hint:
            st.markdown(plain(item.evidence_hint.in_language(visit.text.language)))
        _chooser(visit, sheet, item)
        _link_box(visit, sheet, item)
        _show_messages()
        _offer_place(visit, sheet)
        for one in found:
            _piece(visit, sheet, one)
        _offer_undo(visit, sheet)


def _chooser(visit: Visit, sheet: Sheet, item: Item) -> None:
    key = f"evidence-file:{item.id}:{_number()}"
    st.file_uploader(
        visit.text("evidence.files"),
        type=list(OFFERED),
        accept_multiple_files=True,
        key=key,
        on_change=_take_files,
        args=(visit, sheet, item, key),
    )
    limits = visit.text("evidence.limits", size=LARGEST_FILE // MEGABYTE, most=MOST_OF_ITEM)
    st.caption(plain(limits))
    if st.session_state.get(key):
        st.button(
            visit.text("evidence.again"),
            key="evidence-again",
            on_click=_take_files,
            args=(visit, sheet, item, key),
        )


def _take_files(visit: Visit, sheet: Sheet, item: Item, key: str) -> None:
    """Keep every chosen file, and say of each that was refused which it is and why.

    Where the database cannot write, the chosen files stay chosen.
    """
    st.session_state[_MESSAGES] = []
    settled = [_take_file(visit, sheet, item, one) for one in st.session_state.get(key) or ()]
    if all(settled):
        st.session_state[_NUMBER] = _number() + 1
    whole_page()


def _take_file(visit: Visit, sheet: Sheet, item: Item, chosen: Any) -> bool:  # noqa: ANN401
    name, text = clean_name(chosen.name), visit.text
    submission = f"{sheet.assessment.id}/{item.id}/{chosen.file_id}"
    try:
        added = service.add_file(
            visit.store, signature(), sheet, item.id, submission, name, chosen.getvalue()
        )
    except Refused as refused:
        _say("error", text("evidence.refused", name=name, fault=text.fault(refused.faults[0])))
        return True
    except NotSaved as not_saved:
        reason = text(f"not_saved.{not_saved.reason}")
        _say("error", text("evidence.refused", name=name, fault=reason))
        return False
    _say("success", text("evidence.kept", name=added.evidence.name if added else name))
    if added:
        _offer(added)
    return True


def _offer(added: service.Added) -> None:
    """What the photo said of itself, to be taken over or not."""
    if added.taken_at:
        st.session_state[_PLACE] = added.taken_at
    if added.dated:
        st.session_state[_day_key(added.evidence)] = added.dated


def _link_box(visit: Visit, sheet: Sheet, item: Item) -> None:
    key = f"evidence-link:{item.id}:{_number()}"
    box, action = st.columns([4, 1], vertical_alignment="bottom")
    with box:
        st.text_input(visit.text("evidence.link"), key=key, placeholder="https://")
    with action:
        st.button(
            visit.text("evidence.add_link"),
            key="evidence-add-link",
            on_click=_take_link,
            args=(visit, sheet, item, key),
            width="stretch",
        )


def _take_link(visit: Visit, sheet: Sheet, item: Item, key: str) -> None:
    typed = st.session_state.get(key, "")
    submission = f"{sheet.assessment.id}/{item.id}/{_submission()}/{_number()}"

    def add() -> None:
        service.add_link(visit.store, signature(), sheet, item.id, submission, typed)
        st.session_state[_NUMBER] = _number() + 1
        _say("success", visit.text("evidence.kept", name=typed.strip()))

    _try(visit, add)


def _piece(visit: Visit, sheet: Sheet, one: Evidence) -> None:
    """The day of a piece, and the button that takes it away."""
    st.markdown(plain(one.name or one.url))
    key = f"evidence-day:{one.id}:{one.dated}"
    day, action = st.columns([4, 1], vertical_alignment="bottom")
    with day:
        typed = st.text_input(
            visit.text("evidence.day"),
            one.dated,
            key=key,
            placeholder=visit.text("evidence.day_hint"),
            on_change=_change_day,
            args=(visit, sheet, one, key),
        )
    action.button(
        visit.text("evidence.remove"),
        key=f"evidence-remove:{one.id}",
        on_click=_remove,
        args=(visit, sheet, one),
        width="stretch",
    )
    _tell_unread_day(visit, typed)
    _offer_day(visit, sheet, one)


def _offer_day(visit: Visit, sheet: Sheet, one: Evidence) -> None:
    """The day that the photo said of itself."""
    offered = st.session_state.get(_day_key(one), "")
    if offered and not one.dated:
        st.button(
            visit.text("evidence.day_of_photo", day=visit.text.day(offered)),
            key=f"evidence-photo-day:{one.id}",
            icon=":material/event:",
            on_click=_take_day,
            args=(visit, sheet, one, offered),
        )


def _change_day(visit: Visit, sheet: Sheet, one: Evidence, key: str) -> None:
    # What is no day is told below the box, for as long as it stands there.
    with suppress(Refused):
        read_date(st.session_state[key], service.latest_day(signature().at))
        _take_day(visit, sheet, one, st.session_state[key])


def _tell_unread_day(visit: Visit, typed: str) -> None:
    try:
        read_date(typed, service.latest_day(signature().at))
    except Refused as refused:
        st.error(plain(visit.text.fault(refused.faults[0])))


def _take_day(visit: Visit, sheet: Sheet, one: Evidence, day: str) -> None:
    _try(visit, lambda: service.change_date(visit.store, signature(), sheet, one, day))


def _remove(visit: Visit, sheet: Sheet, one: Evidence) -> None:
    def remove() -> None:
        service.remove(visit.store, signature(), sheet, one)
        st.session_state[_REMOVED] = one

    _try(visit, remove)


def _offer_undo(visit: Visit, sheet: Sheet) -> None:
    one = st.session_state.get(_REMOVED)
    if one is not None:
        st.button(
            plain(visit.text("evidence.undo", name=one.name or one.url[:60])),
            key="evidence-undo",
            icon=":material/undo:",
            on_click=_restore,
            args=(visit, sheet, one),
        )


def _restore(visit: Visit, sheet: Sheet, one: Evidence) -> None:
    def restore() -> None:
        service.restore(visit.store, signature(), sheet, one)
        st.session_state.pop(_REMOVED, None)

    _try(visit, restore)


def _offer_place(visit: Visit, sheet: Sheet) -> None:
    """Where a photo was taken may be where the community is: only a person knows."""
    place: Place | None = st.session_state.get(_PLACE)
    if place is None:
        return
    where = f"{place.longitude:.5f}, {place.latitude:.5f}"
    key = "evidence.place_instead" if sheet.community.place else "evidence.place"
    st.info(plain(visit.text(key, where=where)))
    with st.container(horizontal=True):
        st.button(
            visit.text("evidence.place_take"),
            key="evidence-place-take",
            on_click=_take_place,
            args=(visit, sheet, place),
        )
        st.button(visit.text("evidence.place_leave"), key="evidence-place-leave", on_click=_leave)


def _take_place(visit: Visit, sheet: Sheet, place: Place) -> None:
    def take() -> None:
        where = (place.longitude, place.latitude, Datum.WGS84)
        move(visit.store, signature(), sheet.community, *where)
        st.session_state.pop(_PLACE, None)
        _say("success", visit.text("evidence.place_taken"))

    _try(visit, take)


def _leave() -> None:
    st.session_state.pop(_PLACE, None)
    whole_page()


def _try(visit: Visit, step: Callable[[], None]) -> None:
    """Do one thing and say why if it cannot be done; then draw the page."""
    st.session_state[_MESSAGES] = []
    try:
        step()
    except Refused as refused:
        _say("error", visit.text.fault(refused.faults[0]))
    except NotSaved as not_saved:
        _say("error", visit.text(f"not_saved.{not_saved.reason}"))
    whole_page()


def _say(kind: str, words: str) -> None:
    st.session_state[_MESSAGES].append((kind, words))


def _show_messages() -> None:
    """They stay until the next thing is done or the panel is closed."""
    for kind, words in st.session_state.get(_MESSAGES, ()):
        (st.error if kind == "error" else st.success)(plain(words))


def _number() -> int:
    """Counts what was taken: inputs with another number are new, and empty."""
    return int(st.session_state.get(_NUMBER, 0))


def _submission() -> str:
    return str(st.session_state.setdefault("evidence:submission", uuid.uuid4().hex))


def _day_key(one: Evidence) -> str:
    return f"evidence:day-of-photo:{one.id}"
