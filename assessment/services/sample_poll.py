"""Invented counts of residents' answers, for the fictional communities of the sample."""

from random import Random

from assessment.domain.questionnaire import APART, CHOICES, SCALE
from assessment.domain.records import Assessment, Signature
from assessment.services.polling import begun_in
from assessment.store import polls
from assessment.store.engine import Transaction

# How far residents may see a thing otherwise than staff do.
_SPREAD = 0.12
# How far one resident may see it otherwise than another.
_BETWEEN_PEOPLE = 0.25
_FEWEST_ASKED, _MOST_ASKED = 40, 120
_KNOWING_NOTHING = 0.12


def add_sample_counts(
    connection: Transaction, signature: Signature, begun: Assessment, quality: float
) -> None:
    """Counts for every question, signed so; ``quality`` in [0, 1] is how good things are there."""
    random = Random(f"{begun.community} poll")  # noqa: S311 - invented figures, no secret
    asked = random.randint(_FEWEST_ASKED, _MOST_ASKED)
    poll = begun_in(connection, signature, begun.id)
    counts = {
        (question.id, choice): count
        for question in polls.load(connection, poll.questionnaire).questions
        for choice, count in _counts(random, asked, quality).items()
    }
    polls.add_counts(connection, poll.id, counts, signature.by, signature.at)


def _counts(random: Random, asked: int, quality: float) -> dict[str, int]:
    """How often each choice was made to one question."""
    of_all = random.gauss(quality, _SPREAD)
    counts = dict.fromkeys(CHOICES, 0)
    for _ in range(asked):
        if random.random() < _KNOWING_NOTHING:
            counts[APART] += 1
        else:
            own = random.gauss(of_all, _BETWEEN_PEOPLE)
            step = sum(random.random() > own for _ in SCALE[1:])
            counts[SCALE[step]] += 1
    return counts
