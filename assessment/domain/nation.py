"""All communities of a round as arrays, and what can be counted over any part of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assessment.domain.answers import Outcome
from assessment.domain.scoring import GateResult, Verdict
from assessment.domain.standing import Standing

STANDINGS: tuple[Standing, ...] = tuple(Standing)
NOT_BEGUN = 255

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Nation:
    """One position for each community, in the order of division code and code.

    ``adcode`` is the six-digit code as a number, the province's where no district is known, 0
    where nothing is. Shares are in [0, 1], NaN without a score. ``standing`` indexes
    ``STANDINGS``. ``outcome`` is communities × items, ``NOT_BEGUN`` where nothing was begun.
    ``theme_low`` is communities × themes. ``lists`` holds positions by pilot list.
    """

    code: npt.NDArray[np.str_]
    adcode: Integers
    longitude: Floats
    latitude: Floats
    low: Floats
    high: Floats
    completeness: Floats
    set_aside_share: Floats
    gates: Codes
    verdict: Codes
    standing: Codes
    theme_low: Floats
    outcome: Codes
    lists: Mapping[str, Integers]

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True)
class AreaCount:
    """What is counted for one area. ``complete`` ÷ ``communities`` is the coverage rate."""

    adcode: int
    communities: int
    by_standing: Mapping[Standing, int]
    complete: int
    begun: int

    @property
    def coverage(self) -> float | None:
        """Complete communities as a share of those in the register; ``None`` without any."""
        return self.complete / self.communities if self.communities else None


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


def area_mask(nation: Nation, adcode: str, level: str) -> Mask:
    """Which communities lie in an area; all of them for the empty code."""
    if not adcode:
        return np.ones(len(nation), dtype=np.bool_)
    digits = {"province": 2, "city": 4, "district": 6}[level]
    step = 10 ** (6 - digits)
    start = int(adcode) // step * step
    return np.asarray((nation.adcode >= start) & (nation.adcode < start + step))


def count(nation: Nation, mask: Mask, adcode: int = 0) -> AreaCount:
    """Count the communities of a mask."""
    standings = np.bincount(nation.standing[mask], minlength=len(STANDINGS))
    by_standing = {one: int(standings[position]) for position, one in enumerate(STANDINGS)}
    chosen = int(mask.sum())
    return AreaCount(
        adcode=adcode,
        communities=chosen,
        by_standing=by_standing,
        complete=int((nation.verdict[mask] == Verdict.COMPLETE).sum()),
        begun=chosen - by_standing[Standing.NO_DATA],
    )


def count_by_area(nation: Nation, mask: Mask, areas: Sequence[int]) -> list[AreaCount]:
    """Count the communities of a mask by the area of ``areas`` that each lies in.

    ``areas`` holds for every community the code of its area, 0 where there is none.
    """
    labels = np.asarray(areas)[mask]
    positions = np.flatnonzero(mask)
    order = np.argsort(labels, kind="stable")
    found, starts = np.unique(labels[order], return_index=True)
    groups = np.split(positions[order], starts[1:])
    return [
        count(nation, _mask_of(len(nation), group), int(area))
        for area, group in zip(found, groups, strict=True)
    ]


def share_met(nation: Nation, mask: Mask) -> tuple[Floats, Integers]:
    """For every item: the share of those asked and known that meet it, and how many those are.

    NaN where nobody knows yet.
    """
    outcome = nation.outcome[mask]
    met = (outcome == Outcome.MET).sum(axis=0)
    known = met + np.isin(outcome, (Outcome.PARTLY, Outcome.NOT_MET)).sum(axis=0)
    share = np.where(known > 0, met / np.maximum(known, 1), np.nan)
    return share, known


def _mask_of(length: int, positions: Integers) -> Mask:
    mask = np.zeros(length, dtype=np.bool_)
    mask[positions] = True
    return mask
