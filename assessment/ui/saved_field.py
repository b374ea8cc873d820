"""One input that saves itself: the pattern that loses nothing.

The input is an ordinary keyed widget, seeded from the database. What the page had seen when it
drew the input (value and revision) is its *base*. A change is saved twice over, by the widget's
callback and by comparing in the body, because each sees cases that the other does not: a
callback does not fire for values that the browser sends again after the server was restarted,
and a comparison does not see an input that the same click removed. Both call ``keep``.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from assessment.domain.answers import Answer
from assessment.domain.errors import Fault, NotSaved, Refused
from assessment.domain.records import SavedFact
from assessment.domain.sheet import Sheet
from assessment.services.answering import Clash, Kept, Saved, checked, field_of, save
from assessment.store.engine import Store
from assessment.ui.followers import latest, remember_latest, whole_page
from assessment.ui.session import signature
from assessment.ui.tab_memory import TabMemory

_PAUSE_AFTER_FAILURE = 3.0
_FAILED_AT = "store_failed_at"
_CHANGES = "changes"
_MOST_CHANGES = 50


@dataclass(frozen=True)
class Field:
    """One input: the assessment, the item or fact, and the field of what is kept of it."""

    assessment: int
    subject: str
    name: str = "value"

    @property
    def key(self) -> str:
        """The widget's key; stable, so that saving never takes the focus away."""
        return f"{self.assessment}/{self.subject}/{self.name}"

    @property
    def is_choice(self) -> bool:
        """Whether the widget's empty value is ``None`` and not an empty text."""
        return self.name in ("choice", "detail:means", "option")

    @property
    def record_name(self) -> str:
        """The field's name in what is kept: a fact has only a value."""
        return "value" if self.name == "option" else self.name


@dataclass(frozen=True)
class Trouble:
    """Why an input is not saved: a refused value, a database that cannot write, or a clash."""

    value: Any
    fault: Fault | None = None
    reason: str = ""
    theirs: Kept | None = None


@dataclass
class Held:
    """What the visit knows of an input: its base, the text last taken over, and its trouble.

    ``taken`` differs from the base where a number was typed with its unit.
    """

    base: Kept
    taken: Any = None
    trouble: Trouble | None = None


def seed(sheet: Sheet, field: Field, memory: TabMemory) -> Any:  # noqa: ANN401
    """The value to draw the input with; call it just before drawing."""
    stored = stored_of(sheet, field)
    held = _all_held().get(field.key)
    if field.key not in st.session_state or held is None:
        held = _all_held()[field.key] = Held(memory.seen(stored), trouble=trouble_of(field))
    else:
        _follow(field, held, stored)
    return held.trouble.value if held.trouble else _of(held.base, field)


def keep(store: Store, sheet: Sheet, field: Field) -> bool:
    """Save the input if it differs from its base; whether anything was written."""
    held = _all_held().get(field.key)
    if held is None or field.key not in st.session_state:
        return False
    value = _value(field)
    if _settled(field, held, value):
        return False
    try:
        if checked(sheet.framework, held.base, field.record_name, value) == _of(held.base, field):
            held.taken, held.trouble = value, None
            return False
        outcome = _save(store, sheet, field, held.base, value)
    except Refused as refused:
        held.trouble = Trouble(value, fault=refused.faults[0])
    except NotSaved as not_saved:
        held.trouble = Trouble(value, reason=_told_reason(held.trouble, not_saved.reason))
    else:
        return _after_save(field, held, value, outcome)
    return False


def keeper(store: Store, sheet: Sheet, field: Field) -> Callable[[], None]:
    """The callback of an input on the plain page."""

    def callback() -> None:
        keep(store, sheet, field)
        whole_page()

    return callback


def click_keeper(
    store: Store, sheet: Sheet, field: Field, needs_page: Callable[[str, str], bool]
) -> Callable[[], None]:
    """The callback of buttons that are a fragment.

    ``needs_page`` is given the answer before and now: do other inputs belong to it? Then, when
    trouble comes or goes, and when what was handed in is open again, the whole page is drawn.
    """

    def callback() -> None:
        held = _all_held().get(field.key)
        before, trouble = (_of(held.base, field), held.trouble) if held else ("", None)
        keep(store, sheet, field)
        opened = latest(sheet).assessment != sheet.assessment
        if opened or trouble_of(field) != trouble or needs_page(before, _value(field)):
            whole_page()

    return callback


def is_stale(sheet: Sheet, field: Field) -> bool:
    """Whether the drawn value is an old one that nobody touched: draw again to show the new."""
    held = _all_held()[field.key]
    if stored_of(sheet, field).revision <= held.base.revision:
        return False
    return _untouched(field, held) and _of(stored_of(sheet, field), field) != _of(held.base, field)


def shown_revision(field: Field) -> int:
    """The revision that the input was drawn from."""
    return _all_held()[field.key].base.revision


