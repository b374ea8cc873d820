"""What the sheets of a workbook share: their names, the table of texts, and which styles are days.

Source: ECMA-376, part 1: 18.2 workbook, 18.4 shared strings, 18.8 styles and 18.8.30 formats.
"""

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from zipfile import ZipFile

from assessment.domain.errors import Fault, Refused
from assessment.domain.import_table import MOST_CELLS, MOST_LETTERS
from assessment.services.workbook_xml import Attributes, Handler, Texts, parse

_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_XML = (".xml", ".rels", ".vml")
_DECLARES = re.compile(rb"<!\s*(doctype|entity)", re.IGNORECASE)
_READ_ON, _OVERLAP = 1 << 20, 12
# Formats that are days or times without saying how: 18.8.30, with those of Chinese editions.
_DAYS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
MOST_SHEETS = 60


@dataclass(frozen=True)
class Parts:
    """``sheets`` are names with the part that holds each; ``days`` are the numbers of the cell
    styles that show a day or a time, as cells name them."""

    sheets: Sequence[tuple[str, str]]
    texts: Sequence[str]
    days: frozenset[str]
    since_1904: bool


def look_through(archive: ZipFile) -> None:
    """Refuse a workbook that declares a document type in any of its parts, or has more filled
    cells than are read at once: ``import_document_type`` or ``import_cells``."""
    cells = 0
    for entry in archive.infolist():
        if not entry.filename.lower().endswith(_XML):
            continue
        with archive.open(entry) as file:
            last = b""
            while chunk := file.read(_READ_ON):
                # Without the zero bytes, UTF-16 reads like the plain text.
                bare = last + chunk.replace(b"\0", b"")
                if _DECLARES.search(bare):
                    raise Refused([Fault("import_document_type")])
                last = bare[-_OVERLAP:]
                cells += bare.count(b"<v>")
        if cells > MOST_CELLS:
            raise Refused([Fault("import_cells", values={"limit": f"{MOST_CELLS:,}"})])


def parts_of(archive: ZipFile) -> Parts:
    """The shared parts. Raises ``Refused``: ``import_damaged`` or a limit."""
    names = {one.lower(): one for one in archive.namelist()}
    book = _Book()
    _read(archive, names, _BOOK, book)
    links = _Links()
    _read(archive, names, _LINKS, links)
    sheets = [
        (name, names[path])
        for name, link in book.sheets[:MOST_SHEETS]
        if (path := links.paths.get(link, "").lower()) in names and "worksheet" in links.kinds[link]
    ]
    if not sheets:
        raise Refused([Fault("import_damaged")])
    texts, styles = _Shared(), _Styles()
    _read(archive, names, links.of_kind("sharedStrings"), texts)
    _read(archive, names, links.of_kind("styles"), styles)
    return Parts(sheets, texts.found, styles.days(), book.since_1904)


def _read(archive: ZipFile, names: dict[str, str], path: str, handler: Handler) -> None:
    if path.lower() in names:
        with archive.open(names[path.lower()]) as file:
            parse(file, handler)


class _Book(Handler):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.since_1904 = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            links = [value for key, value in attributes.items() if key.endswith(":id")]
            self.sheets.append((attributes.get("name", ""), links[0] if links else ""))
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")


class _Links(Handler):
    def __init__(self) -> None:
        self.paths: dict[str, str] = {}
        self.kinds: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
            self.paths[attributes.get("Id", "")] = target.lstrip("/")
            self.kinds[attributes.get("Id", "")] = attributes.get("Type", "").rpartition("/")[2]

    def of_kind(self, kind: str) -> str:
        """The part of a kind; empty for none."""
        return next((self.paths[one] for one, found in self.kinds.items() if found == kind), "")


class _Shared(Texts):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._letters = 0

    def end(self, name: str) -> None:
        super().end(name)
        if name == "si":
            text = unescaped(self.taken())
            self._letters += len(text)
            if len(self.found) > MOST_CELLS or self._letters > MOST_LETTERS:
                raise Refused([Fault("import_cells", values={"limit": f"{MOST_CELLS:,}"})])
            self.found.append(text)


class _Styles(Handler):
    def __init__(self) -> None:
        self._formats: dict[int, str] = {}
        self._cells: list[int] = []
        self._is_cell = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt" and attributes.get("numFmtId", "").isdigit():
            self._formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._is_cell = True
        elif name == "xf" and self._is_cell:
            number = attributes.get("numFmtId", "0")
            self._cells.append(int(number) if number.isdigit() else 0)

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._is_cell = False

    def days(self) -> frozenset[str]:
        """The cell styles that show a number as a day or a time."""
        found = (k for k, number in enumerate(self._cells) if self._is_day(number))
        return frozenset(map(str, found))

    def _is_day(self, number: int) -> bool:
        if number not in self._formats:
            return number in _DAYS
        bare = _QUOTED.sub("", self._formats[number]).lower()
        return any(letter in bare for letter in "ymdhs") and "general" not in bare


_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Characters that a workbook writes as ``_x000D_``, as themselves."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
