"""What is missing, in natural units, gates first."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

import numpy as np

from assessment.domain.answers import Judged, Outcome
from assessment.domain.facts import Facts, numbers
from assessment.domain.framework import Framework, Item, Role
from assessment.domain.local_rules import as_asked
from assessment.domain.scoring import Credits, score


@dataclass(frozen=True)
class LinkedShortfall:
    """How to make up floor area and residents' share together, in whole square metres.

    ``add_for_residents`` alone is enough, all of it for residents' activities; or ``add``
    together with ``convert`` square metres of other rooms handed over to residents.
    ``required`` is the exact total that the households need.
    """

    required: Fraction
    total: Decimal
    activity: Decimal
    add_for_residents: int
    add: int
    convert: int


@dataclass(frozen=True)
class Gap:
    """An item that is known and not fully met. ``gain`` is in points of the overall score."""

    item: Item
    judged: Judged
    gain: float

    @property
    def is_gate(self) -> bool:
        """Whether the gap blocks the verdict."""
        return self.item.role is Role.GATE


def linked_shortfall(
    households: Decimal, total: Decimal, activity: Decimal, per_100: str, share: str
) -> LinkedShortfall:
    """Solve both rules at once: ``per_100`` m² per 100 households, ``share`` % for residents.

    Rule by rule the advice would be wrong: new area also raises the base of the share.
    ``share`` must be below 100. Source: notice P4.
    """
    needed = Fraction(share) / 100
    required = Fraction(households) * Fraction(per_100) / 100
    area_gap = max(Fraction(0), required - Fraction(total))
    share_gap = max(Fraction(0), needed * Fraction(total) - Fraction(activity))
    both = max(area_gap, share_gap / (1 - needed))
    add = ceil(area_gap)
    left = needed * (Fraction(total) + add) - Fraction(activity) - add
    return LinkedShortfall(required, total, activity, ceil(both), add, max(0, ceil(left)))


def shortfall_of(framework: Framework, facts: Facts) -> LinkedShortfall | None:
    """The linked shortfall of a community; ``None`` where it cannot be computed or is nil."""
    if framework.linked is None:
        return None
    area, share = (
        as_asked(framework.item(one), facts).rule
        for one in (framework.linked.area, framework.linked.share)
    )
    known = numbers(facts)
    if area is None or share is None:
        return None
    if not {"households", "service_area", "activity_area"} <= known.keys():
        return None
    if known["households"] == 0 or known["activity_area"] > known["service_area"]:
        return None
    found = linked_shortfall(
        known["households"],
        known["service_area"],
        known["activity_area"],
        area.threshold,
        share.threshold,
    )
    return found if found.add_for_residents or found.convert else None


def find_gaps(framework: Framework, judged: Mapping[str, Judged]) -> tuple[Gap, ...]:
    """Every scored or bonus item that is partly met or not met: gates, then by gain."""
    gains = gains_of(framework, judged)
    gaps = [
        Gap(item, judged[item.id], gains[item.id])
        for item in framework.items
        if judged[item.id].outcome in (Outcome.PARTLY, Outcome.NOT_MET)
        and (item.scored or item.is_apart)
    ]
    return tuple(sorted(gaps, key=lambda gap: (not gap.is_gate, -gap.gain)))


def open_items(framework: Framework, judged: Mapping[str, Judged]) -> tuple[Item, ...]:
    """Items that staff still owe, those that narrow the range most first, gates before all."""
    widths = _open_widths(framework, judged)
    waiting = [
        item
        for item in framework.items
        if judged[item.id].outcome.to_do and (item.scored or item.is_apart)
    ]
    return tuple(sorted(waiting, key=lambda item: (item.role is not Role.GATE, -widths[item.id])))


def gains_of(framework: Framework, judged: Mapping[str, Judged]) -> dict[str, float]:
    """Points of the overall low end that each item would add if it were fully met."""
    items = [item.id for item in framework.items]
    rows = [dict(judged) for _ in range(len(items) + 1)]
    for position, item_id in enumerate(items):
        rows[position][item_id] = Judged(Outcome.MET, 1.0)
    lows = np.nan_to_num(score(framework, Credits.of(framework, rows)).overall.low)
    return {item_id: float(lows[k] - lows[-1]) * 100 for k, item_id in enumerate(items)}


def _open_widths(framework: Framework, judged: Mapping[str, Judged]) -> dict[str, float]:
    base = {theme.id: 0.0 for theme in framework.themes}
    for item in framework.items:
        if item.scored and not judged[item.id].outcome.left_out:
            base[item.theme] += item.weight
    weights = {theme.id: theme.weight for theme in framework.themes}
    return {
        item.id: weights[item.theme] * item.weight / base[item.theme]
        if item.scored and base[item.theme]
        else 0.0
        for item in framework.items
    }
