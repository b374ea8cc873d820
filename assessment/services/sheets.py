"""Reading an assessment, and scoring one inside the transaction that changes it."""

from collections.abc import Sequence
from datetime import datetime

from assessment.domain.records import Assessment, AssessmentState
from assessment.domain.scoring import SCORING_VERSION
from assessment.domain.sheet import Sheet, judge_sheet
from assessment.services.authorising import sees
from assessment.services.frameworks import framework_of
from assessment.store import answers as answer_store
from assessment.store import communities, evidence, rounds, scores
from assessment.store import facts as fact_store
from assessment.store.engine import Store, Transaction


def load_sheet(store: Store, assessment_id: int) -> Sheet | None:
    """The sheet of an assessment; ``None`` if it, or its community, is not there to be seen."""
    with store.reading() as connection:
        assessment = rounds.load_assessment(connection, assessment_id)
        return None if assessment is None else _seen(connection, store, assessment)


def sheet_to_fill(store: Store, code: str, round_id: str) -> Sheet | None:
    """The sheet of a community in a round; a blank one, of assessment 0, where it has not begun.

    ``None`` where there is no such community or round, or the person may not see it.
    """
    with store.reading() as connection:
        found = rounds.find_assessment(connection, code, round_id)
        one = rounds.load_round(connection, round_id)
        community = communities.load_community(connection, code)
        if found is None and one and community and one.sample == community.sample:
            state = AssessmentState.DRAFT
            found = Assessment(0, code, round_id, state, one.framework, SCORING_VERSION)
        return None if found is None else _seen(connection, store, found)


def load_history(store: Store, community: str) -> Sequence[Sheet]:
    """The sheets of a community in all rounds, the earliest first."""
    with store.reading() as connection:
        found = rounds.load_assessments(connection, community)
        sheets = [_seen(connection, store, assessment) for assessment in found]
    return [sheet for sheet in sheets if sheet is not None]


def score_in(connection: Transaction, store: Store, assessment: Assessment, at: datetime) -> None:
    """Score an assessment and keep the score, inside the transaction that changes it."""
    sheet = sheet_in(connection, store, assessment)
    if sheet is not None:
        scores.write_score(connection, sheet, at)


def _seen(connection: Transaction, store: Store, assessment: Assessment) -> Sheet | None:
    sheet = sheet_in(connection, store, assessment)
    return sheet if sheet is not None and sees(store, sheet.community) else None


def sheet_in(connection: Transaction, store: Store, assessment: Assessment) -> Sheet | None:
    """The sheet of an assessment inside a transaction, whoever may see it."""
    community = communities.load_community(connection, assessment.community)
    one_round = rounds.load_round(connection, assessment.round)
    if community is None or one_round is None:
        return None
    return judge_sheet(
        framework_of(store, assessment.framework),
        community,
        one_round,
        assessment,
        answer_store.load_answers(connection, assessment.id),
        fact_store.load_facts(connection, assessment.id),
        evidence.count_evidence(connection, assessment.id),
    )
