"""Uploaded workbooks as plain texts. What could harm is refused before it is opened."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice

from openpyxl import load_workbook

from assessment.domain.errors import Fault, Refused
from assessment.domain.framework_table import number_text

Sheets = dict[str, list[list[str]]]
LARGEST_WORKBOOK = 4_000_000
_LARGEST_CONTENT = 60_000_000
_MOST_MEMBERS, _MOST_SHEETS, _MOST_ROWS, _MOST_COLUMNS = 200, 40, 5000, 200
_CHUNK = 1 << 16
_LONGEST_MARK = 16


def read_workbook(data: bytes) -> Sheets:
    """The cells of every sheet by its name, row by row, as texts; formulas as their last result.

    Raises ``Refused``: ``workbook_too_large``, ``workbook_unreadable``, ``workbook_macros``,
    ``workbook_declarations`` or ``workbook_too_many_rows``.
    """
    if len(data) > LARGEST_WORKBOOK:
        raise Refused([Fault("workbook_too_large", values={"limit": f"{LARGEST_WORKBOOK:,}"})])
    _inspect(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        return {
            sheet.title: list(_rows(sheet.title, sheet)) for sheet in book.worksheets[:_MOST_SHEETS]
        }
    except Refused:
        raise
    # Any fault of a file that the library was not made for comes out as an error of its own kind.
    except Exception as error:
        raise Refused([Fault("workbook_unreadable")]) from error


def _inspect(data: bytes) -> None:
    """Unpack every part once, a piece at a time, within limits; nothing of it is interpreted."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > _MOST_MEMBERS:
                raise Refused([Fault("workbook_unreadable")])
            if any("vbaproject" in one.filename.lower() for one in members):
                raise Refused([Fault("workbook_macros")])
            left = _LARGEST_CONTENT
            for one in members:
                left -= _inspect_member(archive, one, left)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise Refused([Fault("workbook_unreadable")]) from error


def _inspect_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> int:
    is_markup = member.filename.lower().endswith((".xml", ".rels", ".vml"))
    read, tail = 0, b""
    with archive.open(member) as part:
        for piece in iter(lambda: part.read(_CHUNK), b""):
            read += len(piece)
            if read > most:
                raise Refused([Fault("workbook_too_large", values={"limit": f"{most:,}"})])
            # Declarations can stand for gigabytes; another encoding could hide them.
            seen = (tail + piece).upper()
            if is_markup and any(mark in seen for mark in (b"<!DOCTYPE", b"<!ENTITY", b"\0")):
                raise Refused([Fault("workbook_declarations")])
            tail = piece[-_LONGEST_MARK:]
    return read


def _rows(title: str, sheet: object) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # type: ignore[attr-defined]
    rows = sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS)  # type: ignore[attr-defined]
    for number, row in enumerate(islice(rows, _MOST_ROWS + 1)):
        if number == _MOST_ROWS:
            values = {"limit": f"{_MOST_ROWS:,}", "sheet": title}
            raise Refused([Fault("workbook_too_many_rows", values=values)])
        yield _texts(row)


def _texts(row: Sequence[object]) -> list[str]:
    return [_text(cell) for cell in row]


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return number_text(cell) if isinstance(cell, float) else str(cell)
