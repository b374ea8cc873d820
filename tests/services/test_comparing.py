"""Pilots side by side from the records: nothing begins by looking, and like finds like."""

from sqlalchemy import func, select

from assessment.domain.answers import Outcome
from assessment.domain.records import Community, Round, Signature
from assessment.domain.sheet import Sheet
from assessment.services import sample
from assessment.services.communities import Registration, begin, list_rounds, register
from assessment.services.comparing import (
    PEERS_A_GAP,
    alike,
    lead_over,
    load_pinned,
    rounds_of,
    why_no_lead,
)
from assessment.services.sheets import load_sheet
from assessment.store import tables
from assessment.store.engine import Store
from tests.conftest import NOW
from tests.services.steps import SIGNATURE, log_length, reload, say_all, say_facts

SAMPLE_ROUND = "sample-2"


def sample_round(store: Store) -> Round:
    """The current round of the sample, which is loaded."""
    sample.load(store, Signature("tester", NOW))
    return next(one for one in list_rounds(store) if one.id == SAMPLE_ROUND)


def neighbour(store: Store, name: str, **facts: str) -> Sheet:
    """Another community of the open round with facts like the first one's."""
    community = register(store, SIGNATURE, Registration(name, "110105"))
    begun = begin(store, SIGNATURE, community, list_rounds(store)[0])
    sheet = load_sheet(store, begun.id)
    assert sheet is not None
    return say_facts(store, sheet, **facts)


def assessments(store: Store) -> int:
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(tables.assessment)).scalar_one()


def test_looking_begins_nothing(store: Store, community: Community):
    one = list_rounds(store)[0]
    before = assessments(store), log_length(store)
    pinned = load_pinned(store, one, [community.code, "P001"])
    assert [each.sheet for each in pinned] == [None, None]
    assert alike(store, one, community, ()).peers == ()
    assert rounds_of(store, community) == []
    assert (assessments(store), log_length(store)) == before


def test_pins_keep_their_order_and_unknown_codes_are_left_out(store: Store, sheet: Sheet):
    code = sheet.community.code
    pinned = load_pinned(store, sheet.round, ["P002", "nobody", code, "P001"])
    assert [one.community.code for one in pinned] == ["P002", code, "P001"]
    assert pinned[1].sheet is not None
    assert pinned[1].sheet.assessment == sheet.assessment


def test_sample_and_real_pilots_are_not_mixed(store: Store):
    one = sample_round(store)
    assert [each.community.code for each in load_pinned(store, one, ["S01", "P001"])] == ["S01"]
    real = next(each for each in list_rounds(store) if not each.sample)
    assert [each.community.code for each in load_pinned(store, real, ["S01", "P001"])] == ["P001"]


def test_a_lead_needs_one_checklist_and_enough_answers(store: Store):
    one = sample_round(store)
    found = {
        each.community.code: each.sheet
        for each in load_pinned(store, one, ["S01", "S03", "S10", "S11"])
    }
    full, fair, little = found["S01"], found["S03"], found["S11"]
    assert full and fair and little
    assert why_no_lead(full, fair) == ""
    assert why_no_lead(full, little) == why_no_lead(little, full) == "answers"
    other = full.framework.model_copy(update={"hash": "another"})
    assert why_no_lead(full, _under(full, other)) == "framework"
    assert lead_over(full, fair).is_clear
    assert lead_over(full, fair).ahead == lead_over(fair, full).behind


def test_a_lead_follows_the_answers(store: Store, sheet: Sheet):
    """What was worked out for a pair is kept only as long as neither answers otherwise."""
    steps = sheet.framework.item("F-03").steps
    none = say_all(store, sheet, {"F-03": steps[0].id})
    met = say_all(store, none, {"F-03": steps[-1].id})
    first = lead_over(met, none)
    assert first.ahead > first.behind
    assert lead_over(met, none) is first
    assert lead_over(none, met).ahead == first.behind
    assert lead_over(met, met).ahead == lead_over(met, met).behind


def test_the_rounds_of_a_pilot_come_earliest_first(store: Store):
    sample_round(store)
    pinned = load_pinned(store, sample_round(store), ["S01"])
    assert [one.round.id for one in rounds_of(store, pinned[0].community)] == [
        "sample-1",
        SAMPLE_ROUND,
    ]


def test_a_peer_that_meets_a_gap_is_named_with_the_reasons(store: Store, sheet: Sheet):
    sheet = say_facts(store, sheet, households="1240", built="existing")
    gate = next(item for item in sheet.framework.items if item.id == "F-03")
    lacking = say_all(store, sheet, {gate.id: gate.steps[0].id})
    near = neighbour(store, "邻近社区", households="1200", built="existing")
    say_all(store, near, {gate.id: gate.steps[-1].id})
    neighbour(store, "另一社区", households="1500", built="existing")
    found = alike(store, sheet.round, sheet.community, reload(store, lacking).gaps)
    assert [one.community.name_zh for one in found.peers] == ["邻近社区", "另一社区"]
    assert {reason.name for reason in found.peers[0].reasons} == {
        "households",
        "household_size",
        "density",
        "built",
        "decade",
    }
    gaps = {gap.item.id: [one.community.name_zh for one in peers] for gap, peers in found.gaps}
    assert gaps[gate.id] == ["邻近社区"]


def test_the_peers_of_a_gap_do_meet_it_and_are_three_at_most(store: Store):
    one = sample_round(store)
    pinned = load_pinned(store, one, [f"S{k:02}" for k in range(1, 12)])
    sheets = {each.community.code: each.sheet for each in pinned}
    for each in pinned[:5]:
        assert each.sheet is not None
        found = alike(store, one, each.community, each.sheet.gaps)
        assert each.community.code not in {peer.community.code for peer in found.peers}
        assert [gap.item.id for gap, _ in found.gaps] == [g.item.id for g in each.sheet.gaps]
        for gap, peers in found.gaps:
            assert len(peers) <= PEERS_A_GAP
            for peer in peers:
                sheet = sheets[peer.community.code]
                assert sheet is not None
                assert sheet.judged[gap.item.id].outcome is Outcome.MET


def test_a_community_outside_the_round_has_no_peers(store: Store):
    one = sample_round(store)
    real = load_pinned(store, list_rounds(store)[0], ["P001"])[0].community
    assert alike(store, one, real, ()).peers == ()


def _under(sheet: Sheet, framework) -> Sheet:
    return Sheet(**{**vars(sheet), "framework": framework})
