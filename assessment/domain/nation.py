"""All communities of a round as arrays, and what can be counted over any part of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assessment.domain.answers import Outcome
from assessment.domain.permissions import Reach
from assessment.domain.records import AssessmentState
from assessment.domain.scoring import GateResult, Verdict
from assessment.domain.standing import Standing

STANDINGS: tuple[Standing, ...] = tuple(Standing)
STATES: tuple[AssessmentState | None, ...] = (None, *AssessmentState)
NOT_BEGUN = 255
# Notice P3: each city (district) chooses three to five communities.
PILOTS_FROM, PILOTS_TO = 3, 5

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Nation:
    """One position for each community, in the order of division code and code.

    ``adcode`` is the six-digit code as a number, the province's where no district is known, 0
    where nothing is. Shares are in [0, 1], NaN without a score; percentages are floored.
    ``standing`` indexes ``STANDINGS``, ``state`` indexes ``STATES``. ``outcome`` is communities
    × items, ``NOT_BEGUN`` where nothing was begun. ``theme_low`` and ``theme_high`` are
    communities × themes. ``built`` and ``decade`` are positions of options from 1, 0 unknown;
    the other facts are NaN where unknown. ``lists`` holds positions by pilot list.
    """

    code: npt.NDArray[np.str_]
    adcode: Integers
    longitude: Floats
    latitude: Floats
    low: Floats
    high: Floats
    low_percent: Floats
    high_percent: Floats
    completeness: Floats
    set_aside_share: Floats
    gates: Codes
    verdict: Codes
    standing: Codes
    state: Codes
    theme_low: Floats
    theme_high: Floats
    outcome: Codes
    households: Floats
    population: Floats
    land_area: Floats
    built: Codes
    decade: Codes
    lists: Mapping[str, Integers]

    def __len__(self) -> int:
        return len(self.code)

    def standing_at(self, position: int) -> Standing:
        """The standing of one community."""
        return STANDINGS[int(self.standing[position])]


@dataclass(frozen=True)
class AreaCount:
    """What is counted for one area.

    ``submitted`` counts assessments that are submitted or approved. ``complete`` ÷
    ``communities`` is the coverage rate; its base are the communities of the register.
    """

    adcode: int
    communities: int
    by_standing: Mapping[Standing, int]
    submitted: int
    complete: int

    @property
    def begun(self) -> int:
        """Communities with at least one answer."""
        return self.communities - self.by_standing[Standing.NO_DATA]

    @property
    def coverage(self) -> float | None:
        """Complete communities as a share of those in the register; ``None`` without any."""
        return self.complete / self.communities if self.communities else None

    @property
    def pilots_asked(self) -> int:
        """−1, 0 or 1: fewer pilots than the notice asks of a city (district), as many, or more."""
        return (self.communities > PILOTS_TO) - (self.communities < PILOTS_FROM)


def standing_codes(answered: Integers, enough: Mask, gates: Codes) -> Codes:
    """The standing of every community, as ``standing_of`` says it for one.

    ``answered`` is −1 where nothing was begun.
    """
    codes = {standing: position for position, standing in enumerate(STANDINGS)}
    result = np.full(len(answered), codes[Standing.IN_PROGRESS], dtype=np.uint8)
    result[gates == GateResult.PASSED] = codes[Standing.PASSED]
    result[gates == GateResult.BLOCKED] = codes[Standing.BLOCKED]
    result[~enough] = codes[Standing.NO_SCORE]
    result[answered <= 0] = codes[Standing.NO_DATA]
    return result


def own_positions(wanted: Sequence[str], own: Sequence[str]) -> Integers:
    """Where each wanted id stands among the own ones; −1 where it does not."""
    places = {one: place for place, one in enumerate(own)}
    return np.array([places.get(one, -1) for one in wanted], dtype=np.int64)


def reach_mask(nation: Nation, reach: Reach) -> Mask:
    """Which communities a reach holds, as ``Reach.holds`` says it for one.

    Those without a district have no division code of their own: only who sees the whole nation,
    or has them by their codes, sees them.
    """
    mask = np.isin(nation.code, sorted(reach.codes))
    districts = nation.adcode % 10_000 != 0
    for prefix in reach.prefixes:
        if not prefix:
            return np.ones(len(nation), dtype=np.bool_)
        mask = mask | (districts & (nation.adcode // 10 ** (6 - len(prefix)) == int(prefix)))
    return mask


def narrowed(nation: Nation, mask: Mask) -> Nation:
    """The nation without the communities outside the mask."""
    moved = np.cumsum(mask) - 1
    columns = {
        name: getattr(nation, name)[mask] for name in Nation.__dataclass_fields__ if name != "lists"
    }
    lists = {name: moved[places[mask[places]]] for name, places in nation.lists.items()}
    return Nation(**columns, lists=lists)


def area_mask(nation: Nation, adcode: str, level: str) -> Mask:
    """Which communities lie in an area; all of them for the empty code."""
    if not adcode:
        return np.ones(len(nation), dtype=np.bool_)
    digits = {"province": 2, "city": 4, "district": 6}[level]
    step = 10 ** (6 - digits)
    start = int(adcode) // step * step
    return np.asarray((nation.adcode >= start) & (nation.adcode < start + step))


_SUBMITTED = np.array([state is not None and state.is_submitted for state in STATES])


def count(nation: Nation, mask: Mask, adcode: int = 0) -> AreaCount:
    """Count the communities of a mask."""
    counted = _counts(nation, np.zeros(int(mask.sum()), dtype=np.int64), mask, 1)
    return _area_count(adcode, counted, 0)


def count_by_area(nation: Nation, mask: Mask, areas: Integers) -> list[AreaCount]:
    """Count the communities of a mask by the area of ``areas`` that each lies in.

    ``areas`` holds for every community the code of its area, 0 where there is none.
    """
    found, labels = np.unique(areas[mask], return_inverse=True)
    counted = _counts(nation, labels, mask, len(found))
    return [_area_count(int(area), counted, place) for place, area in enumerate(found)]


def _counts(nation: Nation, labels: Integers, mask: Mask, areas: int) -> Integers:
    """Areas × (a count for each standing, submitted, complete)."""
    kinds = len(STANDINGS)
    cells = labels * kinds + nation.standing[mask]
    by_standing = np.bincount(cells, minlength=areas * kinds).reshape(areas, kinds)
    submitted = np.bincount(labels, _SUBMITTED[nation.state[mask]], areas)
    complete = np.bincount(labels, nation.verdict[mask] == Verdict.COMPLETE, areas)
    return np.column_stack([by_standing, submitted, complete]).astype(np.int64)


def _area_count(adcode: int, counted: Integers, place: int) -> AreaCount:
    *by_standing, submitted, complete = counted[place].tolist()
    return AreaCount(
        adcode=adcode,
        communities=sum(by_standing),
        by_standing=dict(zip(STANDINGS, by_standing, strict=True)),
        submitted=submitted,
        complete=complete,
    )


def share_met(nation: Nation, mask: Mask) -> tuple[Floats, Integers]:
    """For every item: the share of those asked and known that meet it, and how many those are.

    NaN where nobody knows yet.
    """
    outcome = nation.outcome[mask]
    met = (outcome == Outcome.MET).sum(axis=0)
    unmet = (outcome == Outcome.PARTLY) | (outcome == Outcome.NOT_MET)
    known = met + unmet.sum(axis=0)
    share = np.where(known > 0, met / np.maximum(known, 1), np.nan)
    return share, known
