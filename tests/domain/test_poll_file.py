"""A file of replies as people's spreadsheets write it; whatever is unclear is named by its cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.domain.errors import Refused
from assessment.domain.poll import Reply
from assessment.domain.poll_file import MOST_REPLIES, PollFile, read_replies
from assessment.language.translator import LANGUAGES, Translator
from assessment.services.table_kinds import read_any
from tests.domain.polls import QUESTIONS
from tests.services.broken_files import workbook

HEADING = "年龄,题,题\r\nage,R-01,R-02\r\n"


def read_file(content: bytes) -> PollFile:
    """As the process that reads uploaded tables does, and what is made of it."""
    return read_replies(read_any(content)[0], QUESTIONS)


def read(text: str, encoding: str = "utf-8-sig") -> list[Reply]:
    found = read_file(text.encode(encoding))
    assert list(found.faults) == []
    return list(found.replies)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_spreadsheets_write_is_read(encoding: str, delimiter: str) -> None:
    text = f"{HEADING}from_60,5,X\r\n,,1\r\n".replace(",", delimiter)
    assert read(text, encoding) == [
        Reply({"R-01": "5", "R-02": "X"}, "from_60"),
        Reply({"R-02": "1"}),
    ]


def test_full_width_figures_and_a_small_x_are_the_same_answer() -> None:
    assert read(f"{HEADING},５,ｘ\n, x ,×\n") == [
        Reply({"R-01": "5", "R-02": "X"}),
        Reply({"R-01": "X", "R-02": "X"}),
    ]


def test_the_exact_words_of_the_paper_mean_the_same() -> None:
    assert read(f"{HEADING}60至74岁,很满意,不清楚或用不着\n75 or over,Very unhappy,\n") == [
        Reply({"R-01": "5", "R-02": "X"}, "from_60"),
        Reply({"R-01": "1"}, "from_75"),
    ]


def test_rows_without_an_answer_are_told_and_not_counted() -> None:
    found = read_file(f"{HEADING}from_60,,\n\n,4,\n".encode())
    assert (len(found.replies), found.blank) == (1, 1)
    assert found.left_out[0] == "R-03"


def test_a_workbook_is_read_as_a_csv_is_and_a_formula_is_named_by_its_cell() -> None:
    rows = [("age", "R-01", "R-02"), ("from_60", 5, "X"), ("", 1, "")]
    assert read_file(workbook(rows)).replies == [
        Reply({"R-01": "5", "R-02": "X"}, "from_60"),
        Reply({"R-01": "1"}),
    ]
    with pytest.raises(Refused) as refused:
        read_file(workbook([*rows, ("", "=1+4", "")]))
    (fault,) = refused.value.faults
    assert (fault.code, fault.line, fault.letter) == ("import_formula", 4, "B")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cell_that_cannot_be_read_is_named_and_nothing_is_taken(language: str) -> None:
    found = read_file(f"{HEADING},6,4\n老,满意,5\n,5,5,7\n".encode())
    assert found.replies == []
    cells = [(one.code, one.values["row"], one.values["column"]) for one in found.faults]
    assert cells == [
        ("poll_choice_unknown", "3", "R-01"),
        ("poll_age_unknown", "4", "age"),
        ("poll_choice_unknown", "4", "R-01"),
        ("poll_cell_without_column", "5", "4"),
    ]
    for fault in found.faults:
        words = Translator(language).fault(fault)
        assert fault.values["row"] in words
        assert fault.values["value"] in words


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "import_empty"),
        ("姓名,电话\n张三,1\n".encode(), "poll_file_no_heading"),
        (b"R-01,R-99\n5,5\n", "poll_column_unknown"),
        ("R-01,姓名\n5,张三\n".encode(), "poll_column_unknown"),
        (b"R-01,R-01\n5,5\n", "poll_column_twice"),
        (b"\xff\xff\xff\x81", "import_encoding"),
        (b"R-01\0\n5\n", "poll_file_no_heading"),
        (b"x" * 1_000_001, "import_long_cell"),
        (b"R-01\n" + b"5\n" * (MOST_REPLIES + 1), "poll_file_rows"),
    ],
)
def test_a_file_that_is_none_says_why(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_file(content)
    assert refused.value.faults[0].code == code
    for language in LANGUAGES:
        assert "fault." not in Translator(language).fault(refused.value.faults[0])


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        read_file(content)
    except Refused:
        return


@given(st.lists(st.text(max_size=4), max_size=6))
def test_any_cells_are_read_or_refused(cells: list[str]) -> None:
    line = ",".join('"{}"'.format(one.replace('"', '""')) for one in cells)
    try:
        found = read_file(f"age,R-01\n{line}\n".encode("utf-8", "replace"))
    except Refused:
        return
    assert len(found.replies) <= 2
