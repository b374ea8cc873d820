"""A whole answer in one cell comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.domain.answer_cells import answer_cell, cell_parts
from assessment.domain.answers import NOT_APPLICABLE, SOME_TICKS, UNKNOWN, Decision
from assessment.domain.selected import SaidCells


@given(st.text(min_size=1), st.sampled_from(Decision))
def test_any_reason_comes_back(reason: str, decision: Decision) -> None:
    cell = answer_cell(SaidCells(NOT_APPLICABLE, "", reason, decision))
    assert cell_parts(cell) == (NOT_APPLICABLE, decision.value, reason)


@pytest.mark.parametrize(
    ("said", "cell"),
    [
        (SaidCells("open", "", "", ""), "open"),
        (SaidCells(UNKNOWN, "", "a reason of before", ""), UNKNOWN),
        (SaidCells(SOME_TICKS, "lit,clean", "", ""), "some: lit clean"),
        (SaidCells(NOT_APPLICABLE, "", "", ""), NOT_APPLICABLE),
        (SaidCells(NOT_APPLICABLE, "", "无", "accepted"), "not_applicable accepted: 无"),
        (SaidCells("", "", "", ""), ""),
    ],
)
def test_a_cell_can_be_read_by_people(said: SaidCells, cell: str) -> None:
    assert answer_cell(said) == cell


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("已开放", ("已开放", "", "")),
        ("不适用：没有幼儿", ("不适用", "", "没有幼儿")),
        ("  some :lit", ("some", "", "lit")),
        (":", (":", "", "")),
    ],
)
def test_what_people_type_is_taken_apart_alike(text: str, parts: tuple[str, str, str]) -> None:
    assert cell_parts(text) == parts
