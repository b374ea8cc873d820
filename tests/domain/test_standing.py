"""What lists and maps say of a community: gates first, and no bad mark for a few answers."""

from dataclasses import replace

import pytest

from assessment.domain.records import Community
from assessment.domain.scoring import GateResult
from assessment.domain.standing import Overview, Standing, standing_of
from tests.domain.score_rows import score_row

ROW = score_row(answered=6, enough=True, gates=GateResult.UNDECIDED)


@pytest.mark.parametrize(
    ("gates", "standing"),
    [
        (GateResult.PASSED, Standing.PASSED),
        (GateResult.BLOCKED, Standing.BLOCKED),
        (GateResult.UNDECIDED, Standing.IN_PROGRESS),
    ],
)
def test_with_enough_answers_the_gates_decide(gates: GateResult, standing: Standing):
    assert standing_of(replace(ROW, gates=gates)) is standing


def test_with_too_few_answers_there_is_no_score_yet_whatever_the_gates():
    for gates in GateResult:
        assert standing_of(replace(ROW, gates=gates, enough=False)) is Standing.NO_SCORE


def test_a_community_that_has_not_begun_or_answered_nothing_has_no_data():
    assert standing_of(None) is Standing.NO_DATA
    assert standing_of(replace(ROW, answered=0, enough=False)) is Standing.NO_DATA


def test_an_overview_stands_as_its_score_does():
    plain = Overview(Community("C1", "样例社区"), (), None, None, None, False)
    assert plain.standing is Standing.NO_DATA
    assert replace(plain, score=ROW).standing is Standing.IN_PROGRESS
