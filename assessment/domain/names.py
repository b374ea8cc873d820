"""Names as people type them: kept as typed, compared as people read them."""

import unicodedata

from assessment.domain.errors import Fault, Refused

LONGEST_NAME = 60
LONGEST_NOTE = 4000
# Not "Co" and "Cn": rare characters of place names may be newer than Python's table, or private.
_INVISIBLE = {"Cf", "Cc", "Cs"}
_LAYOUT = "\n\t\r"


def compare_key(name: str) -> str:
    """What two names have in common when a person would call them the same.

    Width, case, spaces and invisible characters do not matter; different characters do.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(
        letter
        for letter in folded
        if not letter.isspace() and unicodedata.category(letter) not in _INVISIBLE
    )


def read_name(text: str) -> str:
    """A name as it will be kept: NFC, without spaces around it.

    Raises ``Refused`` with ``name_empty``, ``name_too_long`` or ``text_control``.
    """
    name = unicodedata.normalize("NFC", text).strip()
    if not compare_key(name):
        raise Refused([Fault("name_empty")])
    return read_text(name, LONGEST_NAME, "name_too_long", layout="")


def read_text(
    text: str, longest: int = LONGEST_NOTE, code: str = "text_too_long", layout: str = _LAYOUT
) -> str:
    """A typed text, unchanged; refused if it is too long or holds control characters.

    ``layout`` are the control characters that it may hold: ends of lines and tabs.
    """
    if len(text) > longest:
        values = {"length": f"{len(text):,}", "limit": f"{longest:,}"}
        raise Refused([Fault(code, values=values)])
    for letter in text:
        if unicodedata.category(letter) == "Cc" and letter not in layout:
            raise Refused([Fault("text_control", values={"character": f"U+{ord(letter):04X}"})])
        if unicodedata.category(letter) == "Cs":
            raise Refused([Fault("text_control", values={"character": f"U+{ord(letter):04X}"})])
    return text
