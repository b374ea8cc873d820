"""The communities of the sample nation and what they say, each from a generator of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

import numpy as np

from assessment.domain.answers import Answer
from assessment.domain.coordinates import Datum, Place
from assessment.domain.framework import Framework
from assessment.domain.records import AssessmentState, Community
from assessment.services.divisions import Division, divisions
from assessment.services.plausible import plausible_answers, plausible_facts

# The notice is for the provinces of the mainland.
_ELSEWHERE = ("71", "81", "82")
_EMPTY_DISTRICTS = 0.12
_NEVER_BEGIN = 0.1
# East of this most people live.
_EAST_FROM = 104.0
_HEATED_FROM = 34.0
_GROWTH = 0.04
_WORDS = (
    ("青禾", "Qinghe"),
    ("望湖", "Wanghu"),
    ("松涛", "Songtao"),
    ("榕荫", "Rongyin"),
    ("槐里", "Huaili"),
    ("云台", "Yuntai"),
    ("丰泽", "Fengze"),
    ("和顺", "Heshun"),
    ("梅园", "Meiyuan"),
    ("锦江", "Jinjiang"),
    ("临港", "Lingang"),
    ("清泉", "Qingquan"),
)


@dataclass(frozen=True)
class Seats:
    """In which district every community lies, in the order of division codes."""

    seed: int
    districts: tuple[Division, ...]

    def random(self, number: int, what: str) -> Random:
        """The generator of one community for one purpose."""
        return Random(f"{self.seed}:{number}:{what}")  # noqa: S311 - invented figures, no secret


@dataclass(frozen=True)
class Begun:
    """What one community says in one round; ``round`` counts from 0."""

    community: str
    round: int
    state: AssessmentState
    facts: Mapping[str, str]
    answers: Mapping[str, Answer]


def seats(communities: int, seed: int) -> Seats:
    """Spread communities over the districts: most have few, some have many, some have none."""
    random = np.random.default_rng(seed)
    known = [
        one
        for one in divisions().values()
        if one.level == "district" and one.adcode[:2] not in _ELSEWHERE
    ]
    known.sort(key=lambda one: one.adcode)
    cities = {one.parent: random.lognormal(0.0, 0.8) for one in known}
    weight = np.array([cities[one.parent] for one in known])
    weight *= random.lognormal(0.0, 0.7, len(known))
    weight *= np.where([one.place.longitude < _EAST_FROM for one in known], 0.35, 1.0)
    weight *= random.random(len(known)) >= _EMPTY_DISTRICTS
    counts = random.multinomial(communities, weight / weight.sum())
    return Seats(
        seed,
        tuple(one for one, count in zip(known, counts.tolist(), strict=True) for _ in range(count)),
    )


def community_of(spread: Seats, number: int) -> Community:
    """One community of the nation, near the point of its district."""
    random = spread.random(number, "place")
    area = spread.districts[number]
    word_zh, word_en = random.choice(_WORDS)
    place = Place(
        round(area.place.longitude + random.gauss(0, 0.03), 6),
        round(area.place.latitude + random.gauss(0, 0.025), 6),
    )
    return Community(
        code=f"N{number + 1:06d}",
        name_zh=f"示例·{word_zh}{number + 1}社区",
        name_en=f"Sample · {word_en} {number + 1} Community",
        province=area.names[0],
        city=area.names[1],
        district=area.names[2],
        street="示例街道",
        adcode=area.adcode,
        place=place,
        given_datum=Datum.WGS84.value,
        given_longitude=place.longitude,
        given_latitude=place.latitude,
        source="示例数据 / sample data",
        sample=True,
    )


def begun_of(
    framework: Framework, spread: Seats, number: int, community: Community, rounds: int
) -> Iterator[Begun]:
    """What a community says in the rounds that it begins, slowly improving."""
    random = spread.random(number, "answers")
    city = spread.districts[number].parent
    of_city = Random(f"{spread.seed}:{city}").gauss(0.0, 0.06)  # noqa: S311 - invented figures
    quality = random.gauss(0.72 + of_city, 0.13)
    never = random.random() < _NEVER_BEGIN
    said: dict[str, Answer] = {}
    for one in range(rounds):
        last = one == rounds - 1
        if never or random.random() > 0.7 + 0.1 * one:
            continue
        met = min(max(quality + _GROWTH * one, 0.25), 0.985)
        share = _completeness(random, last)
        fresh = plausible_answers(framework, random, met, share)
        said = {
            item: said[item] if item in said and random.random() < 0.7 else answer
            for item, answer in fresh.items()
        }
        done = share == 1 and not (last and random.random() < 0.4)
        state = AssessmentState.SUBMITTED if done else AssessmentState.DRAFT
        known = _facts(spread, number, 0.85 + 0.2 * met + _GROWTH * one)
        kept = {key: text for key, text in known.items() if random.random() < 0.5 + share / 2}
        yield Begun(community.code, one, state, kept, said)


def _completeness(random: Random, last: bool) -> float:
    """Most answer everything; in the last round, which is still open, fewer."""
    if random.random() < (0.55 if last else 0.85):
        return 1.0
    return random.uniform(0.05, 0.98)


def _facts(spread: Seats, number: int, growth: float) -> dict[str, str]:
    """The same in every round but for the floor area, which grows."""
    random = spread.random(number, "facts")
    households = min(max(round(random.lognormvariate(7.4, 0.5)), 260), 6800)
    cold = spread.districts[number].place.latitude > _HEATED_FROM
    fixed = {
        "built": "new" if random.random() < 0.15 else "existing",
        "central_heating": "yes" if random.random() < (0.9 if cold else 0.03) else "no",
    }
    known = plausible_facts(random, households, fixed)
    for area in ("service_area", "activity_area"):
        known[area] = str(round(int(known[area]) * growth))
    return known
