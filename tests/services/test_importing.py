"""Importing: a preview writes nothing, a write is whole, and taking it back is one step."""

from dataclasses import replace

import pytest

from assessment.domain.answers import ALL_TICKS, NOT_APPLICABLE, SOME_TICKS
from assessment.domain.errors import Forbidden, Refused
from assessment.domain.framework import Kind
from assessment.domain.import_headers import OFFLINE_WORKBOOK
from assessment.domain.permissions import Grant, Person, Role
from assessment.domain.records import AssessmentState, Community
from assessment.domain.sheet import Sheet
from assessment.language.translator import LANGUAGES, Language, Translator
from assessment.services import importing
from assessment.services.communities import Registration, register
from assessment.services.import_saving import write_import
from assessment.services.import_undoing import past_imports, undo_import
from assessment.store import rounds
from assessment.store.engine import Store
from tests.conftest import NOW
from tests.services.broken_files import workbook
from tests.services.imports import (
    another,
    answered_row,
    assert_log_holds,
    change_at,
    codes_of,
    edited,
    imported,
    items_csv,
    previewed,
)
from tests.services.steps import (
    SIGNATURE,
    log_length,
    log_of,
    reload,
    say,
    say_facts,
    score_row,
)


def test_a_preview_writes_nothing_and_a_write_is_one_entry_and_one_score(
    store: Store, sheet: Sheet
) -> None:
    before = log_length(store)
    content = edited(items_csv(sheet), answered_row("F-01", answer="已开放", note="新"))
    seen = previewed(store, content)
    assert (seen.added, seen.changed, seen.refused) == (1, 0, 0)
    assert change_at(seen, "F-01").new.choice == "open"  # type: ignore[union-attr]
    assert log_length(store) == before
    number = write_import(store, SIGNATURE, seen, (), "once")
    assert write_import(store, SIGNATURE, seen, (), "once") == 0
    fresh = reload(store, sheet)
    assert (fresh.answers["F-01"].choice, fresh.answers["F-01"].note) == ("open", "新")
    assert fresh.answers["F-01"].revision == 1
    assert [entry.action for entry in log_of(store, sheet, "F-01")] == ["import"]
    assert log_length(store) == before + 2
    assert score_row(store, sheet)["answered"] == 1
    (past,) = past_imports(store)
    assert (past.file.id, past.file.added, past.file.undone_at) == (number, 1, None)


def test_a_blank_cell_erases_nothing_and_the_word_for_it_does(store: Store, sheet: Sheet) -> None:
    sheet = say(store, sheet, "F-01", "note", "留着")
    sheet = say(store, sheet, "F-02", "note", "清掉")
    content = items_csv(sheet)
    assert previewed(store, edited(content, lambda row: row.update(note=""))).changes == []
    imported(store, edited(content, answered_row("F-02", note="[清空]")))
    fresh = reload(store, sheet)
    assert (fresh.answers["F-01"].note, fresh.answers["F-02"].note) == ("留着", "")


def test_what_is_newer_here_is_shown_both_ways_and_stays_unless_it_is_chosen(
    store: Store, sheet: Sheet
) -> None:
    sheet = say(store, sheet, "F-01", "choice", "building")
    content = edited(items_csv(sheet), answered_row("F-01", answer="open"))
    sheet = say(store, sheet, "F-01", "choice", "none")
    seen = previewed(store, content)
    (conflict,) = seen.conflicts
    assert (conflict.old.choice, conflict.new.choice) == ("none", "open")  # type: ignore[union-attr]
    assert (seen.added, seen.changed) == (0, 0)
    write_import(store, SIGNATURE, seen, (), "keep")
    assert reload(store, sheet).answers["F-01"].choice == "none"
    chosen = {(conflict.community, "F-01")}
    write_import(store, SIGNATURE, previewed(store, content), chosen, "take")
    assert reload(store, sheet).answers["F-01"].choice == "open"


