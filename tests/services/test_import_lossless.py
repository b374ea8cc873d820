"""What our own files bring back: every state, every text, every fact."""

import pytest

from assessment.domain.answers import NOT_APPLICABLE, SOME_TICKS, Answer, Decision, State, choices
from assessment.domain.framework import Item, Kind
from assessment.domain.import_changes import is_blank
from assessment.domain.records import SavedFact
from assessment.domain.sheet import Sheet
from assessment.language.translator import LANGUAGES, Language, Translator
from assessment.services.communities import list_rounds
from assessment.services.exports import ANSWERS, CSV, MATRIX
from assessment.services.selection import Selection
from assessment.services.selection_exports import XLSX, Wish, selection_export
from assessment.services.sheets import score_in
from assessment.store.answers import add_answers
from assessment.store.engine import Store
from assessment.store.facts import add_facts
from tests.conftest import NOW
from tests.services.imports import (
    another,
    assert_log_holds,
    imported,
    items_csv,
    previewed,
    rows_of,
    summary_csv,
)
from tests.services.steps import FACTS, reload, say_facts

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


def answer_everything(store: Store, sheet: Sheet, shift: int = 0) -> Sheet:
    """Every choice of every kind somewhere, with texts that spreadsheets and CSV trip over.

    Every ``shift`` gives each item another choice. Written at once: saved one by one, they would
    take most of the time of the test.
    """
    said = [_said(k, item) for k, item in enumerate(sheet.framework.items, start=shift)]
    facts = {**FACTS, "built": "new", "central_heating": "yes"}
    known = [SavedFact(fact, value) for fact, value in facts.items()]
    number = sheet.assessment.id
    with store.writing() as connection:
        add_answers(connection, [(number, one) for one in said if not is_blank(one)], "t", NOW)
        add_facts(connection, [(number, one) for one in known], "t", NOW)
        score_in(connection, store, sheet.assessment, NOW)
    return reload(store, sheet)


def _said(k: int, item: Item) -> Answer:
    choice = ("", *choices(item))[k % (len(choices(item)) + 1)]
    details = {"floor_area": "224.50", "means": "lease"} if item.id == "F-01" else {}
    if item.kind is Kind.SURVEY:
        details = {"positive": "80", "asked": "120"}
    is_aside = choice == NOT_APPLICABLE
    return Answer(
        item.id,
        choice,
        ticks=(item.ticks[0].id,) if choice == SOME_TICKS else (),
        note=NASTY[k // 3 % len(NASTY)] if k % 3 == 0 else "",
        reason=f"理由{k}" if is_aside else "",
        decision=Decision.ACCEPTED if is_aside and k % 2 else Decision.NONE,
        details=details,
    )


def exported(store: Store, kind: str = ANSWERS, ending: str = CSV) -> bytes:
    """A file of all communities as our export writes it."""
    wish = Wish(Translator("zh"), list_rounds(store)[0].id, Selection(), NOW)
    export = selection_export(store, wish, kind, ending)
    assert export
    return b"".join(export.lines)


def swapped(content: bytes, one: Sheet, other: Sheet) -> bytes:
    """The file with what is said of one community said of the other."""
    own, others = (each.community.code.encode() for each in (one, other))
    return content.replace(others, b"NOBODY").replace(own, others).replace(b"NOBODY", own)


def row_of(content: bytes, sheet: Sheet) -> dict[str, str]:
    """The row of a community in a file of communities, without what names its place."""
    (row,) = [row for row in rows_of(content) if row["code"] == sheet.community.code]
    return {
        name: cell
        for name, cell in row.items()
        if name not in {*OF_A_PLACE, "code", "name", "area"}
    }


def bare(content: bytes) -> list[dict[str, str]]:
    """The rows without who, when and where."""
    return [
        {name: cell for name, cell in row.items() if name not in NOT_COMPARED}
        for row in rows_of(content)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_of_items_brings_every_state_back(
    store: Store, sheet: Sheet, language: Language
) -> None:
    other = another(store)
    text = Translator(language)
    sheet = answer_everything(store, sheet)
    content = items_csv(sheet, text)
    assert len({row["state"] for row in rows_of(content)}) >= 7
    assert previewed(store, content).changes == []
    moved = content.replace(sheet.community.code.encode(), other.community.code.encode())
    imported(store, moved)
    assert bare(items_csv(reload(store, other), text)) == bare(content)
    again = previewed(store, moved)
    assert (again.added, again.changed, again.refused) == (0, 0, 0)
    assert_log_holds(store)


def test_a_file_of_the_answers_of_many_brings_every_state_back(store: Store, sheet: Sheet) -> None:
    other = another(store)
    sheet = answer_everything(store, sheet)
    content = exported(store)
    assert previewed(store, content).changes == []
    imported(store, swapped(content, sheet, other))
    again = rows_of(exported(store))
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


def test_a_summary_brings_the_facts_back(store: Store, sheet: Sheet) -> None:
    other = another(store)
    sheet = say_facts(store, sheet)
    content = summary_csv(sheet).replace(
        sheet.community.code.encode(), other.community.code.encode()
    )
    imported(store, content)
    assert reload(store, other).facts == sheet.facts


@pytest.mark.parametrize("shift", range(6))
def test_a_matrix_brings_every_state_back(store: Store, sheet: Sheet, shift: int) -> None:
    other = another(store)
    sheet = answer_everything(store, sheet, shift)
    content = exported(store, MATRIX)
    for file, name in ((content, "file.csv"), (exported(store, MATRIX, XLSX), "file.xlsx")):
        seen = previewed(store, file, name)
        assert (seen.changes, seen.problems) == ([], ())
    imported(store, swapped(content, sheet, other))
    assert row_of(exported(store, MATRIX), other) == row_of(content, sheet)
    assert set(State) <= set(row_of(content, sheet).values())
    assert_log_holds(store)
