"""Files that an import has to refuse or to survive, each broken in one way."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

from xlsxwriter import Workbook

Cells = Sequence[Sequence[str | float]]
CODES = ("item", "answer", "note")


def workbook(rows: Cells, name: str = "items", formula_at: tuple[int, int] | None = None) -> bytes:
    """A workbook of one sheet; texts as shared strings, as people's programs write them."""
    file = io.BytesIO()
    book = Workbook(file)
    sheet = book.add_worksheet(name)
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    if formula_at:
        sheet.write_formula(*formula_at, '=CONCATENATE("op","en")', None, "open")
    book.close()
    return file.getvalue()


def changed(content: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """The archive with every part changed, and more parts (``__`` stands for a slash)."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in more.items():
            new.writestr(name.replace("__", "/") + ".xml", part)
    return file.getvalue()


def _same(_: str, part: bytes) -> bytes:
    return part


def _with_document_type(name: str, part: bytes) -> bytes:
    if not name.endswith("sheet1.xml"):
        return part
    declared = b'<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    return part.replace(b"<worksheet", declared + b"<worksheet", 1)


def _macro_type(name: str, part: bytes) -> bytes:
    return (
        part.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml") if "Types" in name else part
    )


GOOD = workbook([CODES, ("F-01", "open", "")])
# A text that is none in any encoding, the same in every run.
RUBBISH = bytes((k * k * 31 + k * 7 + 13) % 256 for k in range(4000))

# What is refused as a whole, and with which code.
WHOLE: Mapping[str, tuple[bytes, str]] = {
    "empty": (b"", "import_empty"),
    "only blanks": (b" \r\n\r\n", "import_empty"),
    "rubbish": (RUBBISH, "import_not_a_table"),
    "zeros": (b"\0" * 5000, "import_not_a_table"),
    "picture": (b"\x89PNG\r\n\x1a\n" + RUBBISH, "import_other_kind"),
    "paper": (b"%PDF-1.7\n" + RUBBISH, "import_other_kind"),
    "web page": (b"<html><table><tr><td>F-01</td></tr></table></html>", "import_other_kind"),
    "archive": (changed(GOOD, _same)[:-60], "import_damaged"),
    "cut workbook": (GOOD[: len(GOOD) // 2], "import_damaged"),
    "old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "import_old_workbook"),
    "locked": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "import_encrypted",
    ),
    "document type": (changed(GOOD, _with_document_type), "import_document_type"),
    "document type beside": (
        changed(GOOD, _same, customXml__item1=b'<!DOCTYPE a SYSTEM "http://127.0.0.1/x"><a/>'),
        "import_document_type",
    ),
    "macro": (changed(GOOD, _same, xl__vbaProject=b"x"), "import_macro"),
    "macro by its type": (changed(GOOD, _macro_type), "import_macro"),
    "bomb": (changed(GOOD, _same, xl__media__a=b"0" * 250_000_000), "import_bomb"),
    "many rows": (b"item,answer\n" + b"F-01,open\n" * 200_000, "import_rows"),
    "wide": ((",".join("a" * 2000) + "\n").encode(), "import_columns"),
    "long cell": (b"item,note\nF-01," + b"a" * 50_000 + b"\n", "import_long_cell"),
    "open quote": (b'item,answer\n"F-01,open\nF-02,open\n', "import_quotes"),
    "odd bytes": (b"item,note\n" + b"F-01,\xff\xff\xff\n" * 50, "import_encoding"),
}
