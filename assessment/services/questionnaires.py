"""The questions to residents: those that new polls begin with, and those of older polls."""

from functools import lru_cache

from assessment.domain.framework import Framework
from assessment.domain.load_questionnaire import load_questionnaire
from assessment.domain.questionnaire import Questionnaire
from assessment.settings import settings
from assessment.store import polls
from assessment.store.engine import Store

QUESTIONS_FILE = "residents.yaml"
_parsed: dict[str, Questionnaire] = {}


def questions_content() -> bytes:
    """The file of questions of this installation."""
    return (settings().data / "polls" / QUESTIONS_FILE).read_bytes()


def check_questions(framework: Framework) -> None:
    """Raise ``Refused`` if the file of questions is wrong, or asks about unknown items."""
    load_questionnaire(questions_content(), framework)


def current_questionnaire() -> Questionnaire:
    """The questions that a poll begins with; read once for each process."""
    return _current(str(settings().data))


def questionnaire_of(store: Store, content_hash: str) -> Questionnaire:
    """The published questions with this hash; ``KeyError`` if there are none."""
    if content_hash not in _parsed:
        with store.reading() as connection:
            _parsed[content_hash] = polls.load(connection, content_hash)
    return _parsed[content_hash]


@lru_cache(maxsize=4)
def _current(_data: str) -> Questionnaire:
    return polls.parse(questions_content())
