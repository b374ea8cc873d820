"""The actions of the plan, each with a tick that counts it in."""

from collections.abc import Sequence

import streamlit as st

from assessment.domain.answers import Outcome
from assessment.domain.plan import PlannedAction, starts_too_early
from assessment.domain.sheet import Sheet
from assessment.reports.plan_words import cost_words, time_words
from assessment.services.planning import remove_action, restore_action
from assessment.ui.context import Visit
from assessment.ui.plain_text import html, plain
from assessment.ui.plan_form import edit
from assessment.ui.session import signature

_REMOVED = "plan:removed"


def plan_list(
    visit: Visit, sheet: Sheet, actions: Sequence[PlannedAction], may_change: bool
) -> list[PlannedAction]:
    """Draw the list; returns the ticked actions."""
    removed: PlannedAction | None = st.session_state.get(_REMOVED)
    if removed is not None and may_change:
        st.button(
            plain(visit.text("plan.undo", name=removed.words)),
            key="plan:undo",
            on_click=_restore,
            args=(visit, sheet, removed),
        )
    if not actions:
        st.info(plain(visit.text("plan.none")))
    by_id = {one.id: one for one in actions}
    ticked = []
    for action in actions:
        with st.container(border=True, key=f"plan-{action.id}"):
            if _row(visit, sheet, action, by_id, may_change):
                ticked.append(action)
    return ticked


def tick_only(actions: Sequence[PlannedAction], chosen: Sequence[PlannedAction]) -> None:
    """Count in these and no others."""
    wanted = {one.id for one in chosen}
    for action in actions:
        st.session_state[_tick(action)] = action.id in wanted


def _row(
    visit: Visit,
    sheet: Sheet,
    action: PlannedAction,
    by_id: dict[int, PlannedAction],
    may_change: bool,
) -> bool:
    text = visit.text
    st.session_state.setdefault(_tick(action), True)
    is_in = st.checkbox(plain(f"{action.item} {action.words}"), key=_tick(action))
    st.html(
        html(
            '<p class="quiet">{line}</p>',
            line=" · ".join(filter(None, _facts(visit, sheet, action, by_id))),
        )
    )
    first = starts_too_early(action, by_id)
    if first is not None:
        st.warning(plain(text("plan.too_early", name=first.words, month=str(first.ends))))
    if sheet.framework.has_item(action.item) and sheet.judged[action.item].outcome is Outcome.MET:
        st.success(plain(text("plan.met_now")))
    if may_change:
        _buttons(visit, sheet, action)
    return is_in


def _buttons(visit: Visit, sheet: Sheet, action: PlannedAction) -> None:
    with st.container(horizontal=True):
        st.button(
            visit.text("plan.edit"), key=f"plan:edit:{action.id}", on_click=edit, args=(action,)
        )
        st.button(
            visit.text("plan.remove"),
            key=f"plan:remove:{action.id}",
            on_click=_remove,
            args=(visit, sheet, action),
        )


def _facts(
    visit: Visit, sheet: Sheet, action: PlannedAction, by_id: dict[int, PlannedAction]
) -> list[str]:
    text = visit.text
    means = {one.id: one.label.in_language(text.language) for one in sheet.framework.means}
    first = by_id.get(action.after) if action.after else None
    areas = (
        text(
            "plan.areas",
            service=text.number(float(action.service_area), 1),
            activity=text.number(float(action.activity_area), 1),
        )
        if action.service_area or action.activity_area
        else ""
    )
    return [
        text(f"plan_state.{action.state}"),
        means.get(action.means, ""),
        cost_words(text, action.cost),
        time_words(text, action),
        areas,
        text("plan.by", owner=action.owner) if action.owner else "",
        text("plan.decided_by", who=action.decides) if action.decides else "",
        text("plan.waits_for", name=first.words) if first else "",
    ]


def _tick(action: PlannedAction) -> str:
    return f"plan:tick:{action.id}"


def _remove(visit: Visit, sheet: Sheet, action: PlannedAction) -> None:
    remove_action(visit.store, signature(), sheet.community, action)
    st.session_state[_REMOVED] = action


def _restore(visit: Visit, sheet: Sheet, action: PlannedAction) -> None:
    restore_action(visit.store, signature(), sheet.community, action)
    del st.session_state[_REMOVED]
