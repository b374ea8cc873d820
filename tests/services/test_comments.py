"""Comments about an item: written once, resolved, opened again, and only by who may."""

import pytest

from assessment.domain.errors import Forbidden, Refused
from assessment.domain.permissions import Grant, Person, Role
from assessment.domain.records import Signature
from assessment.domain.sheet import Sheet
from assessment.services.comments import (
    LONGEST_COMMENT,
    add_comment,
    open_counts,
    reopen,
    resolve,
    thread_of,
)
from assessment.store.engine import Store
from tests.conftest import NOW
from tests.services.steps import SIGNATURE, assert_told_in_words, log_length, log_of

REVIEWER = Signature("reviewer", NOW)
VIEWER = Person("v", "v", (Grant(Role.VIEWER, area="110000"),))
ELSEWHERE = Person("e", "e", (Grant(Role.REVIEWER, area="440000"),))


def test_a_thread_is_resolved_and_opened_again(store: Store, sheet: Sheet) -> None:
    add_comment(store, REVIEWER, sheet, "F-01", " 请补照片。 ", "1")
    add_comment(store, SIGNATURE, sheet, "F-01", "已补。", "2")
    add_comment(store, REVIEWER, sheet, "E-01", "是哪一年的？", "3")
    assert open_counts(store, sheet) == {"F-01": 2, "E-01": 1}
    assert [one.text for one in thread_of(store, sheet, "F-01").comments] == [
        "请补照片。",
        "已补。",
    ]
    resolve(store, REVIEWER, sheet, "F-01")
    thread = thread_of(store, sheet, "F-01")
    assert (thread.open, {one.resolved_by for one in thread.comments}) == (0, {"reviewer"})
    assert dict(open_counts(store, sheet)) == {"E-01": 1}
    reopen(store, SIGNATURE, sheet, "F-01")
    first, second = thread_of(store, sheet, "F-01").comments
    assert (first.text, first.resolved_by, second.resolved_by) == ("已补。", "", "reviewer")
    actions = [entry.action for entry in log_of(store, sheet, "F-01")]
    assert actions == ["unresolve", "resolve", "comment", "comment"]


def test_pressing_twice_does_it_once(store: Store, sheet: Sheet) -> None:
    for _ in range(2):
        add_comment(store, SIGNATURE, sheet, "F-01", "一次", "same")
    length = log_length(store)
    reopen(store, SIGNATURE, sheet, "F-01")
    assert log_length(store) == length
    for _ in range(2):
        resolve(store, SIGNATURE, sheet, "F-01")
    assert log_length(store) == length + 1
    assert len(thread_of(store, sheet, "F-01").comments) == 1


@pytest.mark.parametrize(
    ("item", "text", "code"),
    [
        ("F-01", " \n​", "comment_empty"),
        ("F-01", "长" * (LONGEST_COMMENT + 1), "text_too_long"),
        ("F-01", "a\0b", "text_control"),
        ("F-99", "哪一项？", "item_unknown"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    store: Store, sheet: Sheet, item: str, text: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        add_comment(store, SIGNATURE, sheet, item, text, "1")
    assert [fault.code for fault in refused.value.faults] == [code]
    assert_told_in_words(refused.value)
    assert open_counts(store, sheet) == {}


def test_who_only_looks_neither_writes_nor_reads_and_nobody_elsewhere_does(
    store: Store, sheet: Sheet
) -> None:
    add_comment(store, REVIEWER, sheet, "F-01", "请补照片。", "1")
    viewer, elsewhere = store.seen_by(VIEWER), store.seen_by(ELSEWHERE)
    for theirs in (viewer, elsewhere):
        assert thread_of(theirs, sheet, "F-01").comments == ()
        assert open_counts(theirs, sheet) == {}
        with pytest.raises(Forbidden):
            add_comment(theirs, SIGNATURE, sheet, "F-01", "不行", "2")
        with pytest.raises(Forbidden):
            resolve(theirs, SIGNATURE, sheet, "F-01")
