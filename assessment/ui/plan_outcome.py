"""What the ticked actions would change, and the cheapest set that is enough."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from assessment.domain.cheapest import Proposal, Wanted, cheapest, passes_all, usable
from assessment.domain.errors import Refused
from assessment.domain.plan import Month, PlannedAction, after_actions, staircase
from assessment.domain.scoring import GateResult
from assessment.domain.sheet import Sheet
from assessment.domain.typed_numbers import YUAN, parse_number
from assessment.reports.gap_words import shortfall_words
from assessment.reports.plan_charts import gantt_chart, stair_chart
from assessment.reports.plan_words import cost_words, time_words
from assessment.reports.score_words import gate_results, gates_words, range_words, verdict_words
from assessment.ui.context import Visit
from assessment.ui.plain_text import html, joined, plain
from assessment.ui.plan_list import tick_only


def outcome(visit: Visit, sheet: Sheet, ticked: Sequence[PlannedAction]) -> None:
    """Now and then, side by side; redrawn with every tick."""
    text = visit.text
    later = after_actions(sheet, ticked)
    cost = sum((one.cost or Decimal(0) for one in ticked), Decimal(0))
    unknown = sum(one.cost is None for one in ticked)
    rows = [
        (
            text("plan.score"),
            range_words(text, sheet.scores.overall),
            range_words(text, later.scores.overall),
        ),
        (text("plan.verdict"), verdict_words(text, sheet), verdict_words(text, later)),
        (text("plan.gates"), gates_words(text, sheet), gates_words(text, later)),
        (text("plan.area"), _shortfall(visit, sheet), _shortfall(visit, later)),
    ]
    cells = joined(
        [
            html(
                '<tr><th scope="row">{a}</th><td>{b}</td><td><strong>{c}</strong></td></tr>',
                a=a,
                b=b,
                c=c,
            )
            for a, b, c in rows
        ]
    )
    st.html(
        html(
            '<table class="plan-outcome"><thead><tr><th></th><th scope="col">{now}</th>'
            '<th scope="col">{then}</th></tr></thead><tbody>{cells}</tbody></table>',
            now=text("plan.now"),
            then=text.plural("plan.then", len(ticked)),
            cells=cells,
        )
    )
    st.caption(plain(text("plan.cost_sum", cost=cost_words(text, cost))))
    if unknown:
        st.caption(plain(text.plural("plan.cost_missing", unknown)))


def cheapest_part(visit: Visit, sheet: Sheet, actions: Sequence[PlannedAction]) -> None:
    """Target, budget and date; then the set, why it, and what it leads to."""
    text = visit.text
    left, middle, right = st.columns(3)
    target = left.number_input(
        text("plan.target"), 0, 100, int(sheet.framework.complete_from), key="plan:target"
    )
    budget_text = middle.text_input(
        text("plan.budget"), key="plan:budget", placeholder=text("plan.budget_hint")
    )
    by_text = right.text_input(
        text("plan.by_month"), key="plan:by", placeholder=text("plan.starts_hint")
    )
    names = {one.id: one for one in actions}
    without = st.multiselect(
        text("plan.without"),
        list(names),
        format_func=lambda one: f"{names[one].item} {names[one].words}",
        key="plan:without",
        placeholder=text("plan.without_hint"),
    )
    try:
        budget = parse_number(budget_text, YUAN) if budget_text.strip() else None
    except Refused as refused:
        st.error(plain(text.fault(refused.faults[0])))
        return
    by = Month.read(by_text)
    if by_text.strip() and by is None:
        st.error(plain(text("plan.bad_month", text=by_text[:20])))
        return
    wanted = Wanted(float(target), budget, by, frozenset(one for one in without if one in names))
    _show_proposal(visit, sheet, actions, wanted)


def plan_pictures(visit: Visit, sheet: Sheet, ticked: Sequence[PlannedAction]) -> None:
    """The bars of time and the staircase of the score; nothing without dates."""
    text = visit.text
    steps = staircase(sheet, ticked)
    if not steps:
        st.info(plain(text("plan.no_dates")))
        return
    st.altair_chart(gantt_chart(text, ticked), alt=text("plan.gantt_alt"))
    st.altair_chart(stair_chart(text, sheet, steps), alt=text("plan.stair_alt"))
    with st.expander(text("table.behind"), icon=":material/table:"):
        st.table(
            [
                {
                    text("plan.month"): str(step.month),
                    text("plan.action"): plain(
                        text("join.list").join(one.words for one in step.actions)
                    ),
                    text("plan.score"): range_words(text, step.sheet.scores.overall),
                    text("plan.gates"): gates_words(text, step.sheet),
                }
                for step in steps
            ]
        )


def _shortfall(visit: Visit, sheet: Sheet) -> str:
    found = sheet.shortfall
    return shortfall_words(visit.text, found) if found else visit.text("plan.no_shortfall")


def _show_proposal(
    visit: Visit, sheet: Sheet, actions: Sequence[PlannedAction], wanted: Wanted
) -> None:
    text = visit.text
    left_out = len(actions) - len(usable(actions, wanted))
    if passes_all(sheet, wanted.target):
        st.success(plain(text("plan.reached_already")))
        return
    proposal = cheapest(sheet, actions, wanted)
    range_then = range_words(text, proposal.sheet.scores.overall)
    cost = cost_words(text, proposal.cost)
    key = "plan.enough" if proposal.reaches else "plan.not_enough"
    tell = st.success if proposal.reaches else st.warning
    tell(plain(text(key, cost=cost, range=range_then, gates=gates_words(text, proposal.sheet))))
    if left_out:
        st.caption(plain(text.plural("plan.left_out", left_out)))
    for one in proposal.actions:
        st.markdown(f"- {plain(_why(visit, sheet, proposal, one))}")
    if proposal.actions:
        st.button(
            text("plan.tick_these"),
            key="plan:tick",
            on_click=tick_only,
            args=(actions, proposal.actions),
        )


def _why(visit: Visit, sheet: Sheet, proposal: Proposal, one: PlannedAction) -> str:
    """What would be missing without it."""
    text = visit.text
    others = [each for each in proposal.actions if each.id != one.id]
    less = after_actions(sheet, others)
    points = _low(proposal.sheet) - _low(less)
    opens_gate = _passed(proposal.sheet) > _passed(less)
    words = (
        text("plan.why_gate")
        if opens_gate
        else text("plan.why_points", points=text.number(points, 1))
    )
    return text(
        "plan.chosen",
        name=f"{one.item} {one.words}",
        cost=cost_words(text, one.cost),
        time=time_words(text, one),
        why=words,
    )


def _passed(sheet: Sheet) -> int:
    """How many gates are passed."""
    return list(gate_results(sheet).values()).count(GateResult.PASSED)


def _low(sheet: Sheet) -> float:
    low = float(sheet.scores.overall.low[0])
    return 0.0 if low != low else low * 100
