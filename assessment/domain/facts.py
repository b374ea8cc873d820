"""Facts of a community: what may be typed for each, and what they add up to."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from assessment.domain.errors import Fault, Refused
from assessment.domain.framework import FactDefinition, FactKind, Framework
from assessment.domain.typed_numbers import AREA, HOUSEHOLDS, PEOPLE, NumberForm, parse_number

FactValue = Decimal | str
Facts = Mapping[str, FactValue]

_COUNTS = {"households": HOUSEHOLDS, "population": PEOPLE}


def read_fact(definition: FactDefinition, text: str) -> FactValue | None:
    """The value of what was typed or chosen for a fact; ``None`` for a blank.

    Raises ``Refused`` if a number cannot be read, or ``not_an_option`` for a choice that the
    framework does not offer.
    """
    if not text.strip():
        return None
    if definition.kind is not FactKind.CHOICE:
        return parse_number(text, number_form(definition))
    if text not in {option.id for option in definition.options}:
        raise Refused([Fault("not_an_option", definition.id, values={"text": text[:40]})])
    return text


def number_form(definition: FactDefinition) -> NumberForm:
    """What may be typed for a numeric fact."""
    if definition.kind is FactKind.AREA:
        return AREA
    return _COUNTS.get(definition.id, PEOPLE)


def numbers(facts: Facts) -> dict[str, Decimal]:
    """The numeric facts, as the formulas take them."""
    return {key: value for key, value in facts.items() if isinstance(value, Decimal)}


def contradictions(framework: Framework, facts: Facts) -> Iterator[Fault]:
    """Facts that cannot both be true. Source of the base: notice P4, 建筑面积."""
    known = {fact.id for fact in framework.facts}
    total, activity = facts.get("service_area"), facts.get("activity_area")
    if {"service_area", "activity_area"} <= known and _above(activity, total):
        values = {"activity": str(activity), "total": str(total)}
        yield Fault("activity_above_total", "activity_area", values=values)
    people, households = facts.get("population"), facts.get("households")
    if _above(households, people):
        values = {"households": str(households), "population": str(people)}
        yield Fault("households_above_population", "households", values=values)


def _above(one: FactValue | None, other: FactValue | None) -> bool:
    return isinstance(one, Decimal) and isinstance(other, Decimal) and one > other
