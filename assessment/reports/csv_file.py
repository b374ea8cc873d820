"""CSV that opens in Excel and WPS: UTF-8 with BOM, guarded against formulas, numbers as numbers.

Row 1 holds the labels in the reader's language, row 2 the stable codes of the columns.
A text that a spreadsheet would run as a formula gets one apostrophe in front; so does a text
that already begins with apostrophes and such a sign, so that taking one off always gives the
text back. Source of the signs: OWASP, CSV injection; full-width forms run in East-Asian locales.
"""

import csv
import io
import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from assessment.language.translator import Translator
from assessment.reports.table import Cell, TableOf

_RISKY = re.compile("'*[\\s\u200b-\u200f\u2060\ufeff]*[=+\\-@\t\r\n＝＋－＠]")
# Characters in one piece: handing over many small ones costs more than writing them.
_PIECE = 16_000
_LEADING_CONTROL = re.compile("'*[\t\r\n]")


def csv_lines(table: TableOf, text: Translator) -> Iterator[bytes]:
    """The file, some rows at a time; the first piece begins with the byte-order mark."""
    buffer = io.StringIO(newline="")
    write = csv.writer(buffer, lineterminator="\r\n").writerow
    buffer.write("\ufeff")
    write([column.label(text) for column in table.columns])
    write([column.code for column in table.columns])
    yield _taken(buffer)
    for row in table.rows:
        write([_written(cell) for cell in row])
        if buffer.tell() > _PIECE:
            yield _taken(buffer)
    yield _taken(buffer)


def guard(text: str) -> str:
    """``text`` so that no spreadsheet runs it."""
    return f"'{text}" if _RISKY.match(text) or _LEADING_CONTROL.match(text) else text


def unguard(text: str) -> str:
    """What ``guard`` was given."""
    return text[1:] if text.startswith("'") and guard(text[1:]) == text else text


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        # A letter or digit in front is never risky, and quicker to see.
        return cell if cell[:1].isalnum() else guard(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(cell, Fraction):
        return _decimal(cell)
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return repr(cell) if isinstance(cell, float) else str(cell)


def _decimal(value: Fraction) -> str:
    """A fraction as a decimal number, cut (never rounded up) after twelve places."""
    scaled = value.numerator * 10**12 // value.denominator
    text = f"{Decimal(scaled).scaleb(-12):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _taken(buffer: io.StringIO) -> bytes:
    """What was written since the last time."""
    content = buffer.getvalue().encode("utf-8")
    buffer.seek(0)
    buffer.truncate()
    return content
