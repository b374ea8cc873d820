"""Importing: a preview writes nothing, a write is whole, and taking it back is one step."""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from assessment.domain.answers import ALL_TICKS, NOT_APPLICABLE, SOME_TICKS, Decision, choices
from assessment.domain.errors import Forbidden, Refused
from assessment.domain.framework import Kind
from assessment.domain.import_headers import OFFLINE_WORKBOOK
from assessment.domain.permissions import Grant, Person, Role
from assessment.domain.records import AssessmentState, Community
from assessment.domain.sheet import Sheet
from assessment.language.translator import LANGUAGES, Language, Translator
from assessment.reports.csv_file import unguard
from assessment.services.communities import Registration, begin, list_rounds, register
from assessment.services.exports import ANSWERS, CSV
from assessment.services.import_saving import write_import
from assessment.services.import_undoing import past_imports, undo_import
from assessment.services.selection import Selection
from assessment.services.selection_exports import Wish, selection_export
from assessment.services.sheets import load_sheet
from assessment.store import rounds
from assessment.store.engine import Store
from tests.conftest import NOW
from tests.services.broken_files import workbook
from tests.services.imports import (
    change_at,
    codes_of,
    imported,
    items_csv,
    previewed,
    summary_csv,
)
from tests.services.steps import (
    SIGNATURE,
    decide,
    log_length,
    log_of,
    reload,
    say,
    say_facts,
    score_row,
)
from tests.store.chain import breaks_in_log

NASTY = ("=1+1 说明", "'引号", "+86 电话\n第二行", '甲, "乙"', " 前后有空格 ", "@x\t;、")
NOT_COMPARED = ("revision", "saved_at", "saved_by", "exported_at", "community_code")
# What lacks evidence follows from notes and files too, which such a file does not hold.
OF_A_PLACE = (
    "unsupported",
    "name_zh",
    "name_en",
    "community_code",
    "community_name",
    "exported_at",
)
NOT_COMPARED += ("community_name", "state_at", "state_by", "evidence")


