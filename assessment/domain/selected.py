"""One community of a selection as files hold it: standing, profile, and its packed answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from assessment.domain.framework import Framework
from assessment.domain.standing import Overview


@dataclass(frozen=True)
class Packed:
    """What a score row keeps beside the score: the facts that peers are found by, and vectors.

    ``outcomes`` holds an ``Outcome`` for each item of the assessment's framework, ``credits``
    its credit, NaN while open, ``unsupported_items`` whether it lacks the evidence asked for.
    """

    households: float | None
    population: float | None
    land_area: float | None
    built: str
    built_decade: str
    outcomes: bytes
    credits: bytes
    unsupported_items: bytes | None


class SaidCells(NamedTuple):
    """What staff said to an item, as the columns of files: ``ticks`` apart by commas."""

    choice: str
    ticks: str
    reason: str
    decision: str


@dataclass(frozen=True)
class Selected:
    """A community with its score in the round.

    ``framework`` is the one that it was scored under, the round's where nothing was begun.
    ``outcomes``, ``credits`` and ``unsupported`` follow the items of the round's framework; they
    are empty where nothing was begun. Area codes are empty where they are not known. ``said`` and
    ``facts`` are only filled for files of answers.
    """

    overview: Overview
    framework: Framework
    packed: Packed | None
    outcomes: Sequence[int]
    credits: Sequence[float]
    province_code: str
    city_code: str
    area_en: tuple[str, ...] = ()
    unsupported: Sequence[bool] = ()
    said: Mapping[str, SaidCells] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)

    def area(self, language: str) -> tuple[str, ...]:
        """Province, city and district as far as they are known, in "zh" or "en"."""
        return self.area_en if language == "en" and self.area_en else self.overview.community.area
