"""A checklist that changes under an open round: what is asked again, kept, and scored as before."""

from collections.abc import Sequence

import pytest

from assessment.domain.answers import Outcome
from assessment.domain.errors import Refused
from assessment.domain.fingerprint import fingerprint
from assessment.domain.framework import Framework
from assessment.domain.load_framework import load_framework
from assessment.domain.records import AssessmentState, Round
from assessment.domain.sheet import Sheet
from assessment.services.carrying import confirm
from assessment.services.communities import begin, list_rounds
from assessment.services.handing_over import Wish as Handing
from assessment.services.handing_over import approve, submit
from assessment.services.publishing import framework_lines, publish, waiting_for
from assessment.services.rescoring import Moving, rescore
from assessment.services.reviewing import course_of
from assessment.services.rounds import TypedRound, add_round
from assessment.services.sheets import load_sheet
from assessment.store.engine import Store
from tests.services.framework_edits import (
    Content,
    edited,
    item_added,
    item_of,
    items_removed,
    other_threshold,
    other_weights,
)
from tests.services.score_rows import assert_as_from_scratch
from tests.services.steps import (
    SIGNATURE,
    assert_told_in_words,
    log_of,
    reload,
    say,
    say_facts,
    score_row,
)
from tests.services.test_sample_nation import quiet


def reworded(content: Content) -> None:
    item_of(content, "F-01")["question"]["zh"] = "社区有没有综合服务站？"


def fact_reworded(content: Content) -> None:
    facts = {one["id"]: one for one in content["facts"]}
    facts["built"]["help"]["zh"] = "按当地认定填。"


def published(store: Store, *edits) -> Framework:
    content = edited(*edits)
    return publish(store, SIGNATURE, load_framework(content), content)


def move(store: Store, sheet: Sheet, new: Framework, reopens: bool = False) -> Sheet:
    rescore(store, SIGNATURE, Moving(sheet.round.id, new, reopens), quiet)
    return reload(store, sheet)


def answered(store: Store, sheet: Sheet) -> Sheet:
    sheet = say_facts(store, sheet)
    for item in ("F-01", "F-02", "F-03"):
        sheet = say(store, sheet, item, "choice", "open")
    return say(store, sheet, "F-01", "note", "二楼，全天")


def waiting(sheet: Sheet) -> set[str]:
    return {getattr(one, "item", "") or getattr(one, "fact", "") for one in sheet.to_confirm}


@pytest.mark.parametrize(
    ("edits", "again"),
    [
        ([reworded], {"F-01"}),
        ([other_threshold], {"F-06"}),
        ([reworded, other_threshold, item_added, items_removed], {"F-01", "F-06"}),
        ([other_weights, item_added], set()),
        ([fact_reworded], {"built"}),
    ],
)
def test_only_what_was_changed_is_to_be_confirmed_again(
    store: Store, sheet: Sheet, edits: Sequence, again: set[str]
) -> None:
    before = answered(store, sheet)
    after = move(store, before, published(store, *edits))
    assert waiting(after) == again
    for item, said in before.answers.items():
        now = after.answers[item]
        assert (now.choice, now.note) == (said.choice, said.note)
        assert now.to_confirm == (item in again)
        assert now.revision == said.revision + (item in again)
    assert after.judged["F-02"] == before.judged["F-02"]
    if "F-06" in again:
        assert after.judged["F-06"].outcome is Outcome.UNANSWERED
        assert after.judged["F-07"].outcome is Outcome.MET
    assert_as_from_scratch(store, after)


def test_what_is_confirmed_counts_again_and_the_log_tells_why(store: Store, sheet: Sheet) -> None:
    after = move(store, answered(store, sheet), published(store, reworded, other_threshold))
    done, _ = confirm(store, SIGNATURE, after, {"F-01", "F-06"})
    assert not done.to_confirm
    assert done.judged["F-01"].outcome is Outcome.MET
    assert done.judged["F-06"].outcome is Outcome.PARTLY
    assert [one.action for one in log_of(store, done, "F-01")][:2] == ["confirm", "ask_again"]
    assert_as_from_scratch(store, done)
    assert course_of(store, done).since is None


