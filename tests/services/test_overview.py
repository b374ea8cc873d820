"""Where communities stand: gates first, no score below half, sample and real never together."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from assessment.domain.framework import Role
from assessment.domain.records import Community
from assessment.domain.sheet import Sheet
from assessment.domain.standing import Overview, Standing
from assessment.services import sample
from assessment.services.communities import list_rounds
from assessment.services.setup import first_round
from assessment.store import log
from assessment.store.engine import Store
from tests.services.steps import SIGNATURE, meet, overview, say, say_all, say_facts


def row_of(store: Store, sheet: Sheet) -> Overview:
    """The community's row in the list of its round."""
    rows = overview(store, sheet.round)
    (found,) = [row for row in rows if row.community.code == sheet.community.code]
    return found


def nothing(_store: Store, sheet: Sheet) -> Sheet:
    return sheet


def only_a_failed_gate(store: Store, sheet: Sheet) -> Sheet:
    return say(store, sheet, "F-01", "choice", "none")


def everything_met(store: Store, sheet: Sheet) -> Sheet:
    return meet(store, say_facts(store, sheet), sheet.framework.items)


def all_but_one_gate_met(store: Store, sheet: Sheet) -> Sheet:
    return say(store, everything_met(store, sheet), "F-01", "choice", "none")


def all_but_one_gate_answered(store: Store, sheet: Sheet) -> Sheet:
    return say(store, everything_met(store, sheet), "F-01", "choice", "unknown")


@pytest.mark.parametrize(
    ("answer", "standing"),
    [
        (nothing, Standing.NO_DATA),
        (only_a_failed_gate, Standing.NO_SCORE),
        (all_but_one_gate_answered, Standing.IN_PROGRESS),
        (all_but_one_gate_met, Standing.BLOCKED),
        (everything_met, Standing.PASSED),
    ],
)
def test_a_community_stands_where_its_answers_put_it(
    store: Store, sheet: Sheet, answer: Callable[[Store, Sheet], Sheet], standing: Standing
) -> None:
    answer(store, sheet)
    assert row_of(store, sheet).standing is standing


def test_a_community_that_has_not_begun_has_no_data(store: Store, community: Community) -> None:
    (row,) = [
        row
        for row in overview(store, list_rounds(store)[0])
        if row.community.code == community.code
    ]
    assert (row.assessment, row.score, row.standing) == (None, None, Standing.NO_DATA)


def test_below_half_there_is_no_score_even_if_every_gate_is_failed(
    store: Store, sheet: Sheet
) -> None:
    gates = {
        item.id: "none" for item in sheet.framework.items if item.role is Role.GATE and item.steps
    }
    say_all(store, sheet, gates)
    row = row_of(store, sheet)
    assert row.score is not None
    assert row.score.completeness < sheet.framework.score_from_completeness
    assert row.score.blocked.split() == list(gates)
    assert row.standing is Standing.NO_SCORE


def test_facts_alone_are_not_an_answer_to_every_question(store: Store, sheet: Sheet) -> None:
    say_facts(store, sheet)
    row = row_of(store, sheet)
    assert row.score is not None
    assert row.score.answered == 2
    assert row.standing is Standing.NO_SCORE


def test_a_community_without_a_position_is_drawn_at_its_district_and_said_so(
    store: Store, sheet: Sheet
) -> None:
    row = row_of(store, sheet)
    assert row.place is not None
    assert not row.placed


def test_sample_and_real_communities_never_mix(store: Store, sheet: Sheet) -> None:
    sample.load(store, SIGNATURE)
    for one_round in list_rounds(store):
        rows = overview(store, one_round)
        assert rows
        assert {row.community.sample for row in rows} == {one_round.sample}
        for row in rows:
            assert row.assessment is None or row.assessment.round == one_round.id
            assert one_round.sample is not row.community.code.startswith(("P", "C"))


def test_the_version_of_the_data_grows_with_every_save_and_rests_otherwise(
    store: Store, sheet: Sheet
) -> None:
    def version() -> int:
        with store.reading() as connection:
            return log.data_version(connection)

    before = version()
    overview(store, sheet.round)
    assert version() == before
    say(store, sheet, "F-01", "choice", "open")
    assert version() > before


@pytest.mark.parametrize(
    ("month", "round_id", "opens", "due"),
    [
        (1, "2027-1", "2027-01-01", "2027-06-30"),
        (6, "2027-1", "2027-01-01", "2027-06-30"),
        (7, "2027-2", "2027-07-01", "2027-12-31"),
        (12, "2027-2", "2027-07-01", "2027-12-31"),
    ],
)
def test_a_new_installation_opens_with_the_round_of_the_half_year(
    month: int, round_id: str, opens: str, due: str
) -> None:
    one = first_round("hash", datetime(2027, month, 15, tzinfo=UTC))
    assert (one.id, one.opens, one.due, one.framework) == (round_id, opens, due, "hash")
    assert not one.sample
