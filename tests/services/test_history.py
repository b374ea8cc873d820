"""The log as people read it: in the order of writing, only what one may see, and versions."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from assessment.domain.answers import Answer, Decision
from assessment.domain.errors import Forbidden, Refused
from assessment.domain.permissions import Grant, Person, Role
from assessment.domain.records import SavedFact, Signature
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.log_words import action_words, change_words, version_words
from assessment.services.answering import Saved, save
from assessment.services.comments import add_comment
from assessment.services.earlier_versions import restore
from assessment.services.exports import CSV
from assessment.services.history import (
    Kind,
    LogLine,
    LogWish,
    Scope,
    log_lines,
    log_page,
    log_size,
    versions,
)
from assessment.services.log_exports import log_export
from assessment.services.selection_exports import XLSX
from assessment.store import log
from assessment.store.answers import to_log
from assessment.store.engine import Store
from tests.conftest import NOW
from tests.services.steps import SIGNATURE, clash_of, decide, log_length, reload, say, score_row

ADMIN = Person("admin", "admin", (Grant(Role.ADMIN),))
STAFF = Person("tester", "王芳", (Grant(Role.STAFF, community="C00001"),))
VIEWER = Person("viewer", "viewer", (Grant(Role.VIEWER, area="110000"),))
ELSEWHERE = Person("other", "other", (Grant(Role.VIEWER, area="440000"),))


def of_sheet(sheet: Sheet, kind: Kind = Kind.EVERYTHING) -> LogWish:
    return LogWish(Scope.ASSESSMENT, sheet.assessment.id, kind)


def told(text: Translator, lines: Sequence[LogLine]) -> list[str]:
    return [change_words(text, one.framework, one.entry) for one in lines]


@pytest.mark.parametrize("kind", [Kind.EVERYTHING, Kind.COMMENTS, Kind.OTHERS])
def test_who_only_looks_finds_no_comments_in_the_log_or_its_file(
    store: Store, sheet: Sheet, kind: Kind
) -> None:
    sheet = say(store, sheet, "F-01", "choice", "open")
    add_comment(store, SIGNATURE, sheet, "F-01", "请补照片。", "1")
    wish, theirs = of_sheet(sheet, kind), store.seen_by(VIEWER)
    shown = [one.entry.action for one in log_page(theirs, wish).lines]
    assert "comment" not in shown
    assert ("answer" in shown) == (kind is Kind.EVERYTHING)
    assert log_size(theirs, wish, 100) == len(shown)
    file = log_export(theirs, Translator("zh"), wish, CSV, NOW)
    assert file is not None
    assert "请补照片".encode() not in b"".join(file.lines)
    read = {one.entry.action for one in log_page(store.seen_by(STAFF), wish).lines}
    assert ("comment" in read) == (kind is not Kind.OTHERS)


def test_the_order_is_that_of_writing_whatever_the_clock_says(store: Store, sheet: Sheet) -> None:
    for hours, choice in enumerate(("none", "building", "open")):
        back = Signature("tester", NOW - timedelta(hours=hours))
        seen = reload(store, sheet).answers.get("F-01", Answer("F-01"))
        assert isinstance(save(store, back, sheet, seen, "choice", choice), Saved)
    found = versions(store, sheet, "F-01")
    assert [one.entry.revision for one in found] == [3, 2, 1]
    assert [one.entry.at for one in found] == sorted(one.entry.at for one in found)
    lines = log_page(store, of_sheet(sheet, Kind.ANSWERS)).lines
    assert [one.entry.revision for one in lines] == [3, 2, 1]


def test_pages_go_on_where_the_last_one_ended_also_while_others_write(
    store: Store, sheet: Sheet
) -> None:
    for choice in ("none", "building", "built", "open", "none"):
        sheet = say(store, sheet, "F-01", "choice", choice)
    first = log_page(store, of_sheet(sheet), size=2)
    say(store, sheet, "F-01", "choice", "open")
    second = log_page(store, of_sheet(sheet), before=first.older, size=2)
    last = log_page(store, of_sheet(sheet), before=second.older, size=2)
    revisions = [one.entry.revision for page in (first, second, last) for one in page.lines]
    assert revisions == [5, 4, 3, 2, 1, 0]
    assert last.older == 0


def test_a_change_is_told_in_the_words_of_the_item(
    store: Store, sheet: Sheet, text: Translator
) -> None:
    sheet = say(store, sheet, "F-01", "choice", "none")
    sheet = say(store, sheet, "F-01", "choice", "open")
    sheet = say(store, sheet, "F-01", "detail:floor_area", "90")
    sheet = say(store, sheet, "households", "value", "1240")
    sheet = say(store, sheet, "households", "value", "1241")
    words = told(text, log_page(store, of_sheet(sheet)).lines)
    if text.language == "zh":
        assert words[:5] == [
            "1240 户 → 1241 户",
            "1240 户",
            "建筑面积：（空） → 90",
            "答案：无 → 已开放",
            "答案：（空） → 无",
        ]
    else:
        assert words[3] == "Answer: None → Open"
    newest = versions(store, sheet, "F-01")[0]
    whole = version_words(text, sheet.framework, newest.entry)
    assert "90" in whole
    assert action_words(text, "made by a later version") == "made by a later version"


def test_only_what_one_may_see_is_read(store: Store, sheet: Sheet) -> None:
    sheet = say(store, sheet, "F-01", "choice", "open")
    everything = LogWish(Scope.ALL)
    assert len(log_page(store.seen_by(ADMIN), everything).lines) == log_length(store)
    for person in (STAFF, ELSEWHERE):
        theirs = store.seen_by(person)
        assert log_page(theirs, everything).lines == ()
        assert list(log_lines(theirs, everything)) == []
        assert log_export(theirs, Translator("zh"), everything, CSV, NOW) is None
    assert log_page(store.seen_by(STAFF), of_sheet(sheet)).lines
    hidden = store.seen_by(ELSEWHERE)
    assert log_page(hidden, of_sheet(sheet)).lines == ()
    assert versions(hidden, sheet, "F-01") == ()
    assert log_export(hidden, Translator("zh"), of_sheet(sheet), CSV, NOW) is None


def test_ones_own_entries_are_ones_own(store: Store, sheet: Sheet) -> None:
    say(store, sheet, "F-01", "choice", "open")
    save(store, Signature("other", NOW), sheet, Answer("F-02"), "choice", "open")
    mine = log_page(store.seen_by(STAFF), LogWish(Scope.MINE, person="other")).lines
    assert {one.entry.by for one in mine} == {"tester"}
    theirs = log_page(store.seen_by(ADMIN), LogWish(Scope.ALL, person="other")).lines
    assert [one.entry.subject for one in theirs] == ["F-02"]


def test_filters_by_kind_and_subject(store: Store, sheet: Sheet) -> None:
    sheet = say(store, sheet, "F-01", "choice", "open")
    add_comment(store, SIGNATURE, sheet, "F-01", "为什么？", "once")
    kinds = {kind: log_page(store, of_sheet(sheet, kind)).lines for kind in Kind}
    actions = {kind: [one.entry.action for one in lines] for kind, lines in kinds.items()}
    assert actions[Kind.ANSWERS] == ["answer"]
    assert actions[Kind.COMMENTS] == ["comment"]
    assert actions[Kind.OTHERS] == ["begin"]
    assert actions[Kind.EVERYTHING] == ["comment", "answer", "begin"]
    wish = replace(of_sheet(sheet), subject="F-01")
    assert len(log_page(store, wish).lines) == log_size(store, wish, 10) == 2


def test_the_file_holds_all_that_the_list_shows(
    store: Store, sheet: Sheet, text: Translator
) -> None:
    sheet = say(store, sheet, "F-01", "note", "=HYPERLINK(1)")
    export = log_export(store, text, of_sheet(sheet), CSV, NOW)
    assert export is not None
    content = b"".join(export.lines).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content.split("\r\n", 1)[1])))
    assert [row["log_action"] for row in rows] == ["answer", "begin"]
    assert rows[0]["log_author"] == "tester"
    add_comment(store, SIGNATURE, sheet, "F-01", "=1+1", "guarded")
    export = log_export(store, text, of_sheet(sheet), CSV, NOW)
    assert export is not None
    assert "'=1+1" in b"".join(export.lines).decode("utf-8-sig")
    book = log_export(store, text, of_sheet(sheet), XLSX, NOW)
    assert book is not None
    assert b"".join(book.lines).startswith(b"PK")


def test_a_version_comes_back_as_the_newest_one(store: Store, sheet: Sheet) -> None:
    sheet = say(store, sheet, "F-01", "choice", "open")
    sheet = say(store, sheet, "F-01", "note", "一层")
    sheet = say(store, sheet, "F-01", "choice", "none")
    outcome = restore(store, SIGNATURE, sheet, sheet.answers["F-01"], 2)
    assert isinstance(outcome, Saved)
    now = reload(store, sheet)
    assert outcome.sheet.answers == now.answers
    assert (now.answers["F-01"].choice, now.answers["F-01"].note) == ("open", "一层")
    assert now.answers["F-01"].revision == 4
    assert score_row(store, sheet)["answered"] == 1
    assert versions(store, now, "F-01")[0].entry.action == "restore"
    length = log_length(store)
    again = restore(store, SIGNATURE, sheet, sheet.answers["F-01"], 2)
    assert isinstance(again, Saved)
    assert log_length(store) == length


def test_a_fact_comes_back_too(store: Store, sheet: Sheet) -> None:
    for value in ("1240", "1300"):
        sheet = say(store, sheet, "households", "value", value)
    restore(store, SIGNATURE, sheet, sheet.saved_facts["households"], 1)
    assert reload(store, sheet).saved_facts["households"].value == "1240"
    with pytest.raises(Refused):
        restore(store, SIGNATURE, sheet, SavedFact("population"), 1)


def test_restoring_over_what_somebody_just_saved_is_a_clash(store: Store, sheet: Sheet) -> None:
    sheet = say(store, sheet, "F-01", "choice", "open")
    seen = say(store, sheet, "F-01", "choice", "built").answers["F-01"]
    now = say(store, reload(store, sheet), "F-01", "note", "刚写的")
    clash = clash_of(restore(store, SIGNATURE, sheet, seen, 1))
    assert clash.theirs == now.answers["F-01"]


def test_restoring_brings_no_decision_back(store: Store, sheet: Sheet) -> None:
    sheet = say(store, sheet, "G-05", "choice", "not_applicable")
    sheet = say(store, sheet, "G-05", "reason", "本期没有")
    sheet = decide(store, sheet, "G-05", Decision.ACCEPTED)
    accepted = to_log(sheet.answers["G-05"])
    about = (sheet.community.code, sheet.assessment.id, "G-05", 3)
    with store.writing() as connection:
        log.append(connection, log.Change("r", NOW, "decide", *about, new=accepted))
    sheet = say(store, sheet, "G-05", "choice", "unknown")
    restore(store, SIGNATURE, sheet, sheet.answers["G-05"], 3)
    answer = reload(store, sheet).answers["G-05"]
    assert (answer.choice, answer.decision) == ("not_applicable", Decision.NONE)


def test_who_may_not_answer_may_not_restore(store: Store, sheet: Sheet) -> None:
    sheet = say(store, sheet, "F-01", "choice", "open")
    with pytest.raises(Forbidden):
        restore(store.seen_by(ELSEWHERE), SIGNATURE, sheet, sheet.answers["F-01"], 1)