def test_a_change_after_the_preview_stops_the_whole_import(store: Store, sheet: Sheet) -> None:
    def two(row: dict[str, str]) -> None:
        if row["item"] in ("F-01", "F-02"):
            row["answer"] = "open"

    seen = previewed(store, edited(items_csv(sheet), two))
    sheet = say(store, sheet, "F-02", "choice", "none")
    before = log_length(store)
    with pytest.raises(Refused) as refused:
        write_import(store, SIGNATURE, seen, (), "stale")
    assert [one.code for one in refused.value.faults] == ["import_stale"]
    assert "F-01" not in reload(store, sheet).answers
    assert log_length(store) == before
    assert past_imports(store) == []


def test_undo_is_one_step_and_leaves_what_was_changed_since(store: Store, sheet: Sheet) -> None:
    sheet = say(store, sheet, "F-01", "choice", "building")
    sheet = say_facts(store, sheet)

    def three(row: dict[str, str]) -> None:
        if row["item"] in ("F-01", "F-02", "F-03"):
            row["answer"] = "open"
        row["inputs"] = row["inputs"].replace("households=1240", "households=1300")

    number = imported(store, edited(items_csv(sheet), three))
    sheet = say(store, reload(store, sheet), "F-03", "choice", "none")
    outcome = undo_import(store, SIGNATURE, number)
    fresh = reload(store, sheet)
    assert (outcome.restored, list(outcome.left)) == (3, [(sheet.community.code, "F-03")])
    assert [fresh.answers[one].choice for one in ("F-01", "F-02", "F-03")] == [
        "building",
        "",
        "none",
    ]
    assert fresh.saved_facts["households"].value == "1240"
    assert [e.action for e in log_of(store, sheet, "F-01")] == ["import_undo", "import", "answer"]
    with pytest.raises(Refused) as refused:
        undo_import(store, SIGNATURE, number)
    assert refused.value.faults[0].code == "import_undone"
    assert_log_holds(store)


def test_an_import_opens_again_what_was_handed_in(store: Store, sheet: Sheet) -> None:
    with store.writing() as connection:
        state = replace(sheet.assessment, state=AssessmentState.SUBMITTED)
        rounds.write_state(connection, state)
    imported(store, edited(items_csv(sheet), answered_row("F-01", answer="open")))
    assert reload(store, sheet).assessment.state is AssessmentState.DRAFT


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_offline_workbook_is_read_by_words_ticks_and_states(
    store: Store, sheet: Sheet, language: Language
) -> None:
    text = Translator(language)
    upkeep = next(one for one in sheet.framework.items if one.kind is Kind.UPKEEP)
    aside = next(one for one in sheet.framework.items if one.not_applicable and one.steps)
    step = sheet.framework.item("F-01").steps[-1].label.in_language(language)
    yes, no = text("import.yes"), text("import.no")
    marks = [f"tick_{k + 1}" for k in range(len(upkeep.ticks))]
    rows = [
        ("编号", "答案", "状态", "理由", *marks, "版本"),
        ("item", "answer", "state", "reason", *marks, "revision"),
        ("F-01", step, "", "", *[""] * len(marks), 0),
        (upkeep.id, "", "", "", yes, *[no] * (len(marks) - 1), 0),
        (aside.id, "", text("answer.not_applicable"), "没有", *[""] * len(marks), 0),
        ("F-05", step, text("answer.unknown"), "", *[""] * len(marks), 0),
    ]
    seen = previewed(store, workbook(rows), community=sheet.community.code, text=text)
    assert codes_of(seen) == ["import_two_answers"]
    said = {one.subject: one.new for one in seen.changes}
    assert said["F-01"].choice == sheet.framework.item("F-01").steps[-1].id  # type: ignore[union-attr]
    assert said[upkeep.id].choice == SOME_TICKS  # type: ignore[union-attr]
    assert said[upkeep.id].ticks == (upkeep.ticks[0].id,)  # type: ignore[union-attr]
    assert (said[aside.id].choice, said[aside.id].reason) == (NOT_APPLICABLE, "没有")  # type: ignore[union-attr]


