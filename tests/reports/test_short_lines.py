"""Words for narrow places: nothing is lost, and no line is longer than it must be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.reports.short_lines import in_short_lines, room_of


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("Sample: earlier round", ["Sample:", "earlier", "round"]),
        ("示例：上一轮次", ["示例：上一轮次"]),
        ("2026年下半年自评", ["2026年下", "半年自评"]),
        (
            "Self-assessment, second half of 2026",
            ["Self-", "assessment,", "second half", "of 2026"],
        ),
        ("", [""]),
    ],
)
def test_lines_are_about_as_long_as_each_other(words: str, lines: list[str]) -> None:
    assert in_short_lines(words) == lines


@given(st.text(alphabet="ab年轮，（ -", max_size=40))
def test_no_letter_is_lost_and_what_fits_is_not_broken(words: str) -> None:
    lines = in_short_lines(words)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    assert len(lines) == 1 or room_of(words) > 14
