"""Actions of the plan in words, the same on screen and on paper."""

from decimal import Decimal

from assessment.domain.plan import PlannedAction
from assessment.language.translator import Translator


def cost_words(text: Translator, cost: Decimal | None) -> str:
    """Yuan with two decimals only where there are any; "cost not known" is not 0."""
    if cost is None:
        return text("plan.cost_unknown")
    decimals = 0 if cost == cost.to_integral_value() else 2
    return text("plan.yuan", cost=text.number(float(cost), decimals))


def time_words(text: Translator, action: PlannedAction) -> str:
    """From which month to which, as far as it is known."""
    if action.starts is None:
        return text("plan.no_date")
    if action.ends is None:
        return text("plan.from", start=str(action.starts))
    return text("plan.from_to", start=str(action.starts), end=str(action.ends))