def answer_everything(store: Store, sheet: Sheet) -> Sheet:
    """Every choice of every kind somewhere, with texts that spreadsheets and CSV trip over."""
    sheet = say_facts(store, sheet, built="new", central_heating="yes")
    for k, item in enumerate(sheet.framework.items):
        offered = ("", *choices(item))
        choice = offered[k % len(offered)]
        if choice:
            sheet = say(store, sheet, item.id, "choice", choice)
        if choice == SOME_TICKS:
            sheet = say(store, sheet, item.id, "ticks", (item.ticks[0].id,))
        if choice == NOT_APPLICABLE:
            sheet = say(store, sheet, item.id, "reason", f"理由{k}")
        if k % 3 == 0:
            sheet = say(store, sheet, item.id, "note", NASTY[k // 3 % len(NASTY)])
    survey = next(one for one in sheet.framework.items if one.kind is Kind.SURVEY)
    sheet = say(store, sheet, survey.id, "detail:positive", "80")
    sheet = say(store, sheet, survey.id, "detail:asked", "120")
    sheet = say(store, sheet, "F-01", "detail:floor_area", "224.50")
    return say(store, sheet, "F-01", "detail:means", "lease")


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The rows below the labels, by the codes of the columns."""
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return [dict(zip(lines[1], map(unguard, line), strict=True)) for line in lines[2:]]


def answers_csv(store: Store) -> bytes:
    """The answers of all communities as our export writes them."""
    wish = Wish(Translator("zh"), list_rounds(store)[0].id, Selection(), NOW)
    export = selection_export(store, wish, ANSWERS, CSV)
    assert export
    return b"".join(export.lines)


def bare(content: bytes) -> list[dict[str, str]]:
    """The rows without who, when and where."""
    return [
        {name: cell for name, cell in row.items() if name not in NOT_COMPARED}
        for row in rows_of(content)
    ]


def edited(content: bytes, change: Callable[[dict[str, str]], None]) -> bytes:
    """The file of items with every row changed."""
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    rows = [dict(zip(lines[1], line, strict=True)) for line in lines[2:]]
    for row in rows:
        change(row)
    out = io.StringIO()
    csv.writer(out).writerows([*lines[:2], *(list(row.values()) for row in rows)])
    return out.getvalue().encode("utf-8-sig")


def answered_row(which: str, **cells: str) -> Callable[[dict[str, str]], None]:
    """A change of one row of the file of items."""

    def change(row: dict[str, str]) -> None:
        if row["item"] == which:
            row.update(cells)

    return change


def assert_log_holds(store: Store) -> None:
    """Every entry of the log follows from the one before."""
    with store.reading() as connection:
        assert breaks_in_log(connection) == []


@pytest.fixture
def other(store: Store) -> Sheet:
    """Another community of the same round, with nothing answered."""
    community = register(store, SIGNATURE, Registration("乙社区", "110105"))
    found = load_sheet(store, begin(store, SIGNATURE, community, list_rounds(store)[0]).id)
    assert found
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_of_items_brings_every_state_back(
    store: Store, sheet: Sheet, other: Sheet, language: Language
) -> None:
    text = Translator(language)
    sheet = answer_everything(store, sheet)
    pending = next(i for i, a in sheet.answers.items() if a.choice == NOT_APPLICABLE)
    sheet = decide(store, sheet, pending, Decision.ACCEPTED)
    content = items_csv(sheet, text)
    assert len({row["state"] for row in rows_of(content)}) >= 7
    assert previewed(store, content).changes == []
    moved = content.replace(sheet.community.code.encode(), other.community.code.encode())
    imported(store, moved)
    assert bare(items_csv(reload(store, other), text)) == bare(content)
    again = previewed(store, moved)
    assert (again.added, again.changed, again.refused) == (0, 0, 0)
    assert_log_holds(store)


def test_a_file_of_the_answers_of_many_brings_every_state_back(
    store: Store, sheet: Sheet, other: Sheet
) -> None:
    sheet = answer_everything(store, sheet)
    pending = next(i for i, a in sheet.answers.items() if a.choice == NOT_APPLICABLE)
    sheet = decide(store, sheet, pending, Decision.ACCEPTED)
    sheet = say(store, sheet, "F-02", "note", "重新计分")
    content = answers_csv(store)
    assert previewed(store, content).changes == []
    own, others = (one.community.code.encode() for one in (sheet, other))
    swapped = content.replace(others, b"NOBODY").replace(own, others).replace(b"NOBODY", own)
    imported(store, swapped)
    again = rows_of(answers_csv(store))
    brought, before = (
        [
            {**row, "code": "", **dict.fromkeys(OF_A_PLACE, "")}
            for row in rows
            if row["code"] == code
        ]
        for rows, code in (
            (again, other.community.code),
            (rows_of(content), sheet.community.code),
        )
    )
    differing = [
        (row["item"], name, cell, row[name])
        for row, old in zip(brought, before, strict=True)
        for name, cell in old.items()
        if cell != row[name]
    ]
    assert differing == []


def test_a_summary_brings_the_facts_back(store: Store, sheet: Sheet, other: Sheet) -> None:
    sheet = say_facts(store, sheet)
    content = summary_csv(sheet).replace(
        sheet.community.code.encode(), other.community.code.encode()
    )
    imported(store, content)
    assert reload(store, other).facts == sheet.facts


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


REFUSED_ROWS: Mapping[str, tuple[dict[str, str], str, str]] = {
    "a choice that is none": ({"answer": "都有"}, "answer", "import_not_allowed"),
    "an item that is none": ({"item": "F-99"}, "item", "import_item_like"),
    "no item": ({"item": ""}, "item", "import_no_item"),
    "a number that is none": ({"floor_area": "约300"}, "floor_area", "number_not_a_number"),
    "a number out of range": ({"open_days": "9"}, "open_days", "number_too_large"),
    "a community that is none": (
        {"community_code": "X9"},
        "community_code",
        "import_community_unknown",
    ),
    "a means that is none": ({"means": "偷"}, "means", "import_not_allowed"),
    "a fact that is none": ({"inputs": "housholds=3"}, "inputs", "import_fact_like"),
    "a state that is none": ({"state": "好"}, "state", "import_not_allowed"),
    "a sign of control": ({"note": "a\x07b"}, "note", "text_control"),
    "a note that is too long": ({"note": "长" * 4001}, "note", "text_too_long"),
}


@pytest.mark.parametrize("name", REFUSED_ROWS)
def test_a_row_that_cannot_be_taken_says_where_why_and_what_to_do(
    store: Store, sheet: Sheet, name: str, text: Translator
) -> None:
    cells, column, code = REFUSED_ROWS[name]
    content = edited(items_csv(sheet), answered_row("F-01", **{"answer": "open", **cells}))
    seen = previewed(store, content, name="我的表.csv", text=text)
    (problem,) = seen.problems
    row = next(
        k for k, one in enumerate(rows_of(items_csv(sheet)), start=3) if one["item"] == "F-01"
    )
    place = problem.place
    assert (problem.fault.code, place.file, place.row) == (code, "我的表.csv", row)
    headings = next(csv.reader(io.StringIO(items_csv(sheet).decode("utf-8-sig"))))
    codes = list(rows_of(items_csv(sheet))[0])
    assert (place.heading, place.column) == (headings[codes.index(column)], codes.index(column))
    assert text.reason(problem.fault)
    assert seen.changes == []


def test_a_row_that_is_there_twice_is_refused_with_both_rows(store: Store, sheet: Sheet) -> None:
    content = b"item,answer\nF-01,open\nF-02,open\nF-01,none\n"
    seen = previewed(store, content, community=sheet.community.code)
    assert codes_of(seen) == ["import_twice", "import_twice"]
    assert [one.place.row for one in seen.problems] == [2, 4]
    assert seen.problems[0].fault.values["rows"] == "2, 4"
    assert [one.subject for one in seen.changes] == ["F-02"]


def test_a_formula_is_refused_in_its_cell_and_the_rest_is_read(store: Store, sheet: Sheet) -> None:
    rows = [
        ("项目", "答案", "说明"),
        ("item", "answer", "note"),
        ("F-01", "", "x"),
        ("F-02", "open", ""),
    ]
    content = workbook(rows, formula_at=(2, 1))
    seen = previewed(store, content, name="表.xlsx", community=sheet.community.code)
    (problem,) = seen.problems
    place = problem.place
    assert (problem.fault.code, place.sheet, place.letters, place.row, place.heading) == (
        "import_formula",
        "items",
        "B",
        3,
        "答案",
    )
    assert [one.subject for one in seen.changes] == ["F-02"]


def test_a_missing_column_is_named_and_an_extra_one_is_told(store: Store, sheet: Sheet) -> None:
    seen = previewed(store, b"item,revision\nF-01,0\n", community=sheet.community.code)
    assert codes_of(seen) == ["import_column"]
    assert "answer" in seen.problems[0].fault.values["column"]
    content = b"item,answer,colour\nF-01,open,red\n"
    assert list(previewed(store, content, community=sheet.community.code).others) == ["colour"]
    content = b"item,answer,answer\nF-01,open,none\n"
    seen = previewed(store, content, community=sheet.community.code)
    assert codes_of(seen) == ["import_column_twice"]


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


def test_only_communities_that_the_person_may_answer_for_are_written(
    store: Store, sheet: Sheet, other: Sheet
) -> None:
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
