"""Computed quantities in words; the display never contradicts the mark."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

from assessment.domain.framework import Item
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator

_DECIMALS = 2


def quantity_words(text: Translator, item: Item, sheet: Sheet) -> str:
    """The value with its unit and the threshold, or why it cannot be computed."""
    quantity = sheet.judged[item.id].quantity
    if item.rule is None or quantity is None:
        return ""
    if quantity.value is None:
        missing = text("join.list").join(
            sheet.framework.fact(fact).label.in_language(text.language) for fact in quantity.missing
        )
        return text(f"quantity.{quantity.fault}", missing=missing)
    asked = sheet.asked(item.id).rule or item.rule
    words = text(
        f"quantity.{item.rule.direction}",
        value=shown_value(text, quantity.value, item.rule.direction),
        threshold=asked.threshold,
        unit=item.rule.unit.in_language(text.language),
    )
    national = national_words(text, item, sheet)
    return f"{words}{text('join.change')}{national}" if national else words


def national_words(text: Translator, item: Item, sheet: Sheet) -> str:
    """The national threshold beside a local one, with the result under it and the ground; blank
    where no local one holds."""
    judged = sheet.judged_nationally(item.id)
    if judged is None or item.rule is None or item.rule.local is None:
        return ""
    return text(
        "quantity.national",
        threshold=item.rule.threshold,
        unit=item.rule.unit.in_language(text.language),
        state=text(f"answer_state.{judged.outcome.state}"),
        ground=item.rule.local.ground.in_language(text.language),
    )


def formula_words(text: Translator, item: Item, sheet: Sheet) -> str:
    """The named formula with the typed facts in their places; a blank shows as a dash."""
    if item.rule is None:
        return ""
    facts = {
        definition.id: str(sheet.facts.get(definition.id, "–"))
        for definition in sheet.framework.facts
    }
    return text(f"formula.{item.rule.formula}", **facts)


def shown_value(text: Translator, value: Fraction, direction: str = "at_least") -> str:
    """At most two decimals, cut towards failing, so that 29.996 never reads as 30."""
    rounding = ROUND_FLOOR if direction == "at_least" else ROUND_CEILING
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    shown = exact.quantize(Decimal(1).scaleb(-_DECIMALS), rounding=rounding)
    return text.number(float(shown), _DECIMALS)
