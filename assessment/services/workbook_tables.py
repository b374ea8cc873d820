"""The sheets of a workbook: only values, and nothing that acts while it is read.

Runs in the process that reads a file; see ``table_process``. A workbook is read straight from
its XML with the parser of the standard library, so that every formula is seen as one and no row
costs more than its text. Source: ECMA-376, part 1, 18.3.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from zipfile import ZipFile

from assessment.domain.errors import Fault, Refused
from assessment.domain.import_table import CELL_ERROR, FORMULA, MOST_COLUMNS, RawRow, RawSheet
from assessment.services.text_tables import Limits
from assessment.services.workbook_parts import (
    Parts,
    look_through,
    parts_of,
    unescaped,
)
from assessment.services.workbook_xml import Attributes, Handler, parse

_DIGITS = "0123456789"
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - days in a workbook have no zone
_DAY_ZERO_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_LARGEST_EXACT = 1e15


def read_workbook(content: bytes) -> list[RawSheet]:
    """Every worksheet in the order of the book, hidden ones too.

    Raises ``Refused``: ``import_document_type``, ``import_damaged``, or one of ``Limits``.
    """
    with ZipFile(BytesIO(content)) as archive:
        look_through(archive)
        parts = parts_of(archive)
        limits = Limits()
        found = []
        for name, path in parts.sheets:
            reader = _SheetReader(parts, limits)
            with archive.open(path) as file:
                parse(file, reader)
            found.append(RawSheet(name, reader.rows, reader.marks))
    return found


class _SheetReader(Handler):
    """Collects the rows of one worksheet. It is called for every cell, so it is kept short."""

    def __init__(self, parts: Parts, limits: Limits) -> None:
        self.rows: list[RawRow] = []
        self.marks: dict[tuple[int, int], str] = {}
        self._parts, self._limits = parts, limits
        self._cells: list[str] = []
        self._pieces: list[str] = []
        self._number, self._column = 0, -1
        self._kind, self._style = "n", "0"
        self._is_text = self._is_marked = False
        self._spoken = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            place = attributes.get("r", "")
            self._column = _columns(place.rstrip(_DIGITS)) if place else self._column + 1
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "0")
            self._pieces.clear()
        elif name in ("v", "t"):
            self._is_text = not self._spoken
        elif name == "row":
            number = attributes.get("r", "")
            self._number = int(number) if number.isdigit() else self._number + 1
            self._cells, self._column, self._is_marked = [], -1, False
        elif name == "f":
            self._mark(FORMULA)
        elif name == "rPh":
            self._spoken += 1

    def end(self, name: str) -> None:
        self._is_text = False
        if name == "c":
            self._end_cell()
        elif name == "row" and (any(self._cells) or self._is_marked):
            self._limits.count(self._number, self._cells)
            self.rows.append(RawRow(self._number, self._cells))
        elif name == "rPh":
            self._spoken -= 1

    def text(self, data: str) -> None:
        if self._is_text:
            self._pieces.append(data)

    def _end_cell(self) -> None:
        text = self._value("".join(self._pieces)) if self._pieces else ""
        if self._kind == "e":
            self._mark(CELL_ERROR)
        if text and self._column < MOST_COLUMNS:
            self._cells += [""] * (self._column + 1 - len(self._cells))
            self._cells[self._column] = text

    def _mark(self, mark: str) -> None:
        self._is_marked = True
        self.marks.setdefault((self._number, self._column), mark)

    def _value(self, text: str) -> str:
        if self._kind == "s":
            texts = self._parts.texts
            if not (text.isdigit() and int(text) < len(texts)):
                raise Refused([Fault("import_damaged")])
            return texts[int(text)]
        if self._kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(text, text)
        if self._kind != "n":
            return unescaped(text)
        if self._style in self._parts.days:
            return day_text(text, self._parts.since_1904)
        return text if text.isdigit() and len(text) < 16 else number_text(text)


@lru_cache(maxsize=MOST_COLUMNS)
def _columns(letters: str) -> int:
    """The column from 0 for its letters; beyond the last one for what is no column."""
    if not letters.isascii() or not letters.isupper() or len(letters) > 3:
        return MOST_COLUMNS
    return column_of(letters)


def column_of(letters: str) -> int:
    """The column from 0 for its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def number_text(text: str) -> str:
    """A stored number in plain digits: what a spreadsheet shows of 0.30000000000000004 is 0.3."""
    try:
        value = float(text)
    except ValueError:
        return text
    if value != value or abs(value) > _LARGEST_EXACT:
        return text
    exact, shown = Decimal(repr(value)), Decimal(f"{value:.15g}")
    plain = f"{shown if len(repr(value)) > 17 else exact:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def day_text(text: str, since_1904: bool) -> str:
    """A stored moment as ISO text, as far as it is one."""
    try:
        moment = (_DAY_ZERO_1904 if since_1904 else _DAY_ZERO) + timedelta(days=float(text))
    except (ValueError, OverflowError):
        return text
    moment = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
    is_day = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return moment.strftime("%Y-%m-%d" if is_day else "%Y-%m-%dT%H:%M:%SZ")
