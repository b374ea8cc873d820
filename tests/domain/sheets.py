"""A whole sheet from typed facts and chosen answers, as the services build it."""

from collections.abc import Mapping

from assessment.domain.answers import Answer
from assessment.domain.framework import Framework
from assessment.domain.records import (
    Assessment,
    AssessmentState,
    Community,
    Round,
    SavedFact,
)
from assessment.domain.sheet import Sheet, judge_sheet


def make_sheet(
    framework: Framework,
    choices: Mapping[str, str] | None = None,
    facts: Mapping[str, str] | None = None,
) -> Sheet:
    """The draft of one community with these choices by item and facts as exact text."""
    return judge_sheet(
        framework,
        Community("C1", "样例社区"),
        Round("R1", "第一轮", "Round 1", "2026-01-01", "2026-12-31", framework.hash),
        Assessment(1, "C1", "R1", AssessmentState.DRAFT, framework.hash, "1"),
        {item: Answer(item, choice) for item, choice in (choices or {}).items()},
        {fact: SavedFact(fact, value) for fact, value in (facts or {}).items()},
    )
