"""Reading an uploaded table: any encoding alike, and every broken file told as what it is."""

import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from assessment.domain.errors import Refused
from assessment.domain.import_table import RawSheet, column_letters
from assessment.services import table_process
from assessment.services.table_kinds import read_any
from assessment.services.table_process import read_tables
from assessment.services.text_tables import read_text_table
from assessment.services.workbook_tables import column_of, day_text, number_text
from tests.services.broken_files import GOOD, WHOLE, changed, workbook
from tests.services.steps import assert_told_in_words

TABLE = '社区,说明\r\n测试社区,"“甲、乙”，\n第二行"\r\n,\r\n滨海,€ 𠮷\r\n'
ENCODINGS = {
    "UTF-8": TABLE.encode(),
    "with a mark": TABLE.encode("utf-8-sig"),
    "GB18030": TABLE.encode("gb18030"),
    "UTF-16": TABLE.encode("utf-16"),
    "UTF-16 other order": b"\xfe\xff" + TABLE.encode("utf-16-be"),
    "UTF-16 without a mark": TABLE.encode("utf-16-le"),
    "UTF-16 other order without a mark": TABLE.encode("utf-16-be"),
}


def codes_of(content: bytes) -> list[str]:
    with pytest.raises(Refused) as refused:
        read_any(content)
    assert_told_in_words(refused.value)
    return [one.code for one in refused.value.faults]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_reads_alike(encoding: str) -> None:
    sheet = read_text_table(ENCODINGS[encoding])
    assert sheet == read_text_table(TABLE.encode())
    assert [row.number for row in sheet.rows] == [1, 2, 4]
    assert sheet.rows[1].cells == ["测试社区", "“甲、乙”，\n第二行"]
    assert sheet.marks == {}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_what_cannot_be_decoded_is_marked_at_its_row_and_the_rest_is_read(encoding: str) -> None:
    lines = [f"第{k}行,内容{k}".encode(encoding) for k in range(30)]
    lines[11] = "第十一行,".encode(encoding) + b"\xff\xff"
    sheet = read_text_table(b"\n".join(lines))
    assert sheet.marks == {(12, 1): "undecodable"}
    assert sheet.rows[29].cells == ["第29行", "内容29"]


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_the_separator_is_found(separator: str) -> None:
    sheet = read_text_table(separator.join(("item", "answer")).encode() + b"\n")
    assert sheet.rows[0].cells == ["item", "answer"]


@pytest.mark.parametrize("name", WHOLE)
def test_a_broken_file_is_told_as_what_it_is(name: str) -> None:
    content, code = WHOLE[name]
    assert codes_of(content) == [code]


def test_a_workbook_of_many_rows_is_told_as_such() -> None:
    file = io.BytesIO()
    book = Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet()
    for row in range(26_000):
        sheet.write_number(row, 0, row)
    book.close()
    assert codes_of(file.getvalue()) == ["import_rows"]


def test_a_workbook_is_read_with_numbers_days_and_texts_as_they_are_shown() -> None:
    file = io.BytesIO()
    book = Workbook(file, {"remove_timezone": True})
    sheet = book.add_worksheet("数据")
    sheet.write_row(0, 1, ["甲", 372, 0.1 + 0.2, 224.5, True, "_x000D_"])
    sheet.write_datetime(
        2,
        0,
        datetime(2026, 11, 2, tzinfo=UTC),
        book.add_format({"num_format": "yyyy-mm-dd"}),
    )
    sheet.write_rich_string(3, 0, "富", book.add_format({"bold": True}), "文本")
    sheet.write_formula(4, 2, "=1+1", None, 2)
    sheet.write_formula(5, 0, "=1/0", None, "#DIV/0!")
    book.close()
    (found,) = read_any(file.getvalue())
    cells = {
        (row.number, k): cell for row in found.rows for k, cell in enumerate(row.cells) if cell
    }
    assert found.name == "数据"
    assert [cells.get((1, k)) for k in range(1, 6)] == ["甲", "372", "0.3", "224.5", "TRUE"]
    assert (cells[3, 0], cells[4, 0]) == ("2026-11-02", "富文本")
    assert found.marks[5, 2] == "formula"
    assert (6, 0) in found.marks


def test_a_prefix_before_every_element_changes_nothing() -> None:
    def prefixed(name: str, part: bytes) -> bytes:
        if not name.endswith(("sheet1.xml", "sharedStrings.xml")):
            return part
        head, mark, rest = part.partition(b"?>")
        rest = rest.replace(b"</", b"\0").replace(b"<", b"<x:").replace(b"\0", b"</x:")
        return head + mark + rest.replace(b"xmlns=", b"xmlns:x=")

    assert read_any(changed(GOOD, prefixed)) == read_any(GOOD)


def test_the_process_gives_the_same_as_reading_here() -> None:
    content = workbook([("item", "answer"), ("F-01", "已开放"), ("F-02", 3.5)])
    assert _plain(read_tables(content)) == _plain(read_any(content))
    with pytest.raises(Refused) as refused:
        read_tables(WHOLE["macro"][0])
    assert refused.value.faults[0].code == "import_macro"


def test_a_file_that_takes_too_long_or_too_much_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_process, "SECONDS", 0.01)
    with pytest.raises(Refused) as refused:
        read_tables(GOOD)
    assert refused.value.faults[0].code == "import_too_slow"
    assert_told_in_words(refused.value)
    monkeypatch.setattr(table_process, "LARGEST_FILE", 10)
    with pytest.raises(Refused) as refused:
        read_tables(GOOD)
    assert refused.value.faults[0].code == "import_too_large"
    assert_told_in_words(refused.value)


@given(st.integers(0, 20_000))
def test_letters_and_numbers_of_columns_are_one(column: int) -> None:
    assert column_of(column_letters(column)) == column


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=0, max_value=1e12))
def test_a_stored_number_keeps_fifteen_digits(value: float) -> None:
    assert float(number_text(repr(value))) == pytest.approx(value, rel=1e-14, abs=1e-300)


def test_a_moment_before_its_calendar_is_left_as_it_stands() -> None:
    assert day_text("0", since_1904=True) == "1904-01-01"
    assert day_text("1e99", since_1904=False) == "1e99"


def _plain(sheets: list[RawSheet]) -> list[object]:
    return [
        (one.name, [(row.number, tuple(row.cells)) for row in one.rows], dict(one.marks))
        for one in sheets
    ]
