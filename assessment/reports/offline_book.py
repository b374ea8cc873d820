"""The parts of a workbook that people fill away from the screen: cells, drop-downs, protection.

Wording is locked without a password, so that nobody changes it by accident and everybody can
lift it; what is to be filled is unlocked and has a tone of its own. There is no formula: a
drop-down takes its words from a range of a hidden sheet, because words may hold a comma.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil
from typing import Any
from unicodedata import east_asian_width

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from assessment.domain.typed_numbers import NumberForm
from assessment.language.translator import Translator
from assessment.reports.signs import HEAD, INK, INPUT, LINE, QUIET
from assessment.reports.xlsx_file import require_written

LABEL_ROW, CODE_ROW, FIRST_ROW = 0, 1, 2
_LONGEST_TITLE, LONGEST_MESSAGE = 32, 255
_A4 = 9
_TALLEST = 400.0
_ALLOWED = {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True}


@dataclass(frozen=True)
class Entry:
    """One cell: what stands in it, and how it may be filled if it is there to be filled.

    ``words`` are those of a drop-down; ``number`` says which numbers are taken, ``longest`` how
    long a text may be. ``hint`` shows when somebody stands on the cell.
    """

    value: str | Decimal | int = ""
    is_input: bool = False
    words: Sequence[str] = ()
    number: NumberForm | None = None
    longest: int = 0
    hint: str = ""


@dataclass(frozen=True)
class OfflineColumn:
    """A column: its stable code, its heading, its width in letters."""

    code: str
    label: str
    width: int
    is_hidden: bool = False


@dataclass
class OfflineBook:
    """A workbook that is being written. ``head`` stands on each printed page."""

    book: Workbook
    text: Translator
    head: str
    is_sample: bool
    _lists: dict[tuple[str, ...], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make the formats; each is used for many cells."""
        frame = {"text_wrap": True, "valign": "top", "border": 1, "border_color": LINE}
        frame |= {"font_color": INK, "font_size": 10}
        add = self.book.add_format
        self.fixed = add(frame)
        self.open = add({**frame, "locked": False, "bg_color": INPUT})
        self.closed = add({**frame, "bg_color": HEAD})
        self.heading = add({**frame, "bold": True, "bg_color": HEAD})
        self.code = add({"font_color": QUIET, "font_size": 9})
        self.title = add({"bold": True, "font_size": 14, "font_color": INK, "text_wrap": True})
        self.lines = add({"text_wrap": True, "valign": "top", "font_color": INK, "font_size": 11})
        self.bold_lines = add({"text_wrap": True, "bold": True, "font_color": INK, "font_size": 11})

    def add_sheet(self, code: str) -> Worksheet:
        """A sheet named in the reader's language that the defined name ``sheet_CODE`` points to."""
        mark = f"{self.text('sample.mark')} " if self.is_sample else ""
        name = f"{mark}{self.text(f'offline.sheet_{code}')}"
        sheet = self.book.add_worksheet(name)
        self.book.define_name(f"sheet_{code}", f"='{name}'!$A$1")
        sheet.protect("", _ALLOWED)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        require_written(sheet.set_header(f"&L&9{self.head.replace('&', '&&')}&R&9&A"))
        sheet.set_footer("&C&9&P / &N")
        return sheet

    def write_table(
        self,
        sheet: Worksheet,
        columns: Sequence[OfflineColumn],
        rows: Sequence[Mapping[str, Entry]],
        frozen: int,
    ) -> None:
        """Labels, the hidden row of codes, and a row of entries for each of ``rows``."""
        for number, column in enumerate(columns):
            hidden = {"hidden": True} if column.is_hidden else {}
            sheet.set_column(number, number, column.width, None, hidden)
            require_written(sheet.write_string(LABEL_ROW, number, column.label, self.heading))
            require_written(sheet.write_string(CODE_ROW, number, column.code, self.code))
        sheet.set_row(LABEL_ROW, _height([(one.label, one.width) for one in columns]))
        sheet.set_row(CODE_ROW, None, None, {"hidden": True})
        for place, row in enumerate(rows, start=FIRST_ROW):
            sheet.set_row(place, _height([(row[one.code].value, one.width) for one in columns]))
            for number, column in enumerate(columns):
                self._write(sheet, place, number, row[column.code])
        sheet.freeze_panes(FIRST_ROW, frozen)
        sheet.autofilter(LABEL_ROW, 0, FIRST_ROW + max(len(rows), 1) - 1, len(columns) - 1)
        sheet.repeat_rows(LABEL_ROW, CODE_ROW)

    def write_lines(
        self, sheet: Worksheet, lines: Sequence[tuple[str, Format]], width: int
    ) -> None:
        """One column of wrapped lines."""
        sheet.set_column(0, 0, width)
        for row, (words, look) in enumerate(lines):
            sheet.set_row(row, _height([(words, width)], _LINE_OF_TEXT))
            require_written(sheet.write_string(row, 0, words, look))

    def write_lists(self) -> None:
        """The hidden sheet with the words of all drop-downs; to be called once, at the end."""
        sheet = self.book.add_worksheet(_LISTS)
        for place, words in enumerate(self._lists):
            for number, word in enumerate(words):
                require_written(sheet.write_string(place, number, word))
        sheet.protect()
        sheet.hide()

    def _write(self, sheet: Worksheet, row: int, number: int, entry: Entry) -> None:
        look = self.open if entry.is_input else self.fixed if entry.value != "" else self.closed
        if entry.value == "":
            sheet.write_blank(row, number, None, look)
        elif isinstance(entry.value, str):
            require_written(sheet.write_string(row, number, entry.value, look))
        else:
            require_written(sheet.write_number(row, number, float(entry.value), look))
        if entry.is_input:
            self._validate(sheet, row, number, entry)

    def _validate(self, sheet: Worksheet, row: int, number: int, entry: Entry) -> None:
        rule = self._rule(entry)
        if rule is None:
            return
        if entry.hint:
            rule["input_message"] = entry.hint[:LONGEST_MESSAGE]
        rule["error_title"] = self.text("offline.wrong_title")[:_LONGEST_TITLE]
        require_written(sheet.data_validation(row, number, row, number, rule))

    def _rule(self, entry: Entry) -> dict[str, Any] | None:
        if entry.words:
            source = self._source(tuple(entry.words))
            wrong = self.text("offline.wrong_choice")
            return {"validate": "list", "source": source, "error_message": wrong}
        if entry.number:
            largest = float(entry.number.largest)
            kind = "decimal" if entry.number.decimals else "integer"
            key = "offline.wrong_number" if entry.number.decimals else "offline.wrong_count"
            wrong = self.text(key, largest=self.text.number(largest))
            bounds = {"criteria": "between", "minimum": 0, "maximum": largest}
            return {"validate": kind, "error_message": wrong, **bounds}
        if entry.longest:
            wrong = self.text("offline.wrong_length", limit=self.text.number(entry.longest))
            bounds = {"criteria": "<=", "value": entry.longest}
            return {"validate": "length", "error_message": wrong, **bounds}
        return None

    def _source(self, words: tuple[str, ...]) -> str:
        if words not in self._lists:
            row = len(self._lists) + 1
            last = chr(ord("A") + len(words) - 1)
            self._lists[words] = f"={_LISTS}!$A${row}:${last}${row}"
        return self._lists[words]


_LISTS = "lists"
_LINE_OF_CELL, _LINE_OF_TEXT, _AROUND = 13.0, 16.0, 5.0


def _height(cells: Sequence[tuple[str | Decimal | int, int]], line: float = _LINE_OF_CELL) -> float:
    """Points for the cell with the most lines: not every program works that out when it opens."""
    lines = 1
    for value, width in cells:
        parts = str(value).split("\n")
        lines = max(lines, sum(max(ceil(_letters(part) / width), 1) for part in parts))
    return min(lines * line + _AROUND, _TALLEST)


def _letters(words: str) -> int:
    """How wide a text is, in letters; a Chinese one is as wide as two."""
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in words)
