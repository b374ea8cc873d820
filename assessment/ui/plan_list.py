"""The actions of the plan, each with a tick that counts it in."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from assessment.domain.action_check import Check, Checked, check_actions
from assessment.domain.plan import ActionState, Month, PlannedAction
from assessment.domain.schedule import Spans, after_window, schedule
from assessment.domain.sheet import Sheet
from assessment.reports.plan_words import check_words, cost_words, time_words
from assessment.services.plan_background import Background
from assessment.services.planning import remove_action, restore_action
from assessment.ui.context import Visit
from assessment.ui.plain_text import html, plain
from assessment.ui.plan_form import edit
from assessment.ui.session import signature

_REMOVED = "plan:removed"


@dataclass(frozen=True)
class Listing:
    """What a row is drawn from: the plan by ids, its dates, and what it is read against."""

    by_id: Mapping[int, PlannedAction]
    spans: Spans
    background: Background
    may_change: bool


def plan_list(
    visit: Visit,
    sheet: Sheet,
    actions: Sequence[PlannedAction],
    background: Background,
    may_change: bool,
) -> list[PlannedAction]:
    """Draw the list; returns the ticked actions. What is done has no tick: it counts already."""
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
    today = datetime.now(visit.zone)
    checked = check_actions(sheet, background.before, actions, Month(today.year, today.month))
    _summary(visit, checked)
    listing = Listing({one.id: one for one in actions}, schedule(actions), background, may_change)
    return [one.action for one in checked if _boxed(visit, sheet, one, listing)]


def tick_only(actions: Sequence[PlannedAction], chosen: Sequence[PlannedAction]) -> None:
    """Count in these and no others."""
    wanted = {one.id for one in chosen}
    for action in actions:
        st.session_state[_tick(action)] = action.id in wanted


def _summary(visit: Visit, checked: Sequence[Checked]) -> None:
    """How many actions have become what; nothing while there is nothing to check."""
    text = visit.text
    counts = Counter(one.check for one in checked)
    parts = [
        text("plan.check_count", words=text(f"plan_check.{check}"), count=counts[check])
        for check in Check
        if check is not Check.WAITING and counts[check]
    ]
    if parts:
        words = text("join.list").join(parts)
        st.info(plain(text("plan.checked", round=visit.round.label(text.language), words=words)))


def _boxed(visit: Visit, sheet: Sheet, one: Checked, listing: Listing) -> bool:
    with st.container(border=True, key=f"plan-{one.action.id}"):
        return _row(visit, sheet, one, listing)


def _row(visit: Visit, sheet: Sheet, one: Checked, listing: Listing) -> bool:
    text, action = visit.text, one.action
    name = plain(f"{action.item} {action.words}")
    is_in = False
    if action.state is ActionState.DONE:
        st.markdown(f"**{name}**")
    else:
        st.session_state.setdefault(_tick(action), True)
        is_in = st.checkbox(name, key=_tick(action))
    st.html(
        html(
            '<p class="quiet">{line}</p>',
            line=" · ".join(filter(None, _facts(visit, sheet, action, listing))),
        )
    )
    for words in _warnings(visit, action, listing):
        st.warning(plain(words))
    words = check_words(text, one)
    if words:
        tell = st.success if one.check in (Check.DONE_MET, Check.MET_BEFORE_DONE) else st.warning
        tell(plain(words))
    if listing.may_change:
        _buttons(visit, sheet, action)
    return is_in


def _warnings(visit: Visit, action: PlannedAction, listing: Listing) -> Iterator[str]:
    """Where the dates do not fit together, or do not fit into the pilot's time."""
    text = visit.text
    span = listing.spans.get(action.id)
    first = listing.by_id.get(action.after or 0)
    if span is not None and span.moved and first is not None:
        ends = listing.spans[first.id].ends
        yield text("plan.moved", name=first.words, month=str(ends), start=str(span.starts))
    if action.state is not ActionState.DONE and after_window(span, listing.background.windows):
        yield text("plan.after_window")


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


def _facts(visit: Visit, sheet: Sheet, action: PlannedAction, listing: Listing) -> list[str]:
    text = visit.text
    means = {one.id: one.label.in_language(text.language) for one in sheet.framework.means}
    first = listing.by_id.get(action.after or 0)
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
        time_words(text, action, listing.spans.get(action.id)),
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
