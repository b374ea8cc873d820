"""Whether a photo is nothing but a picture, as this product writes them.

Such a photo can be kept byte for byte when it comes from another installation. Every other one is
written anew, because a file may say where it was taken, or carry something behind the picture.
"""

import struct

_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
# JFIF, tables, frames, restart intervals and scans: no EXIF, no comments, no profiles.
_SEGMENTS = {0xE0, 0xDB, 0xC0, 0xC1, 0xC2, 0xC4, 0xDD, 0xDA}
_SCAN, _END = 0xDA, 0xD9
_LONGEST_JFIF = 16
_CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}


def is_bare(content: bytes) -> bool:
    """Whether a JPEG or PNG holds the picture, what is needed to decode it, and nothing else."""
    try:
        if content.startswith(_JPEG):
            return _is_bare_jpeg(content)
        return content.startswith(_PNG) and _is_bare_png(content)
    except (struct.error, IndexError):
        return False


def _is_bare_jpeg(content: bytes) -> bool:
    place = 2
    while content[place] == 0xFF and content[place + 1] in _SEGMENTS:
        marker = content[place + 1]
        (length,) = struct.unpack_from(">H", content, place + 2)
        if marker == 0xE0 and length > _LONGEST_JFIF:
            return False
        place += 2 + length
        if marker == _SCAN:
            place = _end_of_scan(content, place)
    return content[place : place + 2] == bytes((0xFF, _END)) and place + 2 == len(content)


def _end_of_scan(content: bytes, place: int) -> int:
    """The next marker after the packed pixels: stuffed bytes and restarts belong to them."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0:
            raise IndexError
        following = content[place + 1]
        if following != 0 and not 0xD0 <= following <= 0xD7:
            return place
        place += 2


def _is_bare_png(content: bytes) -> bool:
    place, kind = len(_PNG), b""
    while place < len(content) and kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, place)
        if kind not in _CHUNKS or (kind == b"IEND" and length):
            return False
        place += 12 + length
    return kind == b"IEND" and place == len(content)
