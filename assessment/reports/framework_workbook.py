"""A framework as a workbook to adapt, and its items as one CSV.

Row 1 of every sheet holds labels in the reader's language, row 2 the codes of the columns: what
is read back. The last sheet says how to work with it.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from assessment.domain.framework import Framework, Item, Kind, Role
from assessment.domain.framework_table import SHEETS, Column, Form, number_text, tables_of
from assessment.language.translator import Translator
from assessment.reports.csv_file import guard

FIRST_ROW = 3
# The framework that a CSV of items adapts, and the version that it becomes.
BASE_COLUMNS = ("base.id", "base.version", "base.new_version", "base.new_date")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_NARROW, _WIDE = 14, 44
_HELP_WIDTH, _LAST_ROW = 100, 2000
_CHOICES: Mapping[str, Sequence[str]] = {
    "role": [one.value for one in Role],
    "kind": [one.value for one in Kind],
    "evidence": list(Item.model_fields["evidence"].annotation.__args__),  # type: ignore[union-attr]
    "rule.direction": ["at_least", "at_most"],
    "means": ["yes", "no"],
}
_HELP = ("rows", "items", "weights", "sets", "version", "back")


def framework_workbook(text: Translator, framework: Framework) -> bytes:
    """The workbook, with a sheet for each part and one row for each item."""
    file = io.BytesIO()
    book = Workbook(file, _OPTIONS)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    quiet = book.add_format({"font_color": "#475467"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for name, rows in tables_of(framework).items():
        sheet = book.add_worksheet(text(f"framework_sheet.{name}"))
        _write_sheet(text, sheet, SHEETS[name], rows, (bold, quiet, wrapped))
        if name == "items":
            _offer_choices(sheet)
    _write_help(text, book.add_worksheet(text("framework_sheet.help")), wrapped)
    book.close()
    return file.getvalue()


def framework_csv(text: Translator, framework: Framework) -> bytes:
    """The items, one a row, each with the framework that they are adapted from."""
    buffer = io.StringIO(newline="")
    write = csv.writer(buffer, lineterminator="\r\n").writerow
    codes = [*BASE_COLUMNS, *(one.code for one in SHEETS["items"])]
    write([column_label(text, code) for code in codes])
    write(codes)
    base = [framework.id, framework.version, framework.version, framework.date]
    for row in tables_of(framework)["items"]:
        write([*base, *(guard(cell) for cell in row.values())])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def column_label(text: Translator, code: str) -> str:
    """The heading of a column; texts say which language they are in."""
    field, _, language = code.rpartition(".")
    if language in ("zh", "en"):
        return text(f"framework_language.{language}", field=text(f"framework_field.{field}"))
    return text(f"framework_field.{code}")


def _write_sheet(
    text: Translator,
    sheet: Worksheet,
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, str]],
    formats: tuple[Format, Format, Format],
) -> None:
    bold, quiet, wrapped = formats
    sheet.freeze_panes(FIRST_ROW - 1, 1)
    for number, column in enumerate(columns):
        width = _WIDE if column.form is Form.TEXT else _NARROW
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, column_label(text, column.code), bold)
        sheet.write_string(1, number, column.code, quiet)
    for place, row in enumerate(rows, start=FIRST_ROW - 1):
        for number, column in enumerate(columns):
            _write_cell(sheet, place, number, row[column.code], column, wrapped)


def _write_cell(
    sheet: Worksheet, row: int, number: int, cell: str, column: Column, wrapped: Format
) -> None:
    """Numbers as numbers, but only those that are read back as they stand."""
    is_number = column.form in (Form.NUMBER, Form.WHOLE) or column.code == "rule.threshold"
    if cell and is_number and number_text(float(f"{float(cell):.15g}")) == cell:
        sheet.write_number(row, number, float(cell), wrapped)
    elif cell:
        sheet.write_string(row, number, cell, wrapped)


def _offer_choices(sheet: Worksheet) -> None:
    codes = [one.code for one in SHEETS["items"]]
    for code, choices in _CHOICES.items():
        number = codes.index(code)
        about = {"validate": "list", "source": list(choices)}
        sheet.data_validation(FIRST_ROW - 1, number, _LAST_ROW, number, about)


def _write_help(text: Translator, sheet: Worksheet, wrapped: Format) -> None:
    sheet.set_column(0, 0, _HELP_WIDTH)
    lines = [text(f"framework_help.{name}") for name in _HELP]
    lines.append(text("framework_help.roles", codes=_codes(text, Role)))
    lines.append(text("framework_help.kinds", codes=_codes(text, Kind)))
    for row, words in enumerate(lines):
        sheet.write_string(row, 0, words, wrapped)


def _codes(text: Translator, known: Iterable[str]) -> str:
    named = (f"{one} {text(f'framework_value.{one}')}" for one in known)
    return text("join.change").join(named)