def stored_of(sheet: Sheet, field: Field) -> Kept:
    """What the database holds for the input's item or fact."""
    if field.name in ("value", "option"):
        return sheet.saved_facts.get(field.subject, SavedFact(field.subject))
    return sheet.answers.get(field.subject, Answer(field.subject))


def trouble_of(field: Field) -> Trouble | None:
    """Why the input is not saved, or ``None``."""
    held = _all_held().get(field.key)
    return held.trouble if held else None


def keep_mine(field: Field) -> None:
    """Settle a clash: what stands here is to replace the other value."""
    held = _all_held()[field.key]
    if held.trouble is not None and held.trouble.theirs is not None:
        held.base, held.trouble = held.trouble.theirs, None


def take_theirs(field: Field) -> None:
    """Settle a clash: show and keep the other value."""
    held = _all_held()[field.key]
    if held.trouble is not None and held.trouble.theirs is not None:
        _show(field, held, held.trouble.theirs)


def unsaved_fields(assessment: int) -> list[Field]:
    """Every input of this visit that could not be saved, drawn or not."""
    prefix = f"{assessment}/"
    return [
        Field(assessment, *key.removeprefix(prefix).split("/", 1))
        for key, held in _all_held().items()
        if held.trouble is not None and key.startswith(prefix)
    ]


def try_again() -> None:
    """Let the next run save at once, however short ago the database was stuck."""
    st.session_state.pop(_FAILED_AT, None)


def undo(store: Store, sheet: Sheet) -> str:
    """Put the last change of this visit back, as a new revision; returns what it was about."""
    changes: list[tuple[Field, Any, Kept]] = st.session_state.get(_CHANGES, [])
    if not changes:
        return ""
    field, before, after = changes[-1]
    held = _all_held()[field.key]
    try:
        outcome = save(store, signature(), sheet, after, field.record_name, before)
    except NotSaved as not_saved:
        held.trouble = Trouble(before, reason=not_saved.reason)
        return ""
    changes.pop()
    if isinstance(outcome, Clash):
        held.trouble = Trouble(before, theirs=outcome.theirs)
        return ""
    if field.key in st.session_state:
        _show(field, held, outcome.kept)
    return field.subject


def _all_held() -> dict[str, Held]:
    """One entry of the session for all inputs: Streamlit gets slower with every entry."""
    held: dict[str, Held] = st.session_state.setdefault("held", {})
    return held


def _save(
    store: Store,
    sheet: Sheet,
    field: Field,
    base: Kept,
    value: Any,  # noqa: ANN401
) -> Saved | Clash:
    """Save, but do not make a person wait for every input while the database is stuck."""
    if time.monotonic() - st.session_state.get(_FAILED_AT, -1e9) < _PAUSE_AFTER_FAILURE:
        raise NotSaved("waiting")
    try:
        return save(store, signature(), sheet, base, field.record_name, value)
    except NotSaved:
        st.session_state[_FAILED_AT] = time.monotonic()
        raise


def _told_reason(before: Trouble | None, reason: str) -> str:
    """The reason that a person can act on outlives the short wait before the next try."""
    return before.reason if reason == "waiting" and before and before.reason else reason


def _after_save(
    field: Field,
    held: Held,
    value: Any,  # noqa: ANN401
    outcome: Saved | Clash,
) -> bool:
    if isinstance(outcome, Clash):
        held.trouble = Trouble(value, theirs=outcome.theirs)
        return False
    changes = st.session_state.setdefault(_CHANGES, [])
    changes.append((field, _of(held.base, field), outcome.kept))
    del changes[:-_MOST_CHANGES]
    held.base, held.taken, held.trouble = outcome.kept, value, None
    remember_latest(outcome.sheet)
    return True


def _follow(field: Field, held: Held, stored: Kept) -> None:
    """Take over what others saved, unless this input was touched or is in trouble."""
    if stored.revision <= held.base.revision or held.trouble is not None:
        return
    if not _untouched(field, held):
        return
    if _of(stored, field) == _of(held.base, field):
        held.base = stored
    else:
        _show(field, held, stored)


def _untouched(field: Field, held: Held) -> bool:
    return _value(field) in (_of(held.base, field), held.taken)


def _show(field: Field, held: Held, kept: Kept) -> None:
    value = _of(kept, field)
    st.session_state[field.key] = None if field.is_choice and not value else value
    held.base, held.taken, held.trouble = kept, value, None


def _settled(field: Field, held: Held, value: Any) -> bool:  # noqa: ANN401
    if value == _of(held.base, field) or value == held.taken:
        held.trouble = None
        return True
    return bool(held.trouble and held.trouble.value == value and not held.trouble.reason)


def _of(kept: Kept, field: Field) -> Any:  # noqa: ANN401
    return field_of(kept, field.record_name)


def _value(field: Field) -> Any:  # noqa: ANN401
    value = st.session_state.get(field.key)
    if field.name == "ticks":
        return tuple(value or ())
    return value or ""
