"""Reading an export back, as an import or a spreadsheet does."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from assessment.language.translator import Translator
from assessment.reports.csv_file import csv_lines, unguard
from assessment.reports.table import Column, TableOf

BOM = b"\xef\xbb\xbf"
EXPORTED = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
RISKY_SIGNS = "=+-@\t\r\n＝＋－＠"
UNSEEN = " \u00a0\u3000\v\f\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


@dataclass(frozen=True)
class ReadBack:
    """An export: labels, codes, and the cells of every row as they stand in the file."""

    columns: Sequence[Column]
    labels: list[str]
    codes: list[str]
    raw: list[list[str]]

    @property
    def rows(self) -> list[dict[str, str]]:
        """Every row by column code, with the guard taken off."""
        return [dict(zip(self.codes, map(unguard, row), strict=True)) for row in self.raw]

    def numbers(self) -> list[tuple[str, str]]:
        """Code and content of every cell in a number column that is not blank."""
        return [
            (column.code, cell)
            for row in self.raw
            for column, cell in zip(self.columns, row, strict=True)
            if column.is_number and cell
        ]

    def texts(self) -> list[str]:
        """Every cell that is not in a number column."""
        return [
            cell
            for row in self.raw
            for column, cell in zip(self.columns, row, strict=True)
            if not column.is_number
        ]


def read_back(table: TableOf, text: Translator) -> ReadBack:
    """Write a table as CSV and read it again."""
    content = b"".join(csv_lines(table, text))
    assert content.startswith(BOM)
    assert not content[len(BOM) :].startswith(BOM)
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    return ReadBack(table.columns, lines[0], lines[1], lines[2:])


def assert_file_is_well_formed(file: ReadBack, text: Translator) -> None:
    """Labels in the reader's language, stable codes, numbers that parse, texts that are safe."""
    assert file.labels == [column.label(text) for column in file.columns]
    assert file.codes == [column.code for column in file.columns]
    assert len(set(file.codes)) == len(file.codes)
    assert all(len(row) == len(file.codes) for row in file.raw)
    for code, cell in file.numbers():
        assert float(cell) == float(cell), code
        assert cell.strip() == cell, code
    for cell in file.texts():
        assert not runs_as_formula(cell), cell


def runs_as_formula(cell: str) -> bool:
    """Whether a spreadsheet may take the cell for a formula, whatever is hidden before it."""
    shown = cell.lstrip(UNSEEN)
    return shown != "" and shown[0] in RISKY_SIGNS
