"""An address as a QR code (ISO/IEC 18004), black on white with its quiet zone."""

from io import BytesIO

import segno

# Level M: still read when a seventh of it is dirty or torn.
_LEVEL = "m"
_PIXELS = 12


def code_svg(address: str) -> bytes:
    """The code as a vector picture."""
    return _drawn(address, "svg", xmldecl=False)


def code_png(address: str) -> bytes:
    """The code as pixels, large enough for print."""
    return _drawn(address, "png")


def _drawn(address: str, kind: str, **options: bool) -> bytes:
    file = BytesIO()
    code = segno.make_qr(address, error=_LEVEL)
    code.save(file, kind=kind, scale=_PIXELS, **options)
    return file.getvalue()
