"""A framework as sheets of cells and back: nothing is lost, and a fault names its cell."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.errors import Fault, Refused
from assessment.domain.framework import Framework
from assessment.domain.framework_table import SHEETS, Row, Table, content_of, tables_of
from assessment.domain.load_framework import content_hash, framework_in, load_framework
from tests.domain.shipped import FRAMEWORK
from tests.domain.valid_framework import CLAUSES, VALID

SMALL = load_framework(VALID.encode(), CLAUSES)
WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=30)
WEIGHTS = st.floats(1e-6, 1e6, allow_nan=False)


def tables(framework: Framework) -> dict[str, Table]:
    """What a workbook holds of a framework."""
    return {
        name: Table([Row(number, cells) for number, cells in enumerate(rows, start=3)])
        for name, rows in tables_of(framework).items()
    }


def back(framework: Framework) -> Framework:
    content, places, faults = content_of(tables(framework))
    assert not faults
    return framework_in(content, places)


def with_cell(sheet: str, row: int, code: str, cell: str) -> dict[str, Table]:
    """The small framework with another cell in one row, counted from 3."""
    found = tables(SMALL)
    rows = [
        replace(one, cells={**one.cells, code: cell}) if one.number == row else one
        for one in found[sheet].rows
    ]
    letters = {column.code: chr(65 + number) for number, column in enumerate(SHEETS[sheet])}
    return {**found, sheet: Table(rows, letters)}


@pytest.mark.parametrize("framework", [SMALL, FRAMEWORK], ids=["small", "shipped"])
def test_a_framework_comes_back_from_its_sheets_with_the_same_content(framework: Framework):
    assert back(framework).hash == framework.hash
    assert len(tables_of(framework)["items"]) == len(framework.items)


@given(WORDS, WORDS, WEIGHTS, st.decimals("0.01", 1000, places=3))
@settings(max_examples=60)
def test_any_words_weights_and_thresholds_come_back(zh, en, weight, threshold):
    first = SMALL.items[0]
    rule = first.rule.model_copy(update={"threshold": str(threshold)})
    words = first.title.model_copy(update={"zh": zh, "en": en})
    item = first.model_copy(update={"title": words, "weight": weight, "rule": rule})
    changed = SMALL.model_copy(update={"items": (item, *SMALL.items[1:])})
    assert back(changed).hash == content_hash(changed)


@pytest.mark.parametrize(
    ("sheet", "row", "code", "cell", "fault"),
    [
        ("items", 3, "weight", "重", "wrong_type"),
        ("items", 3, "role", "golden", "not_one_of"),
        ("items", 3, "title.en", " ", "empty_text"),
        ("items", 3, "question.zh", "", "empty_text"),
        ("items", 4, "rule.threshold", "三十", "bad_form"),
        ("items", 5, "theme", "nowhere", "unknown_theme"),
        ("items", 5, "steps", "nothing", "unknown_set"),
        ("themes", 3, "weight", "-1", "out_of_range"),
        ("groups", 3, "theme", "nowhere", "owner_unknown"),
        ("steps", 4, "credit", "2", "out_of_range"),
        ("framework", 3, "complete_from", "", "missing_key"),
    ],
)
def test_a_fault_names_sheet_row_and_column(sheet, row, code, cell, fault):
    def read() -> list[Fault]:
        content, places, faults = content_of(with_cell(sheet, row, code, cell))
        if not faults:
            framework_in(content, places, CLAUSES)
        return faults

    try:
        found = read()
    except Refused as refused:
        found = list(refused.faults)
    told = [(one.code, one.sheet, one.line, one.column) for one in found]
    assert (fault, sheet, row, code) in told
    assert all(one.letter for one in found if one.column)


def test_a_fault_of_a_set_is_told_once_though_many_items_use_it():
    content, places, _ = content_of(with_cell("steps", 4, "credit", "x"))
    with pytest.raises(Refused) as refused:
        framework_in(content, places)
    assert len(refused.value.faults) == 1
