"""What an uploaded file is, by its content: a workbook, CSV, GeoJSON, or something to be told."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from assessment.domain.errors import Fault, Refused
from assessment.domain.import_table import RawSheet
from assessment.services.geojson_tables import looks_like_json, read_geojson
from assessment.services.office_files import OLE, PDF, ZIP, document_kind
from assessment.services.text_tables import read_text_table
from assessment.services.workbook_tables import read_workbook

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# Endings of documents, and of pictures and programs by their first bytes.
_OTHERS = {
    PDF: "PDF",
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG": "PNG",
    b"GIF8": "GIF",
    b"RIFF": "RIFF",
    b"MZ": "EXE",
    b"\x7fELF": "ELF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7Z",
    b"\x1f\x8b": "GZIP",
    b"SQLite format 3": "SQLite",
}


def read_any(content: bytes) -> list[RawSheet]:
    """The sheets of a workbook, or the one table of a CSV or GeoJSON file.

    Raises ``Refused``: ``import_encrypted``, ``import_old_workbook``, ``import_open_document``,
    ``import_other_kind``, ``import_bomb``, ``import_macro``, ``import_damaged``, or what the
    readers say.
    """
    if content.startswith(OLE):
        if _ENCRYPTED in content:
            raise Refused([Fault("import_encrypted")])
        raise Refused([Fault("import_old_workbook")])
    if content.startswith((ZIP, b"PK\x05\x06")):
        return _zipped(content)
    for first, kind in _OTHERS.items():
        if content.startswith(first):
            raise Refused([Fault("import_other_kind", values={"kind": kind})])
    start = content[:1000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        kind = "HTML" if b"<html" in start or b"doctype" in start else "XML"
        raise Refused([Fault("import_other_kind", values={"kind": kind})])
    if looks_like_json(content):
        return [read_geojson(content)]
    return [read_text_table(content)]


def _zipped(content: bytes) -> list[RawSheet]:
    try:
        kind = document_kind(content)
    except Refused as refused:
        raise Refused([_told(content, refused.faults[0].code)]) from refused
    if kind == "ods":
        raise Refused([Fault("import_open_document")])
    if kind != "xlsx":
        values = {"kind": kind.upper() or "ZIP"}
        raise Refused([Fault("import_other_kind", values=values)])
    return read_workbook(content)


def _told(content: bytes, code: str) -> Fault:
    """The fault of a document in the words of an import."""
    if code == "evidence_bomb":
        return Fault("import_bomb")
    if code == "evidence_macro":
        return Fault("import_macro")
    return Fault("import_encrypted" if _is_locked(content) else "import_damaged")


def _is_locked(content: bytes) -> bool:
    """Whether a part of the archive is behind a password."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            return any(one.flag_bits & 1 for one in archive.infolist())
    except BadZipFile:
        return False
