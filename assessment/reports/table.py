"""A flat table with stable column codes: what every export writes and every import reads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from assessment.domain.framework import Text
from assessment.language.translator import Translator

Cell = str | int | float | Decimal | Fraction | datetime | None


@dataclass(frozen=True)
class Column:
    """A column: its stable code and whether it holds a number or a moment.

    A column that is there once for each theme names the theme in ``about`` and shares the
    words of ``kind``.
    """

    code: str
    is_number: bool = False
    kind: str = ""
    about: Text | None = None
    is_time: bool = False

    def label(self, text: Translator) -> str:
        """The heading that people read."""
        return text(f"column.{self.kind or self.code}", **self._about(text))

    def meaning(self, text: Translator) -> str:
        """What the column holds, for the dictionary."""
        return text(f"column.{self.kind or self.code}.meaning", **self._about(text))

    def _about(self, text: Translator) -> dict[str, str]:
        return {"about": self.about.in_language(text.language)} if self.about else {}


@dataclass(frozen=True)
class TableOf:
    """Columns and rows; every row has a cell for every column."""

    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


def texts(*codes: str) -> list[Column]:
    """Text columns with these codes."""
    return [Column(code) for code in codes]


def numbers(*codes: str) -> list[Column]:
    """Number columns with these codes."""
    return [Column(code, is_number=True) for code in codes]


def times(*codes: str) -> list[Column]:
    """Columns of moments, UTC, with these codes."""
    return [Column(code, is_time=True) for code in codes]
