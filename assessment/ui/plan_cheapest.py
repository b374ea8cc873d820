"""The cheapest set of actions that is enough: limits, the set, why it, and the next best."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from assessment.domain.cheapest import (
    Proposal,
    Wanted,
    cheapest,
    passes_all,
    usable,
    way_out,
)
from assessment.domain.errors import Refused
from assessment.domain.plan import ActionState, Month, PlannedAction
from assessment.domain.schedule import schedule
from assessment.domain.sheet import Sheet
from assessment.domain.typed_numbers import YUAN, parse_number
from assessment.reports.plan_words import cost_words, lacking_words, time_words, why_words
from assessment.reports.score_words import gates_words, range_words
from assessment.ui.context import Visit
from assessment.ui.plain_text import plain
from assessment.ui.plan_list import tick_only

_WITHOUT = "plan:set_aside"


def cheapest_part(visit: Visit, sheet: Sheet, actions: Sequence[PlannedAction]) -> None:
    """Target, budget and date; then the set, why it, and what it leads to."""
    wanted = _wanted(visit, sheet, actions)
    if wanted is None:
        return
    if passes_all(sheet, wanted.target):
        st.success(plain(visit.text("plan.reached_already")))
        return
    proposal = cheapest(sheet, actions, wanted)
    _tell(visit, sheet, actions, wanted, proposal)
    _show_set(visit, sheet, actions, wanted, proposal)


def _wanted(visit: Visit, sheet: Sheet, actions: Sequence[PlannedAction]) -> Wanted | None:
    """What was typed; ``None``, with the reason said, where it cannot be read."""
    text = visit.text
    left, middle, right = st.columns(3)
    target = left.number_input(
        text("plan.target"), 0, 100, int(sheet.framework.complete_from), key="plan:target"
    )
    budget_text = middle.text_input(
        text("plan.budget"), key="plan:budget", placeholder=text("plan.budget_hint")
    )
    by_text = right.text_input(
        text("plan.by_month"), key="plan:by", placeholder=text("plan.by_hint")
    )
    try:
        budget = parse_number(budget_text, YUAN) if budget_text.strip() else None
    except Refused as refused:
        st.error(plain(text.fault(refused.faults[0])))
        return None
    by = Month.read(by_text)
    if by_text.strip() and by is None:
        st.error(plain(text("plan.bad_month", text=by_text[:20])))
        return None
    known = {one.id for one in actions}
    without = frozenset(st.session_state.get(_WITHOUT, ())) & known
    return Wanted(float(target), budget, by, without)


def _tell(
    visit: Visit,
    sheet: Sheet,
    actions: Sequence[PlannedAction],
    wanted: Wanted,
    proposal: Proposal,
) -> None:
    """Whether it can be done, at what price, and what stands in the way."""
    text = visit.text
    values = {
        "cost": cost_words(text, proposal.cost),
        "range": range_words(text, proposal.sheet.scores.overall),
        "gates": gates_words(text, proposal.sheet),
    }
    if proposal.reaches:
        st.success(plain(text("plan.enough", **values)))
        _tell_dearer(visit, sheet, actions, wanted, proposal)
    else:
        nearest = "plan.nearest" if proposal.actions else "plan.nearest_none"
        lines = [
            _cannot(visit, wanted),
            text(nearest, **values),
            text("plan.lacking", words=lacking_words(text, proposal.sheet, wanted.target)),
            *_ways_out(visit, sheet, actions, wanted),
        ]
        st.warning(plain("\n".join(lines)))
    to_do = [one for one in actions if one.state is not ActionState.DONE]
    left_out = len(to_do) - len(usable(actions, wanted)) - len(wanted.without)
    if left_out > 0:
        st.caption(plain(text.plural("plan.left_out", left_out)))


def _cannot(visit: Visit, wanted: Wanted) -> str:
    text = visit.text
    if wanted.budget is not None and wanted.by is not None:
        cost = cost_words(text, wanted.budget)
        return text("plan.cannot_within_both", cost=cost, month=str(wanted.by))
    if wanted.budget is not None:
        return text("plan.cannot_within_budget", cost=cost_words(text, wanted.budget))
    if wanted.by is not None:
        return text("plan.cannot_by", month=str(wanted.by))
    return text("plan.cannot")


def _ways_out(
    visit: Visit, sheet: Sheet, actions: Sequence[PlannedAction], wanted: Wanted
) -> list[str]:
    """What would be enough if only the budget, or only the date, were another."""
    text, out = visit.text, way_out(sheet, actions, wanted)
    ways = []
    if out.budget is not None:
        ways.append(text("plan.needs_budget", cost=cost_words(text, out.budget)))
    if out.by is not None:
        ways.append(text("plan.needs_month", month=str(out.by)))
    return ways or [text("plan.needs_actions")]


def _tell_dearer(
    visit: Visit,
    sheet: Sheet,
    actions: Sequence[PlannedAction],
    wanted: Wanted,
    proposal: Proposal,
) -> None:
    """How much dearer the next best is than the best, where something was set aside."""
    if not wanted.without:
        return
    best = cheapest(sheet, actions, Wanted(wanted.target, wanted.budget, wanted.by))
    more = proposal.cost - best.cost
    text = visit.text
    key = "plan.next_best" if more else "plan.next_best_same"
    st.caption(plain(text(key, more=cost_words(text, Decimal(more)))))


def _show_set(
    visit: Visit,
    sheet: Sheet,
    actions: Sequence[PlannedAction],
    wanted: Wanted,
    proposal: Proposal,
) -> None:
    """The chosen actions with a tick each, then those that were set aside without one."""
    text = visit.text
    spans = schedule(actions)
    if proposal.actions:
        st.markdown(plain(text("plan.why_this_set")))
    for one in proposal.actions:
        words = text(
            "plan.chosen",
            name=f"{one.item} {one.words}",
            cost=cost_words(text, one.cost),
            time=time_words(text, one, spans.get(one.id)),
            why=why_words(text, sheet, proposal, one),
        )
        _box(one, True, words)
    aside = [one for one in actions if one.id in wanted.without]
    if aside:
        st.markdown(plain(text("plan.set_aside")))
    for one in aside:
        _box(one, False, f"{one.item} {one.words}")
    if proposal.actions:
        st.button(
            text("plan.tick_these"),
            key="plan:tick",
            on_click=tick_only,
            args=(actions, proposal.actions),
        )


def _box(action: PlannedAction, is_in: bool, words: str) -> None:
    key = f"plan:take:{action.id}"
    st.session_state[key] = is_in
    st.checkbox(plain(words), key=key, on_change=_turn, args=(action.id,))


def _turn(action_id: int) -> None:
    """Un-ticked: look for the next best without it. Ticked again: it may be used again."""
    aside: set[int] = set(st.session_state.get(_WITHOUT, ()))
    st.session_state[_WITHOUT] = aside ^ {action_id}
