"""Polls in tests: the questions that ship, and replies that say the same thing many times."""

from collections.abc import Mapping

from assessment.domain.load_questionnaire import load_questionnaire
from assessment.domain.poll import CountedAnswers, Reply, Source
from assessment.domain.poll_results import Voice, hear
from assessment.settings import PROJECT

QUESTIONS = load_questionnaire((PROJECT / "data" / "polls" / "residents.yaml").read_bytes())
PARKING, HEALTH = "R-08", "R-03"


def replies(question: str, counts: Mapping[str, int]) -> list[Reply]:
    """So many replies of each choice to one question."""
    return [Reply({question: choice}) for choice, times in counts.items() for _ in range(times)]


def heard(question: str, **counts: int) -> Voice:
    """What came online to one question; ``five=3`` is three times the best step."""
    names = {"five": "5", "four": "4", "three": "3", "two": "2", "one": "1", "apart": "X"}
    said = {names[name]: times for name, times in counts.items()}
    return hear(QUESTIONS, CountedAnswers(), {Source.ONLINE: replies(question, said)})
