"""Named formulas from facts to quantities, in exact fractions.

Source of both: the notice, P4. "每百户居民拥有综合服务设施面积不低于30平方米，60%以上建筑面积
用于居民活动". The base of the share is the actual floor area of the facilities (建筑面积).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

Facts = Mapping[str, Decimal]


@dataclass(frozen=True)
class Quantity:
    """A computed value, or the reason why there is none.

    ``value`` is exact. ``fault`` is a code: ``fact_missing`` (see ``missing``),
    ``households_zero``, ``area_zero`` or ``activity_above_total``.
    """

    value: Fraction | None
    fault: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Formula:
    """A named computation and the facts that it needs."""

    facts: tuple[str, ...]
    compute: Callable[[Facts], Quantity]


def compute(name: str, facts: Facts) -> Quantity:
    """The quantity that the formula ``name`` gives for these facts; ``KeyError`` if unknown."""
    formula = FORMULAS[name]
    missing = tuple(fact for fact in formula.facts if fact not in facts)
    if missing:
        return Quantity(None, "fact_missing", missing)
    return formula.compute(facts)


def _area_per_100_households(facts: Facts) -> Quantity:
    households, area = facts["households"], facts["service_area"]
    if households == 0:
        return Quantity(None, "households_zero")
    return Quantity(Fraction(area) * 100 / Fraction(households))


def _activity_share(facts: Facts) -> Quantity:
    total, activity = facts["service_area"], facts["activity_area"]
    if activity > total:
        return Quantity(None, "activity_above_total")
    if total == 0:
        return Quantity(None, "area_zero")
    return Quantity(Fraction(activity) * 100 / Fraction(total))


FORMULAS: Mapping[str, Formula] = {
    "area_per_100_households": Formula(("households", "service_area"), _area_per_100_households),
    "activity_share": Formula(("service_area", "activity_area"), _activity_share),
}
