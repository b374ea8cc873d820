"""What an import refuses, row by row: where it stands, why, and what to do."""

import csv
import io
from collections.abc import Mapping

import pytest

from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.store.engine import Store
from tests.services.broken_files import workbook
from tests.services.imports import (
    answered_row,
    codes_of,
    edited,
    items_csv,
    previewed,
    rows_of,
)

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
