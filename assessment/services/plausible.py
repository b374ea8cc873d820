"""Invented answers that look like real ones, from a seeded generator. Sample data only."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from assessment.domain.answers import (
    ALL_TICKS,
    NO_TICKS,
    NOT_APPLICABLE,
    SOME_TICKS,
    UNKNOWN,
    Answer,
)
from assessment.domain.framework import Framework, Item, Kind

_NOTE = "示例：已现场核对 / Sample: checked on site"
_NOTED = 0.8
_DECADES = {
    "existing": ("before_1980", "from_1980", "from_1990", "from_1990", "from_2000", "from_2010"),
    "new": ("from_2010", "from_2020", "from_2020"),
}


def plausible_answers(
    framework: Framework, random: Random, quality: float, completeness: float
) -> dict[str, Answer]:
    """Answers to a share of the items; ``quality`` is how often an item is fully met."""
    # Beside the other draws: who writes a note changes nothing else.
    writes = Random(str(random.getstate()))  # noqa: S311 - invented figures
    answers = {
        item.id: _answer(item, random, quality)
        for item in framework.items
        if item.kind is not Kind.QUANTITY and random.random() < completeness
    }
    return {
        item_id: replace(answer, note=_NOTE) if writes.random() < _NOTED else answer
        for item_id, answer in answers.items()
        if answer is not None
    }


def plausible_facts(random: Random, households: int, fixed: Mapping[str, str]) -> dict[str, str]:
    """Facts of a community with so many households; ``fixed`` ones are taken as they are."""
    area = round(households / 100 * random.uniform(24, 52))
    # From a generator of its own: a community's land and age are the same in every round.
    lasting = Random(f"{households} {sorted(fixed.items())}")  # noqa: S311 - invented figures
    return {
        "households": str(households),
        "population": str(round(households * random.uniform(2.3, 3.1))),
        "service_area": str(area),
        "activity_area": str(round(area * random.uniform(0.5, 0.78))),
        "land_area": str(round(households * lasting.uniform(6, 20)) * 10),
        "built_decade": lasting.choice(_DECADES[fixed.get("built", "existing")]),
        "ebike_site": random.choice(("yes", "yes", "no")),
        **fixed,
    }


def _answer(item: Item, random: Random, quality: float) -> Answer | None:
    if item.kind is Kind.REMARK:
        return None
    if item.kind is Kind.SURVEY:
        asked = random.randint(60, 240)
        positive = round(asked * (0.45 + quality / 2))
        return Answer(item.id, details={"positive": str(positive), "asked": str(asked)})
    if random.random() < 0.04:
        return Answer(item.id, UNKNOWN)
    if item.not_applicable and random.random() < 0.25:
        return Answer(item.id, NOT_APPLICABLE, reason="示例：本期没有此类事项")
    if item.kind is Kind.UPKEEP:
        return _upkeep(item, random, quality)
    return Answer(item.id, _step(item, random, quality))


def _step(item: Item, random: Random, quality: float) -> str:
    if random.random() < quality:
        return item.steps[-1].id
    return random.choice(item.steps[:-1]).id


def _upkeep(item: Item, random: Random, quality: float) -> Answer:
    if random.random() < quality:
        return Answer(item.id, ALL_TICKS)
    ticks = tuple(tick.id for tick in item.ticks if random.random() < quality)
    if ticks and len(ticks) < len(item.ticks):
        return Answer(item.id, SOME_TICKS, ticks=ticks)
    return Answer(item.id, NO_TICKS)
