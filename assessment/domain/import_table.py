"""Tables of a file that somebody brings: rows as the spreadsheet numbers them, and their faults."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assessment.domain.errors import Fault, Refused

FORMULA, CELL_ERROR, UNDECODABLE = "formula", "cell_error", "undecodable"
NOT_A_POINT = "not_a_point"
MOST_ROWS = 25_000
MOST_CELLS = 700_000
MOST_LETTERS = 20_000_000
LONGEST_CELL = 40_000
MOST_COLUMNS = 1_000
SHOWN_LETTERS = 60


@dataclass(frozen=True)
class RawRow:
    """A row that is not blank: its number in the spreadsheet (from 1), and its cells as texts."""

    number: int
    cells: Sequence[str]

    def cell(self, column: int) -> str:
        """The text of a cell without the spaces around it; blank beyond the last one."""
        return self.cells[column].strip() if 0 <= column < len(self.cells) else ""


@dataclass(frozen=True)
class RawSheet:
    """One sheet of a file; a CSV file is one sheet without a name.

    ``marks`` names the cells that hold no plain value, by row number and column from 0:
    ``FORMULA``, ``CELL_ERROR``, ``UNDECODABLE`` or ``NOT_A_POINT``.
    """

    name: str
    rows: Sequence[RawRow]
    marks: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """Where something stands: ``row`` from 1 (0 for the whole file), ``column`` from 0 (-1 for
    the whole row), with the heading and the value, cut, as they stand there."""

    file: str
    sheet: str = ""
    row: int = 0
    column: int = -1
    heading: str = ""
    value: str = ""

    @property
    def letters(self) -> str:
        """The column as a spreadsheet calls it: A, B, … AA; empty for the whole row."""
        return column_letters(self.column)


@dataclass(frozen=True)
class Problem:
    """What is refused, and where it stands."""

    place: Place
    fault: Fault


@dataclass(frozen=True)
class Header:
    """What the columns of a sheet are: code of ours to column, and the headings people see.

    ``last_row`` is the number of the last row that belongs to it; ``others`` are the headings
    of columns that mean nothing here.
    """

    columns: Mapping[str, int]
    headings: Sequence[str]
    last_row: int
    others: Sequence[str] = ()


@dataclass(frozen=True)
class Row:
    """A row below a header, whose cells are asked for by code."""

    file: str
    sheet: RawSheet
    header: Header
    raw: RawRow

    def text(self, code: str) -> str:
        """The text of a column; blank where there is no such column.

        Raises ``Refused`` for a formula, an error value, or what could not be decoded.
        """
        column = self.header.columns.get(code, -1)
        mark = self.sheet.marks.get((self.raw.number, column))
        if mark is not None:
            raise Refused([fault_of_mark(mark)])
        return self.raw.cell(column)

    def raw_text(self, code: str) -> str:
        """The text of a column whatever it is; for what only says where a file comes from."""
        return self.raw.cell(self.header.columns.get(code, -1))

    def exact(self, code: str) -> str:
        """The text of a column with its spaces and ends of lines; for texts of people."""
        column = self.header.columns.get(code, -1)
        return self.raw.cells[column] if 0 <= column < len(self.raw.cells) else ""

    def place(self, code: str = "") -> Place:
        """Where a column of this row stands; the whole row without a code."""
        column = self.header.columns.get(code, -1)
        headings = self.header.headings
        heading = headings[column] if 0 <= column < len(headings) else code
        value = self.raw.cell(column)[:SHOWN_LETTERS]
        return Place(self.file, self.sheet.name, self.raw.number, column, heading, value)

    def problem(self, code: str, fault: Fault) -> Problem:
        """A fault at a column of this row."""
        return Problem(self.place(code), fault)


def fault_of_mark(mark: str) -> Fault:
    """Why a marked cell is no plain value."""
    faults = {
        FORMULA: Fault("import_formula"),
        CELL_ERROR: Fault("import_cell_error"),
        UNDECODABLE: Fault("import_undecodable"),
        NOT_A_POINT: Fault("import_not_a_point"),
    }
    return faults[mark]


def column_letters(column: int) -> str:
    """The letters of a column that is counted from 0; empty for a negative one."""
    letters = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        letters = chr(65 + rest) + letters
        column -= 1
    return letters


def rows_below(file: str, sheet: RawSheet, header: Header) -> list[Row]:
    """The rows below a header that hold something in a column with a meaning."""
    wanted = set(header.columns.values())
    return [
        Row(file, sheet, header, raw)
        for raw in sheet.rows
        if raw.number > header.last_row and any(raw.cell(column) for column in wanted)
    ]


def in_file(fault: Fault, file: str, sheet: str = "") -> Problem:
    """A fault of a whole file or sheet; the line of the fault is its row."""
    return Problem(Place(file, sheet, row=fault.line or 0), replace(fault, line=None))
