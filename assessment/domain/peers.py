"""Communities that are alike enough to learn from each other, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log

from assessment.domain.facts import Facts

# A ratio of two counts as one step of distance; another type of community as one and a half.
_DOUBLE = log(2)
_OTHER_TYPE = 1.5
FARTHEST = 2.0


@dataclass(frozen=True)
class Profile:
    """What is compared: the facts of a community."""

    code: str
    facts: Facts


@dataclass(frozen=True)
class Peer:
    """A like community. ``reasons`` are keys with the two values, those that are close only."""

    code: str
    distance: float
    reasons: Mapping[str, tuple[str, str]]


def find_peers(target: Profile, others: Sequence[Profile], most: int = 10) -> tuple[Peer, ...]:
    """The most similar of ``others``, nearest first; those with no known fact are left out.

    Compared are households, people per household, and the type (new or existing). Each ratio
    counts by its logarithm, so twice and half are equally far.
    """
    found = [_peer(target, other) for other in others if other.code != target.code]
    near = [peer for peer in found if peer is not None and peer.distance <= FARTHEST]
    return tuple(sorted(near, key=lambda peer: (peer.distance, peer.code))[:most])


def _peer(target: Profile, other: Profile) -> Peer | None:
    steps: list[float] = []
    reasons: dict[str, tuple[str, str]] = {}
    for name in ("households", "household_size"):
        mine, theirs = _figure(target.facts, name), _figure(other.facts, name)
        if mine is None or theirs is None:
            continue
        step = abs(log(mine / theirs)) / _DOUBLE
        steps.append(step)
        if step <= 0.5:
            reasons[name] = (_shown(mine), _shown(theirs))
    if not steps:
        return None
    mine_type, their_type = target.facts.get("built"), other.facts.get("built")
    if mine_type and their_type:
        steps.append(0.0 if mine_type == their_type else _OTHER_TYPE)
        if mine_type == their_type:
            reasons["built"] = (str(mine_type), str(their_type))
    return Peer(other.code, sum(steps), reasons)


def _figure(facts: Facts, name: str) -> float | None:
    households, people = facts.get("households"), facts.get("population")
    if not isinstance(households, Decimal) or households == 0:
        return None
    if name == "households":
        return float(households)
    if not isinstance(people, Decimal) or people == 0:
        return None
    return float(people / households)


def _shown(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}"
