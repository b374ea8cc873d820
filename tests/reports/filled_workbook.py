"""Reading the offline workbook: cells by their codes, what may be typed, what is locked."""

import io
import re
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_SPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_RANGE = re.compile(r"lists!\$A\$(\d+):\$([A-Z])\$(\d+)")


@dataclass(frozen=True)
class Typed:
    """One cell: its text, whether it is locked, the words of its list, and its other rule."""

    text: str
    is_locked: bool
    words: tuple[str, ...] = ()
    rule: str = ""
    prompt: str = ""


@dataclass(frozen=True)
class Page:
    """One sheet: its name, its labels, its cells by code, and its XML."""

    name: str
    labels: dict[str, str]
    rows: list[dict[str, Typed]]
    xml: str

    def row(self, code: str, value: str) -> dict[str, Typed]:
        """The row whose cell of this code has this text."""
        (found,) = [row for row in self.rows if row[code].text == value]
        return found


def read_offline_workbook(content: bytes) -> dict[str, Page]:
    """The sheets by the code that their defined name gives; ``lists`` are not among them."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        book = _parsed(parts, "xl/workbook.xml")
        strings = [
            "".join(one.text or "" for one in entry.iter(_tag("t"))).replace("_x005F_", "_")
            for entry in _parsed(parts, "xl/sharedStrings.xml")
        ]
        styles = _parsed(parts, "xl/styles.xml").find("m:cellXfs", _SPACE)
        assert styles is not None
        locked = [one.find("m:protection[@locked='0']", _SPACE) is None for one in styles]
        names = [str(one.get("name")) for one in book.iter(_tag("sheet"))]
        pages = {
            name: _Sheet(parts.read(f"xl/worksheets/sheet{number}.xml").decode(), strings, locked)
            for number, name in enumerate(names, start=1)
        }
        defined = {
            str(one.get("name")): str(one.text).rpartition("!")[0].strip("'")
            for one in book.iter(_tag("definedName"))
        }
    lists = pages[names[-1]].cells
    return {
        code.removeprefix("sheet_"): pages[name].page(name, lists)
        for code, name in defined.items()
        if code.startswith("sheet_")
    }


class _Sheet:
    """Cells of a sheet by row and letter."""

    def __init__(self, xml: str, strings: list[str], locked: list[bool]) -> None:
        self.xml = xml
        self.root = ElementTree.fromstring(xml)
        self.cells: dict[tuple[int, str], tuple[str, bool]] = {}
        for cell in self.root.iter(_tag("c")):
            assert cell.find("m:f", _SPACE) is None, "a formula"
            value = cell.findtext("m:v", "", _SPACE)
            text = strings[int(value)] if cell.get("t") == "s" else value
            self.cells[_place(str(cell.get("r")))] = text, locked[int(cell.get("s", "0"))]

    def page(self, name: str, lists: dict[tuple[int, str], tuple[str, bool]]) -> Page:
        rules = {
            _place(str(one.get("sqref"))): one for one in self.root.iter(_tag("dataValidation"))
        }
        codes = {letter: text for (row, letter), (text, _) in self.cells.items() if row == 2}
        last = max(row for row, _ in self.cells)
        rows = [
            {
                code: _typed(self.cells[row, letter], rules.get((row, letter)), lists)
                for letter, code in codes.items()
                if (row, letter) in self.cells
            }
            for row in range(3, last + 1)
        ]
        labels = {code: self.cells[1, letter][0] for letter, code in codes.items()}
        return Page(name, labels, rows, self.xml)


def _typed(
    cell: tuple[str, bool], rule: Element | None, lists: dict[tuple[int, str], tuple[str, bool]]
) -> Typed:
    if rule is None:
        return Typed(*cell)
    found = _RANGE.fullmatch(rule.findtext("m:formula1", "", _SPACE))
    words = ()
    if found:
        letters = [chr(one) for one in range(ord("A"), ord(found[2]) + 1)]
        words = tuple(lists[int(found[1]), letter][0] for letter in letters)
    return Typed(*cell, words, str(rule.get("type")), str(rule.get("prompt", "")))


def _place(reference: str) -> tuple[int, str]:
    letters = re.sub("[0-9]", "", reference)
    return int(reference.removeprefix(letters)), letters


def _parsed(parts: zipfile.ZipFile, name: str) -> Element:
    return ElementTree.fromstring(parts.read(name))


def _tag(name: str) -> str:
    return f"{{{_SPACE['m']}}}{name}"
