"""Reading a workbook as it stands in the file, without a library that would tidy it up."""

import io
import re
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

_SPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
Value = str | float | None


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows, and its XML for everything else."""

    rows: list[list[Value]]
    xml: str

    @property
    def records(self) -> list[dict[str, Value]]:
        """The rows below the two header rows by the code of the column; blank cells left out."""
        codes = [str(code) for code in self.rows[1]]
        return [
            {code: cell for code, cell in zip(codes, row, strict=False) if cell is not None}
            for row in self.rows[2:]
        ]


def read_workbook(content: bytes) -> tuple[list[Sheet], str]:
    """Every sheet, and the XML of the formats."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = sorted(one for one in parts.namelist() if one.startswith("xl/worksheets/sheet"))
        assert not [one for one in parts.namelist() if "external" in one or "hyperlink" in one]
        sheets = [_sheet(parts.read(name).decode()) for name in names]
        return sheets, parts.read("xl/styles.xml").decode()


def _sheet(xml: str) -> Sheet:
    root = ElementTree.fromstring(xml)
    rows = []
    for row in root.findall(".//m:sheetData/m:row", _SPACE):
        cells: list[Value] = []
        for cell in row.findall("m:c", _SPACE):
            place = _column(cell.get("r", ""))
            cells += [None] * (place - len(cells)) + [_value(cell)]
        rows.append(cells)
    return Sheet(rows, xml)


def _value(cell: ElementTree.Element) -> Value:
    assert cell.find("m:f", _SPACE) is None, "a formula"
    if cell.get("t") == "inlineStr":
        text = "".join(one.text or "" for one in cell.iter(f"{{{_SPACE['m']}}}t"))
        return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text)
    assert cell.get("t", "n") == "n"
    number = cell.find("m:v", _SPACE)
    return None if number is None else float(number.text or "")


def _column(place: str) -> int:
    number = 0
    for letter in re.sub("[0-9]", "", place):
        number = number * 26 + ord(letter) - 64
    return number - 1
