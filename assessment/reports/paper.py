"""A report as content, before it is written as Word or HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How a paragraph is meant."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    LIST = "list"
    WARNING = "warning"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of text as people typed or read it; never markup."""

    words: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True)
class PaperTable:
    """A table with headings; ``widths`` are shares of the page's width, one a column.

    A cell that is exactly ``missing`` is marked as something that is still to be filled in.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    missing: str = ""


@dataclass(frozen=True)
class PaperPicture:
    """A Vega-Lite chart, to be drawn by whoever writes the file; ``words`` say what it shows."""

    chart: dict[str, object]
    words: str


@dataclass(frozen=True)
class PaperCode:
    """A QR code that leads to ``address``, which stands in words below it."""

    address: str


Block = Paragraph | PaperTable | PaperPicture | PaperCode


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it."""

    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Paper:
    """A whole report. ``source`` is the line on each page: whose figures, how and when counted.

    ``contents`` is the heading of the table of contents; a one-page brief has none. A paper of
    wide tables lies on its side. ``large`` is for what is filled in by hand: large type, and
    tables of boxes behind their first column.
    """

    title: str
    subtitle: str
    source: str
    sections: Sequence[Section]
    language: str
    contents: str = ""
    is_landscape: bool = False
    large: bool = False
