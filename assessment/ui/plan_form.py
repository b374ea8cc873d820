"""Type an action into the plan, or change one."""

import uuid
from collections.abc import Sequence

import streamlit as st

from assessment.domain.errors import NotSaved, Refused
from assessment.domain.plan import (
    ActionState,
    PlannedAction,
    can_be_planned,
    is_linked,
    usual_actions,
)
from assessment.domain.sheet import Sheet
from assessment.reports.plan_words import usual_words
from assessment.services.planning import TypedAction, add_action, change_action
from assessment.ui.context import Visit
from assessment.ui.plain_text import plain
from assessment.ui.session import signature

_EDITING, _FAULTS, _DRAWN = "plan:editing", "plan:faults", "plan:drawn"
_ITEM = "plan:item"
PLAN_TEXTS = ("words", "cost", "starts", "months", "owner", "decides")
PLAN_AREAS = ("service_area", "activity_area")


def edit(action: PlannedAction | None, item: str = "") -> None:
    """Open the form for an action, or for a new one, about an item or about any."""
    st.session_state[_EDITING] = action
    st.session_state[_ITEM] = item
    st.session_state[_DRAWN] = st.session_state.get(_DRAWN, 0) + 1
    st.session_state.pop(_FAULTS, None)


def plan_form(visit: Visit, sheet: Sheet, actions: Sequence[PlannedAction]) -> None:
    """The fields; what cannot be taken is said and stays in them."""
    text = visit.text
    action: PlannedAction | None = st.session_state.get(_EDITING)
    items = _items(sheet, action)
    if not items:
        return
    title = text("plan.change") if action else text("plan.add")
    is_open = action is not None or bool(st.session_state.get(_ITEM)) or not actions
    with st.expander(title, icon=":material/add_task:", expanded=is_open):
        st.caption(plain(text("plan.form_help")))
        _fields(visit, sheet, actions, action, items)
        for words in st.session_state.get(_FAULTS, ()):
            st.error(plain(words))
        save, leave, _ = st.columns([1, 1, 3], wrap=True)
        save.button(
            text("plan.save") if action else text("plan.add_button"),
            key="plan:save",
            type="primary",
            on_click=_save,
            args=(visit, sheet, action),
        )
        if action is not None:
            leave.button(text("plan.leave"), key="plan:leave", on_click=edit, args=(None,))


def _fields(
    visit: Visit,
    sheet: Sheet,
    actions: Sequence[PlannedAction],
    action: PlannedAction | None,
    items: Sequence[str],
) -> None:
    text, language = visit.text, visit.text.language
    wished = action.item if action else st.session_state.get(_ITEM, "")
    chosen = st.selectbox(
        text("plan.item"),
        items,
        index=items.index(wished) if wished in items else 0,
        format_func=lambda one: f"{one} {sheet.framework.item(one).title.in_language(language)}",
        key=_key("item"),
    )
    usual = usual_actions(sheet.framework, sheet.framework.item(chosen))
    if usual:
        named = text("join.list").join(usual_words(text, one) for one in usual)
        st.caption(plain(text("plan.usually", actions=named)))
    for name in _texts(sheet, chosen):
        _text_field(visit, action, name)
    means = {one.id: one.label.in_language(language) for one in sheet.framework.means}
    others = {one.id: one for one in actions if action is None or one.id != action.id}
    _choose(visit, "means", ["", *means], action.means if action else "", means)
    _after(visit, action, others)
    states = {one.value: text(f"plan_state.{one}") for one in ActionState}
    now = action.state.value if action else ActionState.PLANNED.value
    _choose(visit, "state", list(states), now, states)


def _texts(sheet: Sheet, item: str) -> Sequence[str]:
    """The text fields of an action about an item."""
    return (*PLAN_TEXTS, *PLAN_AREAS) if is_linked(sheet.framework, item) else PLAN_TEXTS


def _text_field(visit: Visit, action: PlannedAction | None, name: str) -> None:
    now = getattr(action, name) if action else None
    st.text_input(
        visit.text(f"plan.{name}"),
        "" if now is None or (name in PLAN_AREAS and not now) else str(now),
        key=_key(name),
        placeholder=visit.text(f"plan.{name}_hint"),
    )


def _choose(visit: Visit, name: str, options: list[str], now: str, labels: dict[str, str]) -> None:
    st.selectbox(
        visit.text(f"plan.{name}"),
        options,
        index=options.index(now) if now in options else 0,
        format_func=lambda one: labels.get(one, visit.text("plan.open")),
        key=_key(name),
    )


def _after(visit: Visit, action: PlannedAction | None, others: dict[int, PlannedAction]) -> None:
    options: list[int | None] = [None, *others]
    now = action.after if action else None
    st.selectbox(
        visit.text("plan.after"),
        options,
        index=options.index(now) if now in options else 0,
        format_func=lambda one: others[one].words if one else visit.text("plan.nothing_first"),
        key=_key("after"),
    )


def _items(sheet: Sheet, action: PlannedAction | None) -> list[str]:
    """Gaps first, then what is still open; only what an action can make met.

    The item of an action that is being changed stays among them, met or not.
    """
    gaps = [gap.item.id for gap in sheet.gaps]
    wanted = dict.fromkeys([*gaps, *sheet.open_items])
    if action is not None and sheet.framework.has_item(action.item):
        wanted[action.item] = None
    return [one for one in wanted if can_be_planned(sheet.framework, sheet.framework.item(one))]


def _save(visit: Visit, sheet: Sheet, action: PlannedAction | None) -> None:
    """Keep what the form says at this moment: the last text may come with this very click."""
    store, typed = visit.store, _typed(sheet)
    try:
        if action is None:
            add_action(store, signature(), sheet, st.session_state.pop(_submission()), typed)
        else:
            change_action(store, signature(), sheet, action, typed)
    except Refused as refused:
        st.session_state[_FAULTS] = [visit.text.fault(one) for one in refused.faults]
    except NotSaved as not_saved:
        st.session_state[_FAULTS] = [visit.text(f"not_saved.{not_saved.reason}")]
    else:
        edit(None)


def _typed(sheet: Sheet) -> TypedAction:
    state = st.session_state
    item = state[_key("item")]
    return TypedAction(
        item=item,
        means=state[_key("means")],
        after=state[_key("after")],
        state=state[_key("state")],
        **{name: state.get(_key(name), "") for name in _texts(sheet, item)},
    )


def _submission() -> str:
    """The key in the session of this form's submission: one for every time it is drawn empty."""
    key = f"plan:submission:{st.session_state.get(_DRAWN, 0)}"
    st.session_state.setdefault(key, uuid.uuid4().hex)
    return key


def _key(name: str) -> str:
    """A new key for every new form: its fields begin anew."""
    return f"plan:{st.session_state.get(_DRAWN, 0)}:{name}"
