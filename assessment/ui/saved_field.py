"""One input that saves itself: the pattern that loses nothing.

The input is an ordinary keyed widget, seeded from the database. What the page had seen when it
drew the input (value and revision) is its *base*. A change is saved twice over, by the widget's
callback and by comparing in the body, because each sees cases that the other does not: a
callback does not fire for values that the browser sends again after the server was restarted,
and a comparison does not see an input that the same click removed. Both call ``keep``, and
saving is idempotent.
"""

import time
from dataclasses import dataclass
from typing import Any

import streamlit as st

from assessment.domain.answers import Answer
from assessment.domain.errors import Fault, NotSaved, Refused
from assessment.domain.records import SavedFact
from assessment.domain.sheet import Sheet
from assessment.services.answering import Clash, Kept, Saved, checked, field_of, save, subject_of
from assessment.store.engine import Store
from assessment.ui.session import signature
from assessment.ui.tab_memory import seen_by_tab

_PAUSE_AFTER_FAILURE = 3.0
_FAILED_AT = "store_failed_at"


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


def seed(store: Store, sheet: Sheet, field: Field) -> Any:  # noqa: ANN401
    """The value to draw the input with; call it just before drawing."""
    stored = stored_of(sheet, field)
    if field.key not in st.session_state:
        st.session_state[_base(field)] = seen_by_tab(store, field.assessment, stored)
        st.session_state.pop(_taken(field), None)
    else:
        _follow(field, stored)
    trouble = trouble_of(field)
    if trouble is not None:
        return trouble.value
    return field_of(st.session_state[_base(field)], field.record_name)


def keep(store: Store, sheet: Sheet, field: Field) -> Sheet | None:
    """Save the input if it differs from its base; the new sheet if anything was written."""
    base: Kept | None = st.session_state.get(_base(field))
    if base is None or field.key not in st.session_state:
        return None
    value = _value(field)
    if _settled(field, value):
        return None
    try:
        if checked(sheet.framework, base, field.record_name, value) == _of(base, field):
            _accept(field, base, value)
            return None
        outcome = _save(store, sheet, field, base, value)
    except Refused as refused:
        st.session_state[_trouble(field)] = Trouble(value, fault=refused.faults[0])
    except NotSaved as not_saved:
        st.session_state[_trouble(field)] = Trouble(value, reason=not_saved.reason)
    else:
        return _after_save(field, base, value, outcome)
    return None


def _after_save(
    field: Field,
    base: Kept,
    value: Any,  # noqa: ANN401
    outcome: Saved | Clash,
) -> Sheet | None:
    if isinstance(outcome, Clash):
        st.session_state[_trouble(field)] = Trouble(value, theirs=outcome.theirs)
        return None
    _accept(field, outcome.kept, value)
    _remember_change(field, base, outcome.kept)
    return outcome.sheet


def is_stale(sheet: Sheet, field: Field) -> bool:
    """Whether the drawn value is an old one that nobody touched: draw again to show the new."""
    base: Kept = st.session_state[_base(field)]
    return _untouched(field) and _of(stored_of(sheet, field), field) != _of(base, field)


def shown_revisions(assessment: int) -> dict[str, int]:
    """For every item or fact on the page, the oldest revision that an input was drawn from."""
    shown: dict[str, int] = {}
    prefix = f"base:{assessment}/"
    for key, base in st.session_state.items():
        if not isinstance(key, str) or not key.startswith(prefix):
            continue
        if key.removeprefix("base:") in st.session_state:
            subject = subject_of(base)
            shown[subject] = min(base.revision, shown.get(subject, base.revision))
    return shown


def stored_of(sheet: Sheet, field: Field) -> Kept:
    """What the database holds for the input's item or fact."""
    if field.name in ("value", "option"):
        return sheet.saved_facts.get(field.subject, SavedFact(field.subject))
    return sheet.answers.get(field.subject, Answer(field.subject))


def trouble_of(field: Field) -> Trouble | None:
    """Why the input is not saved, or ``None``."""
    found = st.session_state.get(_trouble(field))
    return found if isinstance(found, Trouble) else None


def keep_mine(field: Field) -> None:
    """Settle a clash: what stands here is to replace the other value."""
    trouble = trouble_of(field)
    if trouble is not None and trouble.theirs is not None:
        st.session_state[_base(field)] = trouble.theirs
        del st.session_state[_trouble(field)]


def take_theirs(field: Field) -> None:
    """Settle a clash: show and keep the other value."""
    trouble = trouble_of(field)
    if trouble is not None and trouble.theirs is not None:
        _show(field, trouble.theirs)


def unsaved_fields(assessment: int) -> list[Field]:
    """Every input of this visit that could not be saved, drawn or not."""
    prefix = f"trouble:{assessment}/"
    keys = [key for key in st.session_state if isinstance(key, str) and key.startswith(prefix)]
    parts = (key.removeprefix(prefix).partition("/") for key in keys)
    return [Field(assessment, subject, name) for subject, _, name in parts]


def last_change() -> Field | None:
    """The input whose change ``undo`` would put back."""
    changes = st.session_state.get("changes")
    return changes[-1][0] if changes else None


def undo(store: Store, sheet: Sheet) -> None:
    """Put the last change of this visit back, as a new revision."""
    changes: list[tuple[Field, Any, Kept]] = st.session_state.get("changes", [])
    if not changes:
        return
    field, before, after = changes.pop()
    outcome = save(store, signature(), sheet, after, field.record_name, before)
    if isinstance(outcome, Clash):
        st.session_state[_trouble(field)] = Trouble(before, theirs=outcome.theirs)
    elif field.key in st.session_state:
        _show(field, outcome.kept)


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


def _follow(field: Field, stored: Kept) -> None:
    """Take over what others saved, unless this input was touched or is in trouble."""
    base: Kept = st.session_state[_base(field)]
    if stored.revision <= base.revision or trouble_of(field) is not None:
        return
    if not _untouched(field):
        return
    if _of(stored, field) == _of(base, field):
        st.session_state[_base(field)] = stored
    else:
        _show(field, stored)


def _untouched(field: Field) -> bool:
    base: Kept = st.session_state[_base(field)]
    value = _value(field)
    return bool(value == _of(base, field) or value == st.session_state.get(_taken(field)))


def _show(field: Field, kept: Kept) -> None:
    value = _of(kept, field)
    st.session_state[field.key] = None if field.is_choice and not value else value
    _accept(field, kept, value)


def _settled(field: Field, value: Any) -> bool:  # noqa: ANN401
    if _untouched(field):
        st.session_state.pop(_trouble(field), None)
        return True
    trouble = trouble_of(field)
    return trouble is not None and trouble.value == value and not trouble.reason


def _accept(field: Field, kept: Kept, value: Any) -> None:  # noqa: ANN401
    st.session_state[_base(field)] = kept
    st.session_state[_taken(field)] = value
    st.session_state.pop(_trouble(field), None)


def _remember_change(field: Field, before: Kept, after: Kept) -> None:
    changes = st.session_state.setdefault("changes", [])
    changes.append((field, _of(before, field), after))
    del changes[:-50]


def _of(kept: Kept, field: Field) -> Any:  # noqa: ANN401
    return field_of(kept, field.record_name)


def _value(field: Field) -> Any:  # noqa: ANN401
    value = st.session_state.get(field.key)
    if field.name == "ticks":
        return tuple(value or ())
    return value or ""


def _base(field: Field) -> str:
    return f"base:{field.key}"


def _taken(field: Field) -> str:
    return f"taken:{field.key}"


def _trouble(field: Field) -> str:
    return f"trouble:{field.key}"
