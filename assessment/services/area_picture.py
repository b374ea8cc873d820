"""What the officials' page says of a selection: order, cities, rounds."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from assessment.domain.ahead import rank_intervals
from assessment.domain.nation import (
    STANDINGS,
    AreaCount,
    Floats,
    Integers,
    Mask,
    Nation,
    count,
    count_by_area,
)
from assessment.domain.records import Programme, Round
from assessment.domain.standing import Standing
from assessment.reports.distribution_chart import MOST_DOTS, Distribution, DistributionLine
from assessment.services.divisions import asks_pilots, division
from assessment.services.frameworks import framework_of
from assessment.services.nation import nation_of
from assessment.services.overview import overview_of
from assessment.services.selection import Selection, selection_mask
from assessment.store import communities
from assessment.store.engine import Store


class Order(StrEnum):
    """How communities are put in order."""

    AREA = "area"
    LOWEST = "lowest"
    HIGHEST = "highest"
    LEAST_ANSWERED = "least_answered"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class RoundLine:
    """What is counted of a selection in one round; shares in [0, 1], NaN without a score."""

    round: Round
    counted: AreaCount
    median_low: float


@dataclass(frozen=True)
class Ranked:
    """Communities with a score: positions in the nation and the interval of each one's rank.

    ``quartiles`` are of the low percentages.
    """

    positions: Integers
    best: Integers
    worst: Integers
    quartiles: tuple[float, float, float]


def ordered(nation: Nation, mask: Mask, order: Order) -> Integers:
    """Positions of the communities of a mask in an order; those without a score come last."""
    positions = np.flatnonzero(mask)
    if order is Order.AREA:
        return positions
    key = {
        Order.LOWEST: nation.low,
        Order.HIGHEST: -nation.low,
        Order.LEAST_ANSWERED: nation.completeness,
        Order.BLOCKED: np.where(_is(nation, Standing.BLOCKED), nation.low - 2, nation.low),
    }[order]
    return positions[np.argsort(key[positions], kind="stable")]


def ranked(nation: Nation, mask: Mask) -> Ranked:
    """The communities of a mask that have a score, with their rank intervals."""
    scored = mask & ~_is(nation, Standing.NO_DATA) & ~_is(nation, Standing.NO_SCORE)
    positions = np.flatnonzero(scored & ~np.isnan(nation.low))
    best, worst = rank_intervals(nation.low[positions], nation.high[positions])
    lows = nation.low_percent[positions]
    first, middle, last = np.percentile(lows, (25, 50, 75)) if len(lows) else (np.nan,) * 3
    return Ranked(positions, best, worst, (float(first), float(middle), float(last)))


def distribution(
    store: Store, one: Round, language: str, nation: Nation, mask: Mask, marked: Collection[str]
) -> Distribution:
    """The scores of the communities of a mask; ``marked`` are codes to name."""
    found = ranked(nation, mask)
    codes = nation.code[found.positions]
    shown = np.arange(len(codes))
    if len(codes) > MOST_DOTS:
        shown = np.flatnonzero(np.isin(codes, list(marked)))
    names = {
        row.community.code: row.community.name(language)
        for row in overview_of(store, one, [str(code) for code in codes[shown]])
    }
    lows = nation.low_percent[found.positions]
    bins = np.histogram(lows, bins=20, range=(0, 100))[0].tolist()
    lines = [
        DistributionLine(
            code=str(codes[k]),
            name=names.get(str(codes[k]), str(codes[k])),
            low_percent=float(lows[k]),
            high_percent=float(nation.high_percent[found.positions[k]]),
            best=int(found.best[k]),
            worst=int(found.worst[k]),
            marked=str(codes[k]) in marked,
        )
        for k in shown
    ]
    return Distribution(len(codes), lines, bins, found.quartiles)


def city_codes(nation: Nation) -> Integers:
    """For every community the area that notice P3 asks for its pilots, 0 where none is known."""
    codes, places = np.unique(nation.adcode, return_inverse=True)
    cities: Integers = np.array([_city_of(int(code)) for code in codes], dtype=np.int64)[places]
    return cities


def count_cities(nation: Nation, mask: Mask) -> list[AreaCount]:
    """The cities (districts) that have at least one community of the mask."""
    return [one for one in count_by_area(nation, mask, city_codes(nation)) if one.adcode]


def round_lines(store: Store, rounds: Sequence[Round], selection: Selection) -> list[RoundLine]:
    """The selection in every round, the earliest first. Answers filter each round by its own."""
    lines = []
    for one in sorted(rounds, key=lambda each: (each.opens, each.id)):
        nation = nation_of(store, one)
        framework = framework_of(store, one.framework)
        mask = selection_mask(store, one, framework, nation, selection.area_only)
        lines.append(RoundLine(one, count(nation, mask), _median(nation.low_percent[mask])))
    return lines


def movers(before: Nation, after: Nation, mask: Mask) -> tuple[Integers, Floats]:
    """Positions in ``after`` whose low end changed, the largest change first, and the points."""
    places = np.searchsorted(before.code, after.code, sorter=(order := np.argsort(before.code)))
    places = order[np.minimum(places, len(order) - 1)] if len(order) else places
    same = (before.code[places] == after.code) if len(order) else np.zeros(len(after), np.bool_)
    change = np.where(same & mask, (after.low - before.low[places]) * 100, np.nan)
    positions = np.flatnonzero(~np.isnan(change) & (np.abs(change) >= 1))
    positions = positions[np.argsort(-np.abs(change[positions]), kind="stable")]
    return positions, change[positions]


def list_programmes(store: Store) -> list[Programme]:
    """All pilot lists."""
    with store.reading() as connection:
        return communities.load_programmes(connection)


def _city_of(adcode: int) -> int:
    # A district's code may be gone from the table while its city is still there.
    area = division(str(adcode)) or division(str(adcode // 100 * 100))
    while area is not None and not asks_pilots(area):
        area = division(area.parent)
    return int(area.adcode) if area else 0


def _is(nation: Nation, standing: Standing) -> Mask:
    return np.asarray(nation.standing == STANDINGS.index(standing))


def _median(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(np.median(known)) if len(known) else float("nan")
