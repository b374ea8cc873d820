"""No text of ours runs as a formula in a spreadsheet, and none is changed for good."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.language.translator import Translator
from assessment.reports.csv_file import guard, unguard
from assessment.reports.table import TableOf, numbers, texts
from tests.reports.reading import RISKY_SIGNS, read_back, runs_as_formula

HIDDEN = [
    "",
    " ",
    "   ",
    "\u3000",
    "\u00a0",
    "\u200b",
    "\u200f",
    "\u2060",
    "\ufeff",
    " \u200b\ufeff ",
    "'",
    "''",
    "' ",
]

# Texts made mostly of what is dangerous or unseen, and any text at all.
awkward = st.text(st.sampled_from(RISKY_SIGNS + "' \u3000\u200b\u2060\ufeff1a字"), max_size=12)
any_text = st.one_of(awkward, st.text(st.characters(exclude_categories=["Cs"]), max_size=40))


@pytest.mark.parametrize("sign", list(RISKY_SIGNS))
@pytest.mark.parametrize("before", HIDDEN)
def test_every_risky_sign_is_guarded_wherever_it_hides(before: str, sign: str) -> None:
    cell = f"{before}{sign}1+1"
    assert guard(cell) == f"'{cell}"
    assert unguard(guard(cell)) == cell


@pytest.mark.parametrize(
    "harmless", ["", "字", "1240", "a=b", "文件 -1", "'quoted'", "' a", "'", "3 + 4", "·"]
)
def test_a_harmless_text_is_left_alone(harmless: str) -> None:
    assert guard(harmless) == harmless
    assert unguard(harmless) == harmless


@given(any_text)
def test_taking_the_guard_off_gives_the_text_back(written: str) -> None:
    assert unguard(guard(written)) == written


@given(any_text)
def test_a_guarded_text_never_runs(written: str) -> None:
    assert not runs_as_formula(guard(written))


@given(any_text)
def test_a_text_is_guarded_once_at_most(written: str) -> None:
    assert guard(written) in (written, f"'{written}")


@given(st.lists(st.tuples(any_text, any_text), max_size=5))
def test_every_text_comes_back_from_a_file(rows: list[tuple[str, str]]) -> None:
    table = TableOf(texts("note", "reason"), rows)
    read = read_back(table, Translator("zh"))
    assert [(row["note"], row["reason"]) for row in read.rows] == rows


@pytest.mark.parametrize(
    "name",
    [
        "=1+1",
        "{{7*7}}",
        "${7*7}",
        '=HYPERLINK("http://x","y")',
        "=cmd|' /C calc'!A0",
        'a "quoted" name',
        "a, b; c",
        "two\nlines",
        "two\r\nlines",
        "＝１＋１",
        "'=1",
        "\ufeff社区",
        "<script>alert(1)</script>",
        "🏘 社区",
    ],
)
def test_a_name_survives_whatever_it_looks_like(name: str) -> None:
    read = read_back(TableOf(texts("title"), [[name], ["next"]]), Translator("zh"))
    assert [row["title"] for row in read.rows] == [name, "next"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (0, "0"),
        (-3, "-3"),
        (0.1, "0.1"),
        (1e-7, "1e-07"),
        (Decimal("372.50"), "372.50"),
        (Decimal("1E+3"), "1000"),
        (Fraction(30), "30"),
        (Fraction(1, 3), "0.333333333333"),
        (Fraction(2, 3), "0.666666666666"),
        (Fraction(29_999_999_999_999, 10**12), "29.999999999999"),
    ],
)
def test_a_number_is_written_as_a_plain_number(value: object, written: str) -> None:
    read = read_back(
        TableOf(
            numbers("value"),
            [
                [
                    value,
                ]
            ],
        ),
        Translator("zh"),
    )
    assert read.raw == [[written]] or (written == "" and read.raw in ([[]], [[""]]))


def test_a_time_is_written_in_utc() -> None:
    moment = datetime(2026, 11, 24, 8, 0, 5, 123456, tzinfo=UTC)
    read = read_back(TableOf(texts("saved_at"), [[moment]]), Translator("zh"))
    assert read.raw == [["2026-11-24T08:00:05Z"]]
