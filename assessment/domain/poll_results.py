"""What residents said, beside what staff said about the same things. None of it is scored.

Positive are the two best steps, negative the two worst; the middle is neither but counts as an
answer. "Don't know" and questions left out are no answers. Under ``FEWEST`` answers there is
only the number of answers.

Staff and residents disagree over a question where staff say met and most residents who took a
side are negative, or staff say not met and most of them are positive. "Most" is more than half,
and not by chance: the lower end of the 95 % Wilson score interval of that share is above one half.
The size of a disagreement is that lower end, so that few answers weigh less. Where a question is
tied to several items, staff have said something only if they say the same of all that they
answered.

Source of the interval: E. B. Wilson, Probable inference, the law of succession, and statistical
inference, Journal of the American Statistical Association 22 (1927), 209-212.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import sqrt
from statistics import NormalDist

from assessment.domain.answers import Outcome
from assessment.domain.framework import Item
from assessment.domain.poll import CountedAnswers, Reply, Source
from assessment.domain.questionnaire import APART, CHOICES, SCALE, Question, Questionnaire
from assessment.domain.sheet import Sheet

FEWEST = 10
CONFIDENCE = 0.95
_POSITIVE, _NEGATIVE = SCALE[:2], SCALE[-2:]


class Side(StrEnum):
    """Which way staff and residents disagree."""

    RESIDENTS_WORSE = "residents_worse"
    RESIDENTS_BETTER = "residents_better"


@dataclass(frozen=True)
class Answers:
    """How often each of ``CHOICES`` was chosen."""

    counts: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: "Answers") -> "Answers":
        """Both together."""
        return Answers({one: self.of(one) + other.of(one) for one in CHOICES})

    def of(self, choice: str) -> int:
        """How often this was chosen."""
        return self.counts.get(choice, 0)

    @property
    def answered(self) -> int:
        """How many answered on the scale, the middle too."""
        return sum(self.of(one) for one in SCALE)

    @property
    def apart(self) -> int:
        """How many do not know, or are not concerned."""
        return self.of(APART)

    @property
    def positive(self) -> int:
        """How many chose one of the two best steps."""
        return sum(self.of(one) for one in _POSITIVE)

    @property
    def negative(self) -> int:
        """How many chose one of the two worst steps."""
        return sum(self.of(one) for one in _NEGATIVE)

    @property
    def enough(self) -> bool:
        """Whether there are enough answers to say more than how many there are."""
        return self.answered >= FEWEST

    @property
    def positive_percent(self) -> int | None:
        """The floored share of positive answers among all on the scale; ``None`` for too few."""
        return self.positive * 100 // self.answered if self.enough else None

    @property
    def negative_percent(self) -> int | None:
        """The floored share of negative answers among all on the scale; ``None`` for too few."""
        return self.negative * 100 // self.answered if self.enough else None


@dataclass(frozen=True)
class Said:
    """What residents said to one question, by source."""

    question: Question
    number: int
    by_source: Mapping[Source, Answers]

    @property
    def total(self) -> Answers:
        """All sources together."""
        return sum(self.by_source.values(), Answers())


@dataclass(frozen=True)
class Disagreement:
    """Staff and residents over one question. ``share`` is in [0, 1], ``least`` its lower end.

    ``items`` are those that staff answered, all alike.
    """

    said: Said
    items: tuple[Item, ...]
    side: Side
    share: float
    least: float


@dataclass(frozen=True)
class Voice:
    """All that residents of one community said in one round.

    ``replies`` counts forms by source; what was counted by hand has questions only.
    """

    questionnaire: Questionnaire
    said: Sequence[Said]
    replies: Mapping[Source, int]

    @property
    def any(self) -> bool:
        """Whether there is an answer at all."""
        return any(one.total.answered or one.total.apart for one in self.said)

    def of_item(self, item_id: str) -> Sequence[Said]:
        """What was said about an item; nothing where no question is tied to it."""
        return [one for one in self.said if item_id in one.question.items]


def hear(
    questionnaire: Questionnaire,
    counted: CountedAnswers,
    replies: Mapping[Source, Iterable[Reply]],
) -> Voice:
    """Count everything. Counts by hand are taken once all of a question are typed."""
    by_source: dict[Source, dict[str, dict[str, int]]] = {}
    forms: dict[Source, int] = {}
    for source, some in replies.items():
        tally = by_source.setdefault(source, {})
        for reply in some:
            forms[source] = forms.get(source, 0) + 1
            for question, choice in reply.choices.items():
                counts = tally.setdefault(question, {})
                counts[choice] = counts.get(choice, 0) + 1
    by_source[Source.COUNTED] = {
        question: dict(counts)
        for question, counts in counted.counts.items()
        if len(counts) == len(CHOICES)
    }
    said = [
        Said(
            one,
            number,
            {source: Answers(by_source.get(source, {}).get(one.id, {})) for source in Source},
        )
        for number, one in enumerate(questionnaire.questions, start=1)
    ]
    return Voice(questionnaire, said, forms)


def disagreements(sheet: Sheet, voice: Voice) -> Sequence[Disagreement]:
    """Where staff and residents disagree, the largest first."""
    compared = (_disagreement(sheet, said) for said in voice.said)
    found = [one for one in compared if one is not None]
    return sorted(found, key=lambda one: (-one.least, one.said.number))


def _disagreement(sheet: Sheet, said: Said) -> Disagreement | None:
    total, framework = said.total, sheet.framework
    asked = [one for one in said.question.items if framework.has_item(one)]
    items = tuple(framework.item(one) for one in asked if sheet.judged[one].outcome.known)
    outcomes = {sheet.judged[item.id].outcome for item in items}
    sides = total.positive + total.negative
    if not total.enough or not sides or len(outcomes) != 1 or Outcome.PARTLY in outcomes:
        return None
    is_met = Outcome.MET in outcomes
    against = total.negative if is_met else total.positive
    least = wilson_lower(against, sides)
    if least <= 0.5:
        return None
    side = Side.RESIDENTS_WORSE if is_met else Side.RESIDENTS_BETTER
    return Disagreement(said, items, side, against / sides, least)


def wilson_lower(hits: int, of: int) -> float:
    """The lower end of the 95 % Wilson score interval of ``hits`` among ``of`` (at least 1)."""
    z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)
    share, squared = hits / of, z * z
    spread = z * sqrt(share * (1 - share) / of + squared / (4 * of * of))
    return max(0.0, (share + squared / (2 * of) - spread) / (1 + squared / of))
