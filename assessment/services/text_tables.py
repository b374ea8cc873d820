"""CSV files as people save them: any of the usual encodings and separators.

Runs in the process that reads a file; see ``table_process``. What cannot be decoded is refused
with its row: a character that was guessed would be a wrong answer.
"""

import codecs
import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Iterator

from assessment.domain.errors import Fault, Refused
from assessment.domain.import_table import (
    LONGEST_CELL,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_LETTERS,
    MOST_ROWS,
    UNDECODABLE,
    RawRow,
    RawSheet,
)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SEPARATORS = ",\t;"
_LOST = "\ufffd"
# Shares of characters that no written text has.
_MOST_ODD = 0.002
_LAYOUT = "\t\r\n"
_ODD = {"Cc", "Cn", "Co", "Cs"}


def read_text_table(content: bytes) -> RawSheet:
    """The one sheet of a CSV file.

    Raises ``Refused``: ``import_empty``, ``import_encoding``, ``import_not_a_table``,
    ``import_quotes``, or one of the limits of ``Limits``.
    """
    if not content.strip():
        raise Refused([Fault("import_empty")])
    text = decoded(content)
    limits = Limits()
    rows: list[RawRow] = []
    marks: dict[tuple[int, int], str] = {}
    for number, cells in _records(text):
        limits.count(number, cells)
        marks |= {(number, k): UNDECODABLE for k, cell in enumerate(cells) if _LOST in cell}
        if any(cells):
            rows.append(RawRow(number, cells))
    return RawSheet("", rows, marks)


class Limits:
    """Counts what a file holds. Raises ``Refused`` as soon as it is more than is read at once."""

    def __init__(self) -> None:
        self.rows = self.cells = self.letters = 0

    def count(self, number: int, cells: list[str]) -> None:
        """Add one row with its number."""
        if not any(cells):
            return
        self.rows += 1
        self.cells += len(cells)
        self.letters += sum(map(len, cells))
        if self.rows > MOST_ROWS:
            raise Refused([Fault("import_rows", values={"limit": f"{MOST_ROWS:,}"})])
        if self.cells > MOST_CELLS or self.letters > MOST_LETTERS:
            raise Refused([Fault("import_cells", values={"limit": f"{MOST_CELLS:,}"})])
        if len(cells) > MOST_COLUMNS:
            values = {"limit": f"{MOST_COLUMNS:,}"}
            raise Refused([Fault("import_columns", line=number, values=values)])
        if any(len(cell) > LONGEST_CELL for cell in cells):
            values = {"limit": f"{LONGEST_CELL:,}"}
            raise Refused([Fault("import_long_cell", line=number, values=values)])


def decoded(content: bytes) -> str:
    """The text in UTF-8, UTF-16 or GB18030; single characters that cannot be read as U+FFFD.

    Raises ``Refused`` where that would be more than a few, or no text at all.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            if not encoding:
                raise Refused([Fault("import_encoding")])
            return _checked(content[len(mark) :].decode(encoding, "replace"))
    if b"\0" in content:
        return _checked(_without_mark(content))
    try:
        return _checked(content.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    text = content.decode("utf-8", "replace")
    lost = text.count(_LOST)
    # Chinese in UTF-8 often reads as other characters of GB18030: what is mostly valid UTF-8
    # is UTF-8 that was damaged.
    if sum("\u0800" <= letter != _LOST for letter in text) > lost:
        return _checked(text)
    return _checked(content.decode("gb18030", "replace"))


def _without_mark(content: bytes) -> str:
    """UTF-16 without its mark: separators and ends of lines show the order of its bytes."""
    little, big = (
        sum(content.count(one.encode(order)) for one in ",\n\t;")
        for order in ("utf-16-le", "utf-16-be")
    )
    return content.decode("utf-16-le" if little >= big else "utf-16-be", "replace")


def _checked(text: str) -> str:
    """The text, if it is one; what stands for a lost character is no odd one."""
    counted = Counter(text)
    lost = counted.pop(_LOST, 0)
    odd = sum(
        count
        for letter, count in counted.items()
        if letter not in _LAYOUT and unicodedata.category(letter) in _ODD
    )
    if lost + odd > 3 and (lost + odd) / len(text) > 10 * _MOST_ODD:
        raise Refused([Fault("import_encoding" if lost > odd else "import_not_a_table")])
    if odd > 3 and odd / len(text) > _MOST_ODD:
        raise Refused([Fault("import_not_a_table")])
    return text.removeprefix("\ufeff")


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Every record with its number as a spreadsheet shows it, blank ones too."""
    first = text[: text.find("\n") if "\n" in text else None]
    separator = max(_SEPARATORS, key=first.count)
    # Beyond our own limit, so that a cell that is too long is told as such.
    csv.field_size_limit(MOST_LETTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error as error:
        raise Refused([Fault("import_quotes", line=number + 1)]) from error
