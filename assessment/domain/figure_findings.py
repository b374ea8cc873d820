"""Figures that look like a slip: ten times the last round's, or 亩 where m² are asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessment.domain.framework import FactKind
from assessment.domain.sheet import Sheet

# 1 亩 is 2000/3 m². Source: 国务院关于在我国统一实行法定计量单位的命令 (1984).
SQUARE_METRES_OF_MU = Fraction(2000, 3)
_MUCH = 10
# How far a value in 亩 may be from the earlier one in m² and still be taken for the same land.
_NEAR = Fraction(1, 10)


@dataclass(frozen=True)
class Figure:
    """A figure of a finding: its name in the words, and what it is (a share is a float)."""

    name: str
    value: str | int | float | Decimal


Odd = tuple[str, str, tuple[Figure, ...]]


def odd_figures(sheet: Sheet, earlier: Sheet | None) -> Iterator[Odd]:
    """Code of the finding, fact, and figures, for every fact that looks like a slip."""
    for definition in sheet.framework.facts:
        value = sheet.facts.get(definition.id)
        before = earlier.facts.get(definition.id) if earlier else None
        if isinstance(value, Decimal) and isinstance(before, Decimal) and value and before:
            ratio = Fraction(value) / Fraction(before)
            figures = (Figure("now", value), Figure("before", before))
            if definition.kind is FactKind.AREA and _is_mu(ratio):
                yield "looks_like_mu", definition.id, figures
            elif ratio >= _MUCH or ratio <= Fraction(1, _MUCH):
                yield "ten_times", definition.id, figures
    yield from _land_below_service(sheet)


def _is_mu(ratio: Fraction) -> bool:
    factors = (ratio * SQUARE_METRES_OF_MU, ratio / SQUARE_METRES_OF_MU)
    return any(abs(factor - 1) <= _NEAR for factor in factors)


def _land_below_service(sheet: Sheet) -> Iterator[Odd]:
    land, service = sheet.facts.get("land_area"), sheet.facts.get("service_area")
    if isinstance(land, Decimal) and isinstance(service, Decimal) and 0 < land < service:
        figures = (Figure("land", land), Figure("service", service))
        yield "land_below_service", "land_area", figures
