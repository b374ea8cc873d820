"""Office files and PDF: which one it is by its content, and nothing that runs inside."""

import struct
import zlib
from io import BytesIO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from assessment.domain.errors import Fault, Refused
from assessment.domain.sizes import MEGABYTE

ZIP, OLE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-"
MOST_ENTRIES = 2000
LARGEST_UNPACKED = 200 * MEGABYTE
_MOST_TIMES = 200
_PARTS = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
}
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OPEN_KINDS = {
    f"{_OPEN_DOCUMENT}text": "odt",
    f"{_OPEN_DOCUMENT}spreadsheet": "ods",
    f"{_OPEN_DOCUMENT}presentation": "odp",
}
# Streams of the old formats, which WPS writes too under endings of its own.
_STREAMS = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint Document": "ppt"}
_MACROS = ("_VBA_PROJECT", "Macros", "VBA")
_SIGNS_OF_MACROS = ("vbaproject", "basic/", "scripts/", "macrosheets/", "activex/")


def document_kind(content: bytes) -> str:
    """ "pdf", "docx", "xls" and so on; empty for what is none of these.

    Raises ``Refused``: ``evidence_damaged``, ``evidence_bomb`` for an archive that unpacks to
    far more than a document holds, or ``evidence_macro``.
    """
    if content.startswith(PDF):
        return _pdf(content)
    if content.startswith(ZIP):
        return _zipped(content)
    return _old(content) if content.startswith(OLE) else ""


def _pdf(content: bytes) -> str:
    if b"%%EOF" not in content[-4096:]:
        raise Refused([Fault("evidence_damaged")])
    return "pdf"


def _zipped(content: bytes) -> str:
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_size(entries, len(content))
            kind = _kind_of_archive(archive)
            if kind and archive.testzip() is not None:
                raise BadZipFile
    except Refused:
        raise
    # NotImplementedError: a way of packing unknown here; RuntimeError: behind a password.
    except (BadZipFile, LargeZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
        raise Refused([Fault("evidence_damaged")]) from error
    except (NotImplementedError, ValueError, KeyError, struct.error) as error:
        raise Refused([Fault("evidence_damaged")]) from error
    if kind:
        _check_macros([one.filename.lower() for one in entries])
    return kind


def _check_size(entries: list[ZipInfo], packed: int) -> None:
    unpacked = sum(one.file_size for one in entries)
    most = min(LARGEST_UNPACKED, max(packed * _MOST_TIMES, MEGABYTE))
    if len(entries) > MOST_ENTRIES or unpacked > most:
        raise Refused([Fault("evidence_bomb")])


def _kind_of_archive(archive: ZipFile) -> str:
    names = set(archive.namelist())
    if "[Content_Types].xml" in names:
        _check_types(archive.read("[Content_Types].xml"))
        return next((kind for kind, part in _PARTS.items() if part in names), "")
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
        said = archive.read("mimetype").decode("ascii", "replace").strip()
        return _OPEN_KINDS.get(said, "")
    return ""


def _check_types(declared: bytes) -> None:
    if b"macroenabled" in declared.lower():
        raise Refused([Fault("evidence_macro")])


def _check_macros(names: list[str]) -> None:
    for name in names:
        if any(f"/{sign}" in f"/{name}" for sign in _SIGNS_OF_MACROS):
            raise Refused([Fault("evidence_macro")])


def _old(content: bytes) -> str:
    if any(_named(name) in content for name in _MACROS):
        raise Refused([Fault("evidence_macro")])
    return next((kind for stream, kind in _STREAMS.items() if _named(stream) in content), "")


def _named(name: str) -> bytes:
    """How the directory of an old file spells the name of a stream, to its end."""
    return name.encode("utf-16-le") + b"\0\0"
