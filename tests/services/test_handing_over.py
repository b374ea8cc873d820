"""Handing in, returning, approving: once for each click, and open again on a change."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from assessment.domain.answers import NOT_APPLICABLE, Decision, Outcome
from assessment.domain.errors import Forbidden, Refused
from assessment.domain.fingerprint import fingerprint
from assessment.domain.handover import Handover, HandoverAction
from assessment.domain.nation import count
from assessment.domain.permissions import Grant, Person, Role
from assessment.domain.records import AssessmentState, Signature
from assessment.domain.sheet import Sheet
from assessment.services.checking import findings_of
from assessment.services.deciding import Ruling, decide
from assessment.services.earlier_versions import restore
from assessment.services.handing_over import Wish, approve, return_, submit
from assessment.services.nation import nation_of
from assessment.services.pinning import pin, pins_for, unpin
from assessment.services.review_list import review_list
from assessment.services.reviewing import course_of
from assessment.services.selection import positions_of
from assessment.services.verifying import Answer, verify
from assessment.store.engine import Store
from tests.conftest import NOW
from tests.services.steps import SIGNATURE, assert_told_in_words, log_length, reload, say, score_row

Step = Callable[[Store, Signature, Wish], Handover]
SUBMITTED, APPROVED = AssessmentState.SUBMITTED, AssessmentState.APPROVED


def done(store: Store, sheet: Sheet, step: Step, key: str, note: str = "") -> Sheet:
    """Take a step with what is kept now; the fresh sheet."""
    step(store, SIGNATURE, Wish(reload(store, sheet), key, note))
    return reload(store, sheet)


def refused(step: Callable[[], object]) -> str:
    """The code with which a step is refused; it can be said in words."""
    with pytest.raises(Refused) as found:
        step()
    assert_told_in_words(found.value)
    return found.value.faults[0].code


@pytest.fixture
def begun(store: Store, sheet: Sheet) -> Sheet:
    """Two items answered, one of them set aside with a reason."""
    sheet = say(store, sheet, "F-01", "choice", "open")
    sheet = say(store, sheet, "G-05", "choice", NOT_APPLICABLE)
    return say(store, sheet, "G-05", "reason", "本期没有")


@pytest.fixture
def approved(store: Store, begun: Sheet) -> Sheet:
    """The same, decided and approved."""
    sheet = done(store, begun, submit, "one")
    decide(store, SIGNATURE, sheet, Ruling(sheet.answers["G-05"], Decision.ACCEPTED))
    return done(store, sheet, approve, "two")


def test_state_who_when_and_code_follow_every_step(store: Store, begun: Sheet) -> None:
    later = Signature("somebody", NOW + timedelta(hours=1))
    made = submit(store, later, Wish(begun, "one"))
    one = reload(store, begun).assessment
    assert (one.state, one.state_by, one.state_at) == (SUBMITTED, "somebody", later.at)
    assert one.fingerprint == made.fingerprint == fingerprint(begun)
    sheet = done(store, begun, return_, "two", "请补充")
    assert (sheet.assessment.state, sheet.assessment.fingerprint) == ("returned", "")


def test_counts_and_the_list_of_the_reviewer_move_with_the_state(
    store: Store, begun: Sheet
) -> None:
    def submitted() -> int:
        nation = nation_of(store, begun.round)
        return count(nation, nation.code == begun.community.code).submitted

    assert submitted() == 0
    sheet = done(store, begun, submit, "one")
    assert submitted() == 1
    listed = review_list(store, sheet.round)
    rows = listed.rows(SUBMITTED, 0, 10)
    assert [(row.overview.community.code, row.pending) for row in rows] == [
        (sheet.community.code, 1)
    ]
    say(store, sheet, "F-01", "choice", "none")
    assert submitted() == 0
    assert review_list(store, sheet.round).counts[SUBMITTED] == 0
    assert len(positions_of(nation_of(store, sheet.round), [sheet.community.code])) == 1


@pytest.mark.parametrize("step", [submit, return_, approve])
def test_a_double_click_is_one_hand_over(store: Store, begun: Sheet, step: Step) -> None:
    if step is not submit:
        begun = done(store, begun, submit, "first")
        decide(store, SIGNATURE, begun, Ruling(begun.answers["G-05"], Decision.ACCEPTED))
    wish = Wish(reload(store, begun), "clicked", "说明")
    made, length = step(store, SIGNATURE, wish), log_length(store)
    assert step(store, Signature("tester", NOW + timedelta(seconds=1)), wish) == made
    assert log_length(store) == length
    assert len(course_of(store, begun).handovers) == (1 if step is submit else 2)


def test_of_two_reviewers_who_approve_at_once_one_wins_and_the_other_is_told(
    store: Store, begun: Sheet
) -> None:
    sheet = done(store, begun, submit, "one")
    sheet = decide(store, SIGNATURE, sheet, Ruling(sheet.answers["G-05"], Decision.ACCEPTED))

    def try_to(who: str) -> str:
        try:
            return approve(store, Signature(who, NOW), Wish(sheet, who)).by
        except Refused as error:
            return error.faults[0].code

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(try_to, ["a", "b", "c", "d"]))
    assert said.count("already_approved") == 3
    winner = next(one for one in said if one != "already_approved")
    assert reload(store, sheet).assessment.state_by == winner


def test_nobody_approves_figures_that_they_did_not_see(store: Store, begun: Sheet) -> None:
    seen = done(store, begun, submit, "one")
    decide(store, SIGNATURE, seen, Ruling(seen.answers["G-05"], Decision.ACCEPTED))
    with pytest.raises(Refused) as found:
        approve(store, SIGNATURE, Wish(seen, "two"))
    assert (found.value.faults[0].code, found.value.faults[0].values) == (
        "seen_changed",
        {"what": "G-05"},
    )
    assert reload(store, seen).assessment.state is SUBMITTED


def test_what_is_undecided_or_pinned_cannot_be_approved(store: Store, begun: Sheet) -> None:
    sheet = done(store, begun, submit, "one")
    assert refused(lambda: done(store, sheet, approve, "two")) == "set_aside_pending"
    decide(store, SIGNATURE, sheet, Ruling(sheet.answers["G-05"], Decision.ACCEPTED))
    pin(store, SIGNATURE, sheet, "F-01", "请补充", "pin")
    assert refused(lambda: done(store, sheet, approve, "three")) == "pins_waiting"
    unpin(store, SIGNATURE, sheet, pins_for(store, sheet)[0])
    assert done(store, sheet, approve, "four").assessment.state is APPROVED


def test_steps_out_of_their_order_are_refused(store: Store, sheet: Sheet) -> None:
    assert refused(lambda: done(store, sheet, submit, "empty")) == "hard_findings"
    sheet = say(store, sheet, "F-01", "choice", "open")
    assert refused(lambda: done(store, sheet, approve, "early")) == "not_handed_in"
    assert refused(lambda: done(store, sheet, return_, "early")) == "not_handed_in"
    assert refused(lambda: pin(store, SIGNATURE, sheet, "F-01", "x", "p")) == "not_handed_in"
    sheet = done(store, sheet, submit, "one")
    assert refused(lambda: done(store, sheet, submit, "again")) == "already_handed_in"
    assert refused(lambda: done(store, sheet, return_, "bare")) == "nothing_to_return"
    assert refused(lambda: pin(store, SIGNATURE, sheet, "F-01", " ", "p")) == "pin_without_reason"


def test_a_decision_counts_at_once_and_a_refusal_says_why(store: Store, begun: Sheet) -> None:
    sheet = done(store, begun, submit, "one")
    accepted = decide(store, SIGNATURE, sheet, Ruling(sheet.answers["G-05"], Decision.ACCEPTED))
    assert accepted.judged["G-05"].outcome is Outcome.SET_ASIDE
    assert score_row(store, sheet)["set_aside"] == 1
    assert accepted.answers["G-05"].revision == sheet.answers["G-05"].revision + 1
    ruling = Ruling(accepted.answers["G-05"], Decision.REFUSED, "本期有此类事项")
    refusal = decide(store, SIGNATURE, accepted, ruling)
    assert refusal.judged["G-05"].outcome is Outcome.UNANSWERED
    assert [(one.item, one.reason) for one in pins_for(store, refusal)] == [
        ("G-05", "本期有此类事项")
    ]
    length = log_length(store)
    decide(store, SIGNATURE, refusal, ruling)
    assert log_length(store) == length
    assert reload(store, sheet).assessment.fingerprint == fingerprint(refusal)


def test_staff_see_pins_only_after_the_return_and_both_see_what_changed_since(
    store: Store, begun: Sheet
) -> None:
    staff = Person("s", "s", (Grant(Role.STAFF, community=begun.community.code),))
    sheet = done(store, begun, submit, "one")
    pin(store, SIGNATURE, sheet, "F-01", "请核实", "p")
    pin(store, SIGNATURE, sheet, "F-01", "请核实", "p")
    assert pins_for(store.seen_by(staff), sheet) == []
    sheet = done(store, sheet, return_, "two")
    assert [one.item for one in pins_for(store.seen_by(staff), sheet)] == ["F-01"]
    found = findings_of(store, sheet, course_of(store, sheet), NOW)
    assert [one.item for one in found if one.finding == "pin_unchanged"] == ["F-01"]
    sheet = say(store, sheet, "F-01", "choice", "built")
    sheet = say(store, sheet, "F-03", "choice", "open")
    sheet = say(store, sheet, "F-04", "choice", "open")
    sheet = say(store, sheet, "F-04", "choice", "")
    sheet = say(store, sheet, "households", "value", "1240")
    assert sheet.assessment.state is AssessmentState.RETURNED
    expected = ["households", "F-01", "F-03"]
    assert [one.subject for one in course_of(store, sheet).differences] == expected
    sheet = done(store, sheet, submit, "three")
    course = course_of(store, sheet)
    assert course.since
    assert course.since.action is HandoverAction.RETURN
    assert [one.subject for one in course.differences] == expected
    assert [one.item for one in course.sent] == ["F-01"]
    assert pins_for(store, sheet) == []


@pytest.mark.parametrize("state", [SUBMITTED, APPROVED])
def test_a_change_opens_what_was_handed_in_in_the_same_transaction(
    store: Store, begun: Sheet, approved: Sheet, state: AssessmentState
) -> None:
    sheet = approved
    if state is SUBMITTED:
        say(store, sheet, "F-01", "note", "改")
        sheet = done(store, sheet, submit, "again")
    assert sheet.assessment.state is state
    unchanged = say(store, sheet, "F-01", "choice", "open")
    assert unchanged.assessment.state is state
    fresh = say(store, sheet, "F-01", "choice", "none")
    assert fresh.assessment == reload(store, sheet).assessment
    assert (fresh.assessment.state, fresh.assessment.fingerprint) == ("draft", "")
    assert fresh.assessment.state_by == SIGNATURE.by


def test_a_code_is_approved_until_something_changes_and_again_when_it_is_put_back(
    store: Store, begun: Sheet, approved: Sheet
) -> None:
    code = fingerprint(approved)
    assert verify(store, code.lower(), None).answer is Answer.APPROVED
    changed = say(store, approved, "F-01", "choice", "none")
    found = verify(store, code, None)
    assert found.answer is Answer.APPROVED_BEFORE
    assert [one.subject for one in found.differences] == ["F-01"]
    assert not found.other_method
    assert verify(store, fingerprint(changed), None).answer is Answer.UNKNOWN
    assert verify(store, fingerprint(changed), changed).answer is Answer.DRAFT
    say(store, changed, "F-01", "choice", "open")
    back = verify(store, code, None)
    assert (back.answer, back.differences) == (Answer.APPROVED_BEFORE, ())
    assert verify(store, fingerprint(begun), None).answer is Answer.HANDED_IN_BEFORE


def test_a_code_of_a_community_out_of_sight_is_not_known(store: Store, approved: Sheet) -> None:
    stranger = Person("x", "x", (Grant(Role.VIEWER, area="650000"),))
    assert verify(store.seen_by(stranger), fingerprint(approved), None).answer is Answer.UNKNOWN


def test_staff_do_not_review_and_reviewers_do_not_hand_in(store: Store, begun: Sheet) -> None:
    staff = Person("s", "s", (Grant(Role.STAFF, community=begun.community.code),))
    reviewer = Person("r", "r", (Grant(Role.REVIEWER, area="110000"),))
    with pytest.raises(Forbidden):
        submit(store.seen_by(reviewer), SIGNATURE, Wish(begun, "one"))
    submit(store.seen_by(staff), SIGNATURE, Wish(begun, "one"))
    sheet = reload(store, begun)
    ruling = Ruling(sheet.answers["G-05"], Decision.ACCEPTED)
    for step in (
        lambda: approve(store.seen_by(staff), SIGNATURE, Wish(sheet, "two")),
        lambda: return_(store.seen_by(staff), SIGNATURE, Wish(sheet, "three")),
        lambda: decide(store.seen_by(staff), SIGNATURE, sheet, ruling),
        lambda: pin(store.seen_by(staff), SIGNATURE, sheet, "F-01", "x", "p"),
    ):
        with pytest.raises(Forbidden):
            step()
    decide(store.seen_by(reviewer), SIGNATURE, sheet, ruling)
    assert done(store, sheet, lambda s, by, wish: approve(s.seen_by(reviewer), by, wish), "four")


def test_a_fact_that_was_brought_back_is_a_difference_like_any_other(
    store: Store, sheet: Sheet
) -> None:
    for value in ("1240", "1300"):
        sheet = say(store, sheet, "households", "value", value)
    sheet = done(store, sheet, submit, "one")
    restore(store, SIGNATURE, sheet, sheet.saved_facts["households"], 1)
    (difference,) = course_of(store, reload(store, sheet)).differences
    assert (difference.subject, difference.before.value) == ("households", "1300")  # type: ignore[union-attr]
