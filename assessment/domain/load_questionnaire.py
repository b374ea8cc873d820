"""YAML → Questionnaire, as strict as a framework file: every fault has a code and a place."""

from collections import Counter
from collections.abc import Iterator

from assessment.domain.errors import Fault, Refused
from assessment.domain.framework import Framework
from assessment.domain.load_framework import content_hash, read_record
from assessment.domain.questionnaire import Questionnaire


def load_questionnaire(data: bytes, framework: Framework | None = None) -> Questionnaire:
    """Read one file of questions.

    With ``framework``, every theme and item that it names must be there. Raises ``Refused`` with
    every fault that was found.
    """
    found = read_record(Questionnaire, data)
    faults = [*_repeated(found), *(_unknown(found, framework) if framework else ())]
    if faults:
        raise Refused(faults)
    return found.model_copy(update={"hash": content_hash(found)})


def _repeated(found: Questionnaire) -> Iterator[Fault]:
    named = (
        ("themes", [theme.theme for theme in found.themes]),
        ("questions", [question.id for question in found.questions]),
        ("ages", [age.id for age in found.ages]),
    )
    for place, ids in named:
        for one, times in Counter(ids).items():
            if times > 1:
                yield Fault("repeated_in_poll", place, values={"id": one})


def _unknown(found: Questionnaire, framework: Framework) -> Iterator[Fault]:
    themes = [theme.id for theme in framework.themes]
    for theme in found.themes:
        if theme.theme not in themes:
            values = {"id": theme.theme, "known": ", ".join(themes)}
            yield Fault("unknown_theme", "themes", values=values)
    for question in found.questions:
        for item in question.items:
            if not framework.has_item(item):
                yield Fault("poll_item_unknown", question.id, values={"id": item})
