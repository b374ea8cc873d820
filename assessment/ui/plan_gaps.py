"""Every gap that the plan does not take up yet, with what is usually done about it."""

import uuid
from collections.abc import Sequence

import streamlit as st

from assessment.domain.errors import NotSaved, Refused
from assessment.domain.framework import Item
from assessment.domain.plan import (
    ActionState,
    PlannedAction,
    can_be_planned,
    usual_actions,
    usual_areas,
)
from assessment.domain.sheet import Sheet
from assessment.reports.gap_words import gap_now_words, shortfall_words
from assessment.reports.plan_words import offered_words, usual_words
from assessment.services.planning import TypedAction, add_action
from assessment.ui.context import Visit
from assessment.ui.plain_text import html, plain
from assessment.ui.plan_form import edit
from assessment.ui.session import signature

_FIRST = 5
_TAKEN, _TROUBLE = "plan:taken", "plan:taken_trouble"


def plan_gaps(visit: Visit, sheet: Sheet, actions: Sequence[PlannedAction]) -> None:
    """A row for each such gap, gates first; one press takes an action into the plan."""
    text = visit.text
    planned = {one.item for one in actions if one.state is not ActionState.DONE}
    gaps = [
        gap
        for gap in sheet.gaps
        if gap.item.id not in planned and can_be_planned(sheet.framework, gap.item)
    ]
    for words in st.session_state.pop(_TROUBLE, ()):
        st.error(plain(words))
    if not gaps:
        key = "plan.all_taken_up" if sheet.gaps else "plan.no_gaps"
        st.caption(plain(text(key)))
        return
    st.caption(plain(text("plan.gaps_help")))
    if sheet.shortfall is not None:
        st.markdown(plain(shortfall_words(text, sheet.shortfall)))
    for gap in gaps[:_FIRST]:
        _row(visit, sheet, gap.item, gap_now_words(text, sheet, gap))
    if len(gaps) > _FIRST and st.toggle(
        text.plural("plan.more_gaps", len(gaps) - _FIRST), key="plan:more_gaps"
    ):
        for gap in gaps[_FIRST:]:
            _row(visit, sheet, gap.item, gap_now_words(text, sheet, gap))


def _row(visit: Visit, sheet: Sheet, item: Item, now: str) -> None:
    text = visit.text
    usual = {one.id: one for one in usual_actions(sheet.framework, item)}
    with st.container(border=True, key=f"plan-gap-{item.id}"):
        st.html(
            html(
                '<div class="item-head"><span class="item-id">{id}</span>'
                '<span class="item-title">{title}</span>{gate}</div><p class="quiet">{now}</p>',
                id=item.id,
                title=item.title.in_language(text.language),
                gate=html('<span class="role gate">{w}</span>', w=text("role.gate"))
                if item in sheet.framework.gates
                else "",
                now=now,
            )
        )
        if not usual:
            # A round keeps its checklist; earlier ones have no usual actions.
            name = text("plan.add")
            st.button(name, key=f"plan:own:{item.id}", on_click=edit, args=(None, item.id))
            return
        key = f"plan:usual:{item.id}:{st.session_state.get(_TAKEN, 0)}"
        st.pills(
            plain(text("plan.usual_of", title=item.title.in_language(text.language))),
            list(usual),
            format_func=lambda one: usual_words(text, usual[one]),
            key=key,
            on_change=_take,
            args=(visit, sheet, item, key),
            label_visibility="collapsed",
        )


def _take(visit: Visit, sheet: Sheet, item: Item, key: str) -> None:
    """Add the pressed action; its cost, owner and dates are typed afterwards."""
    pressed = st.session_state[key]
    usual = next((one for one in usual_actions(sheet.framework, item) if one.id == pressed), None)
    if usual is None:
        return
    service, activity = usual_areas(sheet, item, usual)
    typed = TypedAction(
        item.id,
        offered_words(visit.text, item, usual),
        means=usual.means or "",
        service_area=str(service or ""),
        activity_area=str(activity or ""),
        months=str(usual.months),
    )
    try:
        add_action(visit.store, signature(), sheet, uuid.uuid4().hex, typed)
    except Refused as refused:
        st.session_state[_TROUBLE] = [visit.text.fault(one) for one in refused.faults]
    except NotSaved as not_saved:
        st.session_state[_TROUBLE] = [visit.text(f"not_saved.{not_saved.reason}")]
    st.session_state[_TAKEN] = st.session_state.get(_TAKEN, 0) + 1