def test_what_a_page_from_before_says_waits_too_and_is_not_lost(store: Store, sheet: Sheet) -> None:
    stale = answered(store, sheet)
    move(store, stale, published(store, reworded))
    said = say(store, stale, "F-01", "note", "三楼")
    assert (said.answers["F-01"].note, said.answers["F-01"].to_confirm) == ("三楼", True)
    seen = say(store, said, "F-01", "note", "四楼")
    assert not seen.to_confirm
    assert_as_from_scratch(store, seen)


def test_a_round_that_stays_opens_and_scores_exactly_as_it_did(store: Store, sheet: Sheet) -> None:
    old = answered(store, sheet)
    row, code = score_row(store, old), fingerprint(old)
    new = published(store, reworded, other_threshold, items_removed)
    typed = TypedRound("下一轮", "Next round", "2027-01-01", framework=new.hash)
    later = add_round(store, SIGNATURE, typed)
    begun = begin(store, SIGNATURE, old.community, later)
    assert begun.framework == new.hash
    same = reload(store, old)
    assert (same.judged, same.scores.overall.low[0]) == (old.judged, old.scores.overall.low[0])
    assert (score_row(store, same), fingerprint(same)) == (row, code)


@pytest.mark.parametrize("reopens", [False, True])
def test_what_is_approved_keeps_its_checklist_or_is_opened_again_and_says_so(
    store: Store, sheet: Sheet, reopens: bool
) -> None:
    sheet = answered(store, sheet)
    submit(store, SIGNATURE, Handing(sheet, "one"))
    approve(store, SIGNATURE, Handing(reload(store, sheet), "two"))
    approved = reload(store, sheet)
    row = score_row(store, approved)
    new = published(store, reworded, other_threshold)
    before = waiting_for(store, sheet.round.id, new)
    assert (before.open, before.handed_in) == (0, 1)
    after = move(store, approved, new, reopens)
    assert round_now(store, sheet).framework == new.hash
    if reopens:
        assert (after.assessment.state, after.assessment.fingerprint) == (AssessmentState.DRAFT, "")
        assert after.framework.hash == new.hash
        assert waiting(after) == {"F-01", "F-06"}
        assert_as_from_scratch(store, after)
        assert course_of(store, after).handovers[-1].fingerprint == fingerprint(approved)
        return
    assert after.assessment == approved.assessment
    assert fingerprint(after) == after.assessment.fingerprint
    assert score_row(store, after) == row
    # Opened again by a change, it can follow later: the same move takes what was left.
    changed = say(store, after, "F-02", "choice", "built")
    assert changed.assessment.state is AssessmentState.DRAFT
    assert waiting_for(store, sheet.round.id, new).open == 1
    assert waiting(move(store, changed, new)) == {"F-01", "F-06"}


def round_now(store: Store, sheet: Sheet) -> Round:
    return next(one for one in list_rounds(store) if one.id == sheet.round.id)


def test_the_same_version_with_other_content_is_refused_and_nothing_is_overwritten(
    store: Store,
) -> None:
    content = edited(reworded)
    first = publish(store, SIGNATURE, load_framework(content), content)
    assert publish(store, SIGNATURE, load_framework(content), content).hash == first.hash
    version = f'"{first.version}"'.encode()
    other = edited(other_threshold)
    other = other.replace(f'"{load_framework(other).version}"'.encode(), version)
    with pytest.raises(Refused) as refused:
        publish(store, SIGNATURE, load_framework(other), other)
    assert [fault.code for fault in refused.value.faults] == ["version_taken"]
    assert_told_in_words(refused.value)
    lines = framework_lines(store)
    assert [one.framework.hash for one in lines].count(first.hash) == 1
    assert len(lines) == 2
    assert lines[0].by == SIGNATURE.by
    assert load_sheet(store, 1) is None
