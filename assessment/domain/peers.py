"""Communities that are alike enough to learn from each other, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from assessment.domain.answers import Outcome
from assessment.domain.nation import Floats, Integers, Nation

# Each ratio counts by its logarithm, so twice and half are one step of distance alike.
RATIOS = ("households", "household_size", "density")
CLOSE = 0.5
OTHER_TYPE = 1.5
A_DECADE = 0.5
NOT_SAID = 0.25
FARTHEST = 2.0


@dataclass(frozen=True)
class Reason:
    """Why two communities are alike: a figure that is close, with the value of each.

    ``name`` is one of ``RATIOS``, ``built`` or ``decade``; of the last two the values are
    positions of options from 1, as in the nation.
    """

    name: str
    mine: float
    theirs: float


@dataclass(frozen=True)
class Peer:
    """A like community: its position in the nation, and what is close."""

    position: int
    distance: float
    reasons: tuple[Reason, ...]


def find_peers(nation: Nation, position: int, most: int = 10) -> tuple[Peer, ...]:
    """The most similar communities, nearest first; only those with a figure in common.

    Compared are households, people per household and people by land area where both are known,
    and the type and decade of building. What the other does not say counts a quarter of a step,
    so that a match on one figure does not stand before a match on all.
    """
    figures = _figures(nation)
    distance, known = _ratio_steps(figures, position)
    distance += _choice_steps(nation, position)
    distance[known == 0] = np.inf
    distance[position] = np.inf
    near = np.flatnonzero(distance <= FARTHEST)
    order = near[np.argsort(distance[near], kind="stable")][:most]
    return tuple(
        Peer(int(one), float(distance[one]), tuple(_reasons(nation, figures, position, int(one))))
        for one in order
    )


def those_that_meet(nation: Nation, peers: Iterable[Peer], column: int) -> tuple[Peer, ...]:
    """The peers that meet an item, which is named by its place in the framework."""
    return tuple(peer for peer in peers if nation.outcome[peer.position, column] == Outcome.MET)


def _figures(nation: Nation) -> Mapping[str, Floats]:
    return {
        "households": _positive(nation.households),
        "household_size": _positive(nation.population) / _positive(nation.households),
        "density": _positive(nation.population) / _positive(nation.land_area),
    }


def _positive(values: Floats) -> Floats:
    return np.where(values > 0, values, np.nan)


def _ratio_steps(figures: Mapping[str, Floats], position: int) -> tuple[Floats, Integers]:
    """For every community the steps in all ratios, and how many of them both know."""
    count = len(next(iter(figures.values())))
    total, known = np.zeros(count), np.zeros(count, dtype=np.int64)
    for values in figures.values():
        if np.isnan(values[position]):
            continue
        step = np.abs(np.log2(values / values[position]))
        both = ~np.isnan(step)
        total += np.where(both, step, NOT_SAID)
        known += both
    return total, known


def _choice_steps(nation: Nation, position: int) -> Floats:
    """What another type adds, and what decades of building apart add."""
    steps = np.zeros(len(nation))
    for codes, step in ((nation.built, OTHER_TYPE), (nation.decade, A_DECADE)):
        mine = int(codes[position])
        if mine:
            apart = np.abs(codes.astype(np.float64) - mine)
            steps += np.where(codes > 0, step * apart, NOT_SAID)
    return steps


def _reasons(
    nation: Nation, figures: Mapping[str, Floats], mine: int, theirs: int
) -> Iterable[Reason]:
    for name, values in figures.items():
        if abs(np.log2(values[theirs] / values[mine])) <= CLOSE:
            yield Reason(name, float(values[mine]), float(values[theirs]))
    for name in ("built", "decade"):
        codes = getattr(nation, name)
        if codes[mine] and codes[mine] == codes[theirs]:
            yield Reason(name, float(codes[mine]), float(codes[theirs]))
