"""Stored scores to test with."""

from datetime import UTC, datetime

from assessment.domain.records import ScoreRow


def score_row(*, answered: int, enough: bool, gates: int) -> ScoreRow:
    """A stored score in which only these three matter."""
    return ScoreRow(
        assessment=1,
        low=0.5,
        high=0.5,
        low_percent=50,
        high_percent=50,
        completeness=1.0,
        set_aside_share=0.0,
        asked=10,
        answered=answered,
        set_aside=0,
        gates=gates,
        blocked="",
        verdict=0,
        enough=enough,
        themes=(),
        at=datetime(2026, 11, 24, tzinfo=UTC),
    )
