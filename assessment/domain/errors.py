"""Faults that a person has to read: a code, a place and the values, never a sentence.

The sentences are in the translation catalogue under ``fault.<code>`` and ``fault.<code>.fix``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and where.

    ``place`` is the path inside the file or the name of the field; ``item`` the item id where
    there is one; ``line`` counts from 1. In a workbook, ``sheet`` and ``column`` are the codes of
    sheet and column, and ``letter`` is the column's.
    """

    code: str
    place: str = ""
    item: str = ""
    line: int | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    column: str = ""
    letter: str = ""


class Refused(ValueError):
    """Input that cannot be taken; carries every fault that was found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(fault.code for fault in self.faults))


class NotSaved(Exception):
    """The records could not be written or read; nothing was changed.

    ``reason`` is ``disk_full``, ``read_only``, ``locked``, ``damaged`` or ``unreachable``.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class Forbidden(Exception):
    """The person may not do this; ``action`` is what was tried."""

    def __init__(self, action: str) -> None:
        super().__init__(action)
        self.action = action


class TooLarge(Exception):
    """More rows or cells than a workbook is made of; the CSV has no such limit."""

    def __init__(self, rows: int) -> None:
        super().__init__(rows)
        self.rows = rows


class NoChineseFont(Exception):
    """This machine has no font with Chinese characters: a picture would show boxes."""
