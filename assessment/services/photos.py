"""Photos: decoded, turned upright and written anew, so that nothing is kept but the picture."""

import math
import threading
import warnings
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from assessment.domain.coordinates import Place
from assessment.domain.errors import Fault, Refused
from assessment.domain.evidence import MOST_PIXELS

THUMBNAIL_SIDE = 320
JPEG, PNG, WEBP = "JPEG", "PNG", "WEBP"
_QUALITY = 90
_EXIF, _GPS = 0x8769, 0x8825
_TAKEN, _CHANGED = 0x9003, 0x0132
# A decoded photo takes a quarter of a gigabyte: one at a time, whoever uploads.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Photo:
    """A photo written anew, a small one to look at, and what the original said of itself."""

    content: bytes
    thumbnail: bytes
    media_type: str
    ending: str
    taken_at: Place | None
    dated: str


def read_photo(content: bytes, kind: str) -> Photo:
    """Write a photo of a kind ("JPEG", "PNG", "WEBP") anew, without all that it says of itself.

    Raises ``Refused``: ``evidence_pixels`` for more than 50 megapixels, which is looked at before
    anything is decoded, or ``evidence_damaged``.
    """
    with _one_at_a_time, warnings.catch_warnings():
        # Pillow warns of large pictures; the limit here is stricter.
        warnings.simplefilter("ignore")
        try:
            return _read(content, kind)
        except Image.DecompressionBombError as error:
            raise Refused([_too_many("> 178")]) from error
        except Refused:
            raise
        # Damaged files raise whatever the decoder stumbled over.
        except (UnidentifiedImageError, OSError, ValueError, TypeError) as error:
            raise Refused([Fault("evidence_damaged")]) from error
        except (SyntaxError, KeyError, IndexError, EOFError, OverflowError, MemoryError) as error:
            raise Refused([Fault("evidence_damaged")]) from error


def _read(content: bytes, kind: str) -> Photo:
    with Image.open(BytesIO(content), formats=[kind]) as opened:
        pixels = opened.width * opened.height
        if pixels > MOST_PIXELS:
            raise Refused([_too_many(f"{pixels / 1e6:.0f}")])
        exif = _exif(opened)
        opened.load()
        picture = _bare(ImageOps.exif_transpose(opened) or opened)
    as_png = kind == PNG or picture.mode in ("RGBA", "LA")
    small = picture.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Photo(
        _written(picture, PNG if as_png else JPEG),
        _written(_on_white(small), JPEG),
        "image/png" if as_png else "image/jpeg",
        "png" if as_png else "jpg",
        _place(exif),
        _day(exif),
    )


def _too_many(megapixels: str) -> Fault:
    values = {"pixels": megapixels, "limit": f"{MOST_PIXELS / 1e6:.0f}"}
    return Fault("evidence_pixels", values=values)


def _bare(picture: Image.Image) -> Image.Image:
    """The pixels alone, in a mode that both formats know."""
    has_alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    if has_alpha:
        bare = picture.convert("RGBA")
    else:
        bare = picture if picture.mode in ("L", "RGB") else picture.convert("RGB")
    bare = bare.copy()
    # Writers take comments, profiles and the like from here.
    bare.info = {}
    return bare


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white


def _written(picture: Image.Image, kind: str) -> bytes:
    target = BytesIO()
    if kind == JPEG:
        picture.save(target, JPEG, quality=_QUALITY, optimize=False)
    else:
        picture.save(target, PNG, compress_level=4)
    return target.getvalue()


def _exif(opened: Image.Image) -> Mapping[int, Any]:
    """What the photo says of itself; nothing where that is damaged."""
    with suppress(Exception):
        exif = opened.getexif()
        return {**exif, _EXIF: exif.get_ifd(_EXIF), _GPS: exif.get_ifd(_GPS)}
    return {}


def _place(exif: Mapping[int, Any]) -> Place | None:
    """Where it was taken: satellites give WGS-84."""
    with suppress(TypeError, ValueError, ZeroDivisionError, KeyError, OverflowError):
        gps = exif[_GPS]
        latitude = _degrees(gps[2]) * (-1 if str(gps[1]).upper().startswith("S") else 1)
        longitude = _degrees(gps[4]) * (-1 if str(gps[3]).upper().startswith("W") else 1)
        # Phones without a fix write zeros.
        if math.isfinite(latitude) and math.isfinite(longitude) and (latitude or longitude):
            return Place(round(longitude, 6), round(latitude, 6))
    return None


def _degrees(parts: Any) -> float:  # noqa: ANN401
    degrees, minutes, seconds = (float(one) for one in parts)
    return degrees + minutes / 60 + seconds / 3600


def _day(exif: Mapping[int, Any]) -> str:
    """The day it was taken, as 2026-11-24."""
    with suppress(TypeError, ValueError, KeyError):
        said = exif[_EXIF].get(_TAKEN) or exif[_CHANGED]
        return datetime.strptime(str(said)[:10], "%Y:%m:%d").date().isoformat()  # noqa: DTZ007
    return ""
