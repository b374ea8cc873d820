"""Excel workbooks: rows are written out as they come, numbers as numbers, texts only as texts.

Rows 1 and 2 are those of the CSV: labels, then the stable codes of the columns. The second sheet
says what every column means and where the figures come from.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from assessment.language.translator import Translator
from assessment.reports.dictionary import dictionary_table
from assessment.reports.signs import Sign
from assessment.reports.table import Cell, Column, TableOf

HEADER_ROWS = 2
PLAIN_CELLS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}
_OPTIONS = {"constant_memory": True, **PLAIN_CELLS}
_NARROW, _WIDE = 11, 32


@dataclass(frozen=True)
class Look:
    """How a sheet looks: columns that stay in view, and signs for the texts of some columns."""

    frozen_columns: int = 1
    signed_kind: str = ""
    signs: Mapping[str, Sign] = field(default_factory=dict)


def write_xlsx(
    file: BinaryIO,
    table: TableOf,
    text: Translator,
    kind: str,
    about: Sequence[tuple[str, str]],
    look: Look,
) -> None:
    """Write a table as a workbook. ``about`` are words and values of where it comes from."""
    book = Workbook(file, _OPTIONS)
    try:
        sheet = book.add_worksheet(text(f"file.{kind}"))
        _write_rows(book, sheet, table, text, look)
        _write_about(book, text, kind, table.columns, about)
    finally:
        # Also after a failure: it removes the temporary files.
        book.close()


def _write_rows(
    book: Workbook, sheet: Worksheet, table: TableOf, text: Translator, look: Look
) -> None:
    bold, quiet = book.add_format({"bold": True}), book.add_format({"font_color": "#475467"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    signed = {word: _sign_format(book, sign) for word, sign in look.signs.items()}
    formats = [signed if column.kind == look.signed_kind else {} for column in table.columns]
    sheet.freeze_panes(HEADER_ROWS, look.frozen_columns)
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, _width(column, column.kind == look.signed_kind))
    _write_texts(sheet, 0, [column.label(text) for column in table.columns], bold)
    _write_texts(sheet, 1, [column.code for column in table.columns], quiet)
    last = HEADER_ROWS - 1
    for last, row in enumerate(table.rows, start=HEADER_ROWS):
        for number, cell in enumerate(row):
            _write_cell(sheet, last, number, cell, formats[number], moment)
    sheet.autofilter(HEADER_ROWS - 1, 0, last, len(table.columns) - 1)


def _write_cell(
    sheet: Worksheet,
    row: int,
    number: int,
    cell: Cell,
    signed: Mapping[str, Format],
    moment: Format,
) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        require_written(sheet.write_string(row, number, cell, signed.get(cell)))
    elif isinstance(cell, datetime):
        require_written(sheet.write_datetime(row, number, cell, moment))
    elif isinstance(cell, Fraction | Decimal):
        require_written(sheet.write_number(row, number, float(cell)))
    else:
        require_written(sheet.write_number(row, number, cell))


def require_written(fault: int | None) -> None:
    """A cell that Excel cannot hold ends the file: it would be cut without a word."""
    if fault:
        raise ValueError("a cell is too long for a workbook")


def _write_about(
    book: Workbook,
    text: Translator,
    kind: str,
    columns: Sequence[Column],
    about: Iterable[tuple[str, str]],
) -> None:
    sheet = book.add_worksheet(text("file.columns"))
    bold = book.add_format({"bold": True})
    for number, width in enumerate((20, 24, _WIDE, 12, 80)):
        sheet.set_column(number, number, width)
    row = 0
    for name, value in about:
        _write_texts(sheet, row, [name, value])
        row += 1
    meanings = dictionary_table(text, [(text(f"file.{kind}"), columns)])
    _write_texts(sheet, row + 1, [column.label(text) for column in meanings.columns], bold)
    for place, line in enumerate(meanings.rows, start=row + 2):
        _write_texts(sheet, place, [str(cell) for cell in line])


def _write_texts(
    sheet: Worksheet, row: int, cells: Sequence[str], look: Format | None = None
) -> None:
    for number, cell in enumerate(cells):
        require_written(sheet.write_string(row, number, cell, look))


def _sign_format(book: Workbook, sign: Sign) -> Format:
    """The sign is shown by the number format, so that the cell still holds the bare word."""
    wanted: dict[str, Any] = {
        "num_format": f'"{sign.symbol} "@',
        "font_color": sign.ink,
        "bg_color": sign.fill,
        "border": 3 if sign.dashed else 1,
        "border_color": sign.outline,
    }
    return book.add_format(wanted)


def _width(column: Column, signed: bool) -> int:
    return _NARROW + 3 if signed else _NARROW if column.is_number else _WIDE // 2
