"""What an uploaded file is: by its content and its ending, which have to agree."""

import unicodedata
from collections.abc import Mapping

import puremagic

from assessment.domain.errors import Fault, Refused
from assessment.domain.evidence import (
    LARGEST_FILE,
    LONGEST_NAME,
    EvidenceKind,
    Recognised,
)
from assessment.domain.sizes import MEGABYTE
from assessment.services.office_files import document_kind
from assessment.services.photos import JPEG, PNG, WEBP, read_photo

_OFFICE = "application/vnd.openxmlformats-officedocument."
_MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "pptx": f"{_OFFICE}presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
}
# Endings under which a kind may come; the first is shown in messages.
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    JPEG: ("jpg", "jpeg", "jfif", "jpe"),
    PNG: ("png",),
    WEBP: ("webp",),
    "doc": ("doc", "wps"),
    "xls": ("xls", "et"),
    "ppt": ("ppt", "dps"),
    **{one: (one,) for one in ("pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp")},
}
# What the browser's chooser offers. Photos by their media type: a phone then offers its camera,
# and hands a photo over as JPEG where it keeps another format.
OFFERED = (
    "image/jpeg",
    "image/png",
    "image/webp",
    *(f".{one}" for kind in _MEDIA_TYPES for one in _ENDINGS[kind]),
)
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
_LOOKED_AT = 4096
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_RESERVED = '\\/:*?"<>|'


def recognise(name: str, content: bytes) -> Recognised:
    """A file as it will be stored: photos written anew, everything else unchanged.

    Raises ``Refused``: ``evidence_empty``, ``evidence_too_large``, ``evidence_heic``,
    ``evidence_kind``, ``evidence_ending``, ``evidence_pixels``, ``evidence_damaged``,
    ``evidence_bomb`` or ``evidence_macro``.
    """
    name = clean_name(name)
    _check_length(content)
    kind = _kind(content)
    stem, _, ending = name.rpartition(".")
    if ending.lower() not in _ENDINGS[kind]:
        said = f".{ending[:10]}" if stem else "–"
        values = {"ending": said, "kind": f".{_ENDINGS[kind][0]}"}
        raise Refused([Fault("evidence_ending", values=values)])
    if kind in (JPEG, PNG, WEBP):
        return _photo(stem, content, kind)
    of_pdf = EvidenceKind.PDF if kind == "pdf" else EvidenceKind.DOCUMENT
    return Recognised(of_pdf, name, _MEDIA_TYPES[kind], content)


def clean_name(name: str) -> str:
    """A file's name to show: without folders and invisible characters, at most 120 long."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    kept = (letter for letter in name if unicodedata.category(letter) not in _INVISIBLE)
    name = "".join("_" if letter in _RESERVED else letter for letter in kept)
    stem, dot, ending = " ".join(name.split()).rpartition(".")
    if not dot or len(ending) > 10:
        return (stem + dot + ending)[:LONGEST_NAME].strip(". ") or "file"
    stem = stem.strip(". ")[: LONGEST_NAME - len(ending) - 1]
    return f"{stem or 'file'}.{ending}"


def _check_length(content: bytes) -> None:
    if not content:
        raise Refused([Fault("evidence_empty")])
    if len(content) > LARGEST_FILE:
        values = {"size": _megabytes(len(content)), "limit": _megabytes(LARGEST_FILE)}
        raise Refused([Fault("evidence_too_large", values=values)])


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.1f}".removesuffix(".0")


def _kind(content: bytes) -> str:
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
        raise Refused([Fault("evidence_heic")])
    found = document_kind(content)
    if not found:
        raise Refused([Fault("evidence_kind", values={"kind": _looks_like(content)})])
    return found


def _looks_like(content: bytes) -> str:
    """The ending that such content usually has, for the message; "?" where nobody knows."""
    try:
        return str(puremagic.magic_string(content[:_LOOKED_AT])[0].extension) or "?"
    except (puremagic.PureError, ValueError, IndexError):
        return "?"


def _photo(stem: str, content: bytes, kind: str) -> Recognised:
    photo = read_photo(content, kind)
    return Recognised(
        EvidenceKind.PHOTO,
        f"{stem}.{photo.ending}",
        photo.media_type,
        photo.content,
        photo.thumbnail,
        photo.taken_at,
        photo.dated,
    )
