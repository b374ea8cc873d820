"""Side by side: what differs, what none meets, and where a reader should take care."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assessment.domain.answers import Judged, Outcome
from assessment.domain.comparison import Caution, better, cautions, compare_items
from assessment.domain.framework import Framework
from assessment.domain.records import AssessmentState
from assessment.domain.sheet import Sheet
from tests.domain.frameworks import (
    MET,
    NOT_ASKED,
    NOT_MET,
    OPEN,
    PENDING,
    RESULTS,
    SET_ASIDE,
    UNKNOWN,
    credits_of,
    make_framework,
    make_item,
    partly,
    score_of,
)
from tests.domain.sheets import make_sheet

FRAMEWORK = make_framework([make_item("A-01"), make_item("A-02"), make_item("A-03")])


def sheet_of(framework: Framework = FRAMEWORK, **judged: Judged) -> Sheet:
    """A sheet with these results; ``A_01`` stands for ``A-01``, the rest is unanswered."""
    named = {key.replace("_", "-"): one for key, one in judged.items()}
    full = {item.id: named.get(item.id, OPEN) for item in framework.items}
    return replace(
        make_sheet(framework),
        judged=full,
        credits=credits_of(framework, full),
        scores=score_of(framework, full),
    )


def item(*sheets: Sheet, place: int = 0):
    return compare_items(sheets)[place]


def test_items_stand_in_the_order_of_the_first_checklist_then_those_of_the_others():
    other = make_framework([make_item("B-01"), make_item("A-02")], hash="comparison-other")
    found = compare_items([sheet_of(), sheet_of(other)])
    assert [one.item.id for one in found] == ["A-01", "A-02", "A-03", "B-01"]
    assert found[0].judged[1] is None
    assert found[3].judged[0] is None


def test_state_and_credit_make_the_difference():
    assert not item(sheet_of(A_01=MET), sheet_of(A_01=MET)).differs
    assert item(sheet_of(A_01=MET), sheet_of(A_01=NOT_MET)).differs
    assert item(sheet_of(A_01=partly(0.3)), sheet_of(A_01=partly(0.6))).differs


def test_what_reads_differently_differs_though_both_are_not_applicable():
    assert item(sheet_of(A_01=SET_ASIDE), sheet_of(A_01=PENDING)).differs
    assert item(sheet_of(A_01=SET_ASIDE), sheet_of(A_01=NOT_ASKED)).differs


def test_a_shared_gap_is_known_of_one_at_least_and_met_by_none():
    assert item(sheet_of(A_01=NOT_MET), sheet_of(A_01=partly())).met_by_none
    assert item(sheet_of(A_01=NOT_MET), sheet_of(A_01=OPEN)).met_by_none
    assert item(sheet_of(A_01=NOT_MET), sheet_of(A_01=SET_ASIDE)).met_by_none
    assert not item(sheet_of(A_01=NOT_MET), sheet_of(A_01=MET)).met_by_none


def test_what_nobody_has_answered_is_no_gap():
    assert not item(sheet_of(A_01=OPEN), sheet_of(A_01=UNKNOWN)).met_by_none
    assert not item(sheet_of(A_01=SET_ASIDE), sheet_of(A_01=NOT_ASKED)).met_by_none


def test_a_remark_that_cannot_be_met_is_no_gap_of_all():
    framework = make_framework([make_item("R-01", kind="remark", role="context")])
    assert not item(make_sheet(framework), make_sheet(framework)).met_by_none


def test_an_item_is_marked_where_it_is_open_for_some_only():
    assert item(sheet_of(A_01=MET), sheet_of(A_01=UNKNOWN)).caution == (Caution.COMPLETENESS,)
    assert item(sheet_of(A_01=OPEN), sheet_of(A_01=UNKNOWN)).caution == ()


def test_an_item_is_marked_where_it_does_not_apply_to_some_only():
    assert item(sheet_of(A_01=MET), sheet_of(A_01=NOT_ASKED)).caution == (Caution.SET_ASIDE,)
    assert item(sheet_of(A_01=SET_ASIDE), sheet_of(A_01=NOT_ASKED)).caution == ()


def test_an_item_is_marked_only_where_its_own_words_or_weight_are_others():
    other = make_framework(
        [make_item("A-01", weight=2.0), make_item("A-02"), make_item("A-03")],
        hash="comparison-weight",
    )
    found = compare_items([sheet_of(A_01=MET, A_02=MET), sheet_of(other, A_01=MET, A_02=MET)])
    assert [one.caution for one in found] == [(Caution.VERSION,), (), ()]


def test_an_item_that_only_one_version_asks_is_marked_whichever_comes_first():
    more = make_framework([*FRAMEWORK.items, make_item("A-04")], hash="comparison-more")
    for sheets in ([sheet_of(), sheet_of(more)], [sheet_of(more), sheet_of()]):
        found = {one.item.id: one for one in compare_items(sheets)}
        assert found["A-04"].caution == (Caution.VERSION,)
        assert found["A-04"].differs


def test_like_sheets_need_no_caution():
    assert cautions([sheet_of(A_01=MET), sheet_of(A_01=NOT_MET)]) == ()
    assert cautions([]) == ()


def test_every_way_in_which_sheets_may_not_compare_is_named():
    one, full = sheet_of(), sheet_of(A_01=MET, A_02=MET, A_03=MET)
    aside = sheet_of(A_01=SET_ASIDE)
    submitted = replace(one.assessment, state=AssessmentState.SUBMITTED)
    other = sheet_of(FRAMEWORK.model_copy(update={"hash": "comparison-version"}))
    scored_otherwise = replace(one.assessment, scoring_version="2")
    assert cautions([one, full]) == (Caution.COMPLETENESS,)
    assert cautions([one, aside]) == (Caution.SET_ASIDE,)
    assert cautions([one, replace(one, assessment=submitted)]) == (Caution.STATE,)
    assert cautions([one, other]) == (Caution.VERSION,)
    assert cautions([one, replace(one, assessment=scored_otherwise)]) == (Caution.VERSION,)


def test_exactly_ten_points_of_completeness_are_not_yet_a_caution():
    framework = make_framework([make_item(f"A-{k:02}") for k in range(10)])
    nine = sheet_of(framework, **{f"A_{k:02}": MET for k in range(9)})
    eight = sheet_of(framework, **{f"A_{k:02}": MET for k in range(8)})
    seven = sheet_of(framework, **{f"A_{k:02}": MET for k in range(7)})
    assert cautions([nine, eight]) == ()
    assert cautions([eight, seven]) == ()
    assert cautions([nine, seven]) == (Caution.COMPLETENESS,)


def test_better_and_worse_need_a_credit_on_both_sides():
    assert better(MET, NOT_MET) == 1
    assert better(partly(0.2), partly(0.4)) == -1
    assert better(MET, MET) == 0
    for other in (OPEN, UNKNOWN, PENDING, SET_ASIDE, NOT_ASKED, None):
        assert better(MET, other) == better(other, MET) == 0


@given(st.lists(st.tuples(RESULTS, RESULTS, RESULTS), min_size=1, max_size=4))
def test_the_order_of_the_pilots_changes_nothing_that_is_said_of_an_item(rows):
    sheets = [sheet_of(A_01=a, A_02=b, A_03=c) for a, b, c in rows]
    forward, backward = compare_items(sheets), compare_items(sheets[::-1])
    for one, other in zip(forward, backward, strict=True):
        assert one.judged == other.judged[::-1]
        assert (one.differs, one.met_by_none) == (other.differs, other.met_by_none)
        assert one.caution == other.caution
        assert not (one.met_by_none and any(j.outcome is Outcome.MET for j in one.judged))
