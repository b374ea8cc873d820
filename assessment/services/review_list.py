"""What waits for the reviewer at work: communities of a round by the state of their assessment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assessment.domain.answers import Outcome
from assessment.domain.nation import STATES, Mask, Nation, reach_mask
from assessment.domain.permissions import Reach, Role, area_prefix
from assessment.domain.records import AssessmentState, Round
from assessment.domain.standing import Overview
from assessment.services.nation import nation_of
from assessment.services.overview import overview_of
from assessment.store.engine import Store

_REVIEWERS = (Role.REVIEWER, Role.ADMIN)


@dataclass(frozen=True)
class Waiting:
    """A community with the number of "not applicable" that nobody decided."""

    overview: Overview
    pending: int


@dataclass(frozen=True)
class ReviewList:
    """The communities of a round that the person at work reviews."""

    store: Store
    round: Round
    nation: Nation
    mask: Mask

    @property
    def counts(self) -> Mapping[AssessmentState | None, int]:
        """How many are in each state; ``None`` counts those that have not begun."""
        found = self.nation.state[self.mask]
        return {state: int((found == place).sum()) for place, state in enumerate(STATES)}

    def rows(self, state: AssessmentState | None, start: int, size: int) -> Sequence[Waiting]:
        """Some of those in a state, in the order of their areas."""
        wanted = self.mask & (self.nation.state == STATES.index(state))
        positions = np.flatnonzero(wanted)[start : start + size]
        codes = [str(code) for code in self.nation.code[positions]]
        undecided = self.nation.outcome[positions] == Outcome.SET_ASIDE_PENDING
        pending = dict(zip(codes, undecided.sum(axis=1).tolist(), strict=True))
        found = overview_of(self.store, self.round, codes)
        return [Waiting(row, pending[row.community.code]) for row in found]


def review_list(store: Store, one: Round) -> ReviewList:
    """The communities that the person at work may review in a round."""
    nation = nation_of(store, one)
    areas = [area_prefix(each.area) for each in store.person.grants if each.role in _REVIEWERS]
    return ReviewList(store, one, nation, reach_mask(nation, Reach(frozenset(areas), frozenset())))
