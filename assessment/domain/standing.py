"""What lists and maps say of a community in a round."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assessment.domain.coordinates import Place
from assessment.domain.records import Assessment, Community, Membership, ScoreRow
from assessment.domain.scoring import GateResult


class Standing(StrEnum):
    """Gates first; a community without enough answers has no score yet, never a bad one."""

    PASSED = "passed"
    BLOCKED = "blocked"
    IN_PROGRESS = "in_progress"
    NO_SCORE = "no_score"
    NO_DATA = "no_data"


@dataclass(frozen=True)
class Overview:
    """One community. ``place`` may be only a point of its district: then ``placed`` is false."""

    community: Community
    memberships: Sequence[Membership]
    assessment: Assessment | None
    score: ScoreRow | None
    place: Place | None
    placed: bool

    @property
    def standing(self) -> Standing:
        """No data, no score yet, or the result of the gates."""
        return standing_of(self.score)


def standing_of(row: ScoreRow | None) -> Standing:
    """The standing that a stored score gives; ``None`` is a community that has not begun."""
    if row is None or row.answered == 0:
        return Standing.NO_DATA
    if not row.enough:
        return Standing.NO_SCORE
    if row.gates == GateResult.PASSED:
        return Standing.PASSED
    return Standing.BLOCKED if row.gates == GateResult.BLOCKED else Standing.IN_PROGRESS