def test_marks_and_an_answer_that_say_otherwise_are_refused(store: Store, sheet: Sheet) -> None:
    upkeep = next(one for one in sheet.framework.items if one.kind is Kind.UPKEEP)
    content = f"item,answer,tick_1\n{upkeep.id},{ALL_TICKS},否\n".encode()
    seen = previewed(store, content, community=sheet.community.code)
    assert codes_of(seen) == ["import_other_marks"]


def test_a_community_may_be_named_where_only_one_has_the_name(store: Store, sheet: Sheet) -> None:
    content = "community,item,answer\n测试社区,F-01,open\n没有社区,F-01,open\n".encode()
    seen = previewed(store, content)
    assert [one.community for one in seen.changes] == [sheet.community.code]
    assert codes_of(seen) == ["import_community_unknown"]
    register(store, SIGNATURE, Registration("测试社区", "110106"))
    assert codes_of(previewed(store, content)) == ["import_community_unknown"] * 2


def test_only_communities_that_the_person_may_answer_for_are_written(
    store: Store, sheet: Sheet
) -> None:
    other = another(store)
    staff = Person("s", "S", (Grant(Role.STAFF, community=sheet.community.code),))
    viewer = Person("v", "V", (Grant(Role.VIEWER),))
    lines = [f"{one.community.code},F-01,open" for one in (sheet, other)]
    content = "\n".join(["code,item,answer", *lines]).encode()
    seen = previewed(store.seen_by(staff), content)
    assert codes_of(seen) == ["import_community_unknown"]
    assert {one.community for one in seen.changes} == {sheet.community.code}
    assert codes_of(previewed(store.seen_by(viewer), content)) == ["import_not_yours"] * 2
    whole = previewed(store, content)
    with pytest.raises(Forbidden):
        write_import(store.seen_by(staff), SIGNATURE, whole, (), "forbidden")
    assert reload(store, sheet).answers == {}


def test_who_may_not_answer_may_not_undo(store: Store, sheet: Sheet, community: Community) -> None:
    number = imported(store, edited(items_csv(sheet), answered_row("F-01", answer="open")))
    viewer = Person("v", "V", (Grant(Role.VIEWER),))
    with pytest.raises(Forbidden):
        undo_import(store.seen_by(viewer), SIGNATURE, number)
    stranger = Person("w", "W", (Grant(Role.STAFF, community="P001"),))
    assert past_imports(store.seen_by(stranger)) == []
    assert reload(store, sheet).answers["F-01"].choice == "open"


def test_more_than_is_written_at_once_is_refused_before(
    store: Store, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MOST_CHANGES", 1)
    content = b"item,answer\nF-01,open\nF-02,open\n"
    seen = previewed(store, content, community=sheet.community.code)
    assert codes_of(seen) == ["import_many"]
    assert seen.changes == ()


def test_results_are_told_to_be_no_input(store: Store) -> None:
    content = b"log_id,log_action,revision\n1,answer,2\n"
    assert codes_of(previewed(store, content)) == ["import_result_only"]
    assert codes_of(previewed(store, b"a,b\n1,2\n")) == ["import_nothing_known"]


def test_the_sheet_about_a_workbook_says_whose_it_is(store: Store, sheet: Sheet) -> None:
    import io as bytes_io

    from xlsxwriter import Workbook

    file = bytes_io.BytesIO()
    book = Workbook(file)
    items, about = book.add_worksheet("项目"), book.add_worksheet("说明")
    for k, row in enumerate([("item", "answer"), ("F-01", "open")]):
        items.write_row(k, 0, row)
    values = {"kind": OFFLINE_WORKBOOK, "community": sheet.community.code, "round": sheet.round.id}
    for k, (key, value) in enumerate({**values, "written_at": NOW.isoformat()}.items()):
        about.write_row(k, 0, (key, "这是什么", value))
    book.close()
    seen = previewed(store, file.getvalue(), community="P001")
    assert [one.community for one in seen.changes] == [sheet.community.code]
    assert seen.from_round == sheet.round.id
