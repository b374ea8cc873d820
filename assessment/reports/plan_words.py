"""Actions of the plan in words, the same on screen and on paper."""

from collections.abc import Sequence
from decimal import Decimal

from assessment.domain.action_check import Check, Checked
from assessment.domain.cheapest import Proposal
from assessment.domain.framework import Item, UsualAction
from assessment.domain.plan import PlannedAction, after_actions
from assessment.domain.records import Programme
from assessment.domain.schedule import Span
from assessment.domain.scoring import GateResult
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.score_words import gate_results
from assessment.reports.signs import STATES


def cost_words(text: Translator, cost: Decimal | None) -> str:
    """Yuan with two decimals only where there are any; "cost not known" is not 0."""
    if cost is None:
        return text("plan.cost_unknown")
    decimals = 0 if cost == cost.to_integral_value() else 2
    return text("plan.yuan", cost=text.number(float(cost), decimals))


def total_words(text: Translator, actions: Sequence[PlannedAction]) -> str:
    """The sum of the known costs, and how many are not known."""
    total = sum((one.cost or Decimal(0) for one in actions), Decimal(0))
    unknown = sum(one.cost is None for one in actions)
    words = cost_words(text, total)
    return words + (text.plural("plan.and_unknown", unknown) if unknown else "")


def time_words(text: Translator, action: PlannedAction, span: Span | None) -> str:
    """From which month to which, as far as it is known."""
    if span is not None:
        return text("plan.from_to", start=str(span.starts), end=str(span.ends))
    if action.starts is None:
        return text("plan.no_date")
    return text("plan.from", start=str(action.starts))


def window_words(text: Translator, windows: Sequence[Programme]) -> str:
    """The pilot lists with their first and last months; that there is none is said too."""
    if not windows:
        return text("plan.no_window")
    named = [
        text("plan.window", title=one.title(text.language), start=one.starts, end=one.ends)
        for one in windows
    ]
    return text("join.list").join(named)


def check_words(text: Translator, one: Checked) -> str:
    """What became of an action; empty while there is nothing to check."""
    if one.check is Check.WAITING:
        return ""
    words = text(f"plan_check.{one.check}")
    if one.before is None or one.now is None:
        return words
    before, now = one.before.state, one.now.state
    states = text(
        "plan.before_and_now",
        before=f"{STATES[before].symbol} {text(f'answer_state.{before}')}",
        now=f"{STATES[now].symbol} {text(f'answer_state.{now}')}",
    )
    return f"{words}{states}"


def usual_words(text: Translator, usual: UsualAction) -> str:
    """A usual action with how long it takes and what it is counted in."""
    return text(
        "plan.usual",
        words=usual.words.in_language(text.language),
        months=usual.months,
        unit=usual.unit.in_language(text.language),
    )


def offered_words(text: Translator, item: Item, usual: UsualAction) -> str:
    """What an action is called that was taken over from the usual ones."""
    return text(
        "plan.offered",
        title=item.title.in_language(text.language),
        words=usual.words.in_language(text.language),
    )


def lacking_words(text: Translator, sheet: Sheet, target: float) -> str:
    """Which gates are not passed, and how many points are short of the target."""
    results = gate_results(sheet)
    names = [
        sheet.framework.item(one).title.in_language(text.language)
        for one, result in results.items()
        if result is not GateResult.PASSED
    ]
    short = target - _low(sheet) * 100
    parts = []
    if names:
        parts.append(text("plan.lacking_gates", names=text("join.list").join(names)))
    if short > 1e-7:
        # Rounded up: what is short is never shown as nothing.
        tenths = -int(-short * 10 // 1) / 10
        parts.append(text("plan.lacking_points", points=text.number(tenths, 1)))
    return text("join.change").join(parts)


def why_words(text: Translator, sheet: Sheet, proposal: Proposal, one: PlannedAction) -> str:
    """What would be missing without this action of a proposal."""
    others = [each for each in proposal.actions if each.id != one.id]
    less = after_actions(sheet, others)
    now, then = gate_results(proposal.sheet), gate_results(less)
    lost = [
        sheet.framework.item(gate).title.in_language(text.language)
        for gate, result in now.items()
        if result is GateResult.PASSED and then[gate] is not GateResult.PASSED
    ]
    waiting = [each.words for each in others if each.after == one.id]
    reasons = []
    if lost:
        reasons.append(text("plan.why_gate", names=text("join.list").join(lost)))
    points = (_low(proposal.sheet) - _low(less)) * 100
    if points > 0 and not lost:
        reasons.append(text("plan.why_points", points=text.number(points, 1)))
    if waiting:
        reasons.append(text("plan.why_first", names=text("join.list").join(waiting)))
    return text("join.change").join(reasons)


def _low(sheet: Sheet) -> float:
    low = float(sheet.scores.overall.low[0])
    return 0.0 if low != low else low
