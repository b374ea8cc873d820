"""Files as people bring them, and as attackers do."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
TAKEN_AT = (116.408333, 39.903428)
TAKEN_ON = "2026-11-02"
_TYPES = '<?xml version="1.0"?><Types><Override ContentType="{kind}"/></Types>'


def photo(size: tuple[int, int] = (640, 480), kind: str = "JPEG", telling: bool = True) -> bytes:
    """A photo; a telling one says where and when it was taken, by whom, and that it lies."""
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    exif = picture.getexif()
    if telling:
        exif[0x0112], exif[0x010F], exif[0x9C9C] = 6, "SECRET-MAKER", b"SECRET-COMMENT"
        exif.get_ifd(0x8769)[0x9003] = "2026:11:02 09:30:00"
        gps = exif.get_ifd(0x8825)
        gps[1], gps[2] = "N", (IFDRational(39), IFDRational(54), IFDRational(1234, 100))
        gps[3], gps[4] = "E", (IFDRational(116), IFDRational(24), IFDRational(3000, 100))
    more = {"comment": b"SECRET-COMMENT"} if telling and kind == "JPEG" else {}
    target = BytesIO()
    picture.save(target, kind, exif=exif, **more)
    return target.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A small file that says it is a huge picture."""
    line = zlib.compress(b"\0" * (width // 8 + 1) * 10)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", head), (b"IDAT", line), (b"IEND", b""))
    )


def archive(**entries: bytes) -> bytes:
    """A ZIP archive; ``word__document.xml`` becomes ``word/document.xml``."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def office(part: str = "word__document.xml", kind: str = "document.main", **more: bytes) -> bytes:
    """A document of the newer kind with further entries."""
    types = _TYPES.format(kind=kind).encode()
    return archive(**{"[Content_Types].xml": types, part: b"<w/>", **more})


def open_document(kind: str = "text") -> bytes:
    """A document of the open kind."""
    said = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive(mimetype=said, **{"content.xml": b"<office/>"})


def old_office(*streams: str) -> bytes:
    """A document of the older kind, as far as its directory names its streams."""
    named = b"".join(one.encode("utf-16-le").ljust(64, b"\0") for one in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + named
