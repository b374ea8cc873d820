"""Where in a file something stands: a line of a text file, or a cell of a workbook."""

from typing import NamedTuple

Path = tuple[str | int, ...]


class Place(NamedTuple):
    """A line, or a row with its sheet, the code of its column and the column's letter."""

    line: int
    sheet: str = ""
    column: str = ""
    letter: str = ""
