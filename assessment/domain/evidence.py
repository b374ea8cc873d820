"""Evidence (佐证材料): what supports an answer, how much of it is taken, and what lacks it."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from unicodedata import category, normalize
from urllib.parse import urlsplit

from assessment.domain.answers import Answer, Judged, Outcome
from assessment.domain.coordinates import Place
from assessment.domain.errors import Fault, Refused
from assessment.domain.framework import Framework, Item, Kind, Role
from assessment.domain.sizes import MEGABYTE

# The same as the server takes in (server.maxUploadSize).
LARGEST_FILE = 20 * MEGABYTE
MOST_PIXELS = 50 * MEGABYTE
MOST_OF_ITEM = 10
MOST_OF_ASSESSMENT = 400
LARGEST_ASSESSMENT = 1000 * MEGABYTE
LONGEST_NAME = 120
LONGEST_ADDRESS = 2000
_DAY = re.compile(r"(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?")
_EARLIEST = date(1950, 1, 1)
# No spaces, nothing invisible, nothing that turns the direction of writing.
_NOT_IN_ADDRESS = ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp")
_CLAIMS = (Outcome.MET, Outcome.PARTLY)
_NOT_SCORED = (Kind.SURVEY, Kind.REMARK)


class EvidenceKind(StrEnum):
    """What a piece of evidence is."""

    PHOTO = "photo"
    PDF = "pdf"
    DOCUMENT = "document"
    LINK = "link"


@dataclass(frozen=True)
class Evidence:
    """One file or link that supports the answer to an item.

    ``sha256`` is of what is stored, empty for a link; ``size`` is in bytes. ``dated`` is the
    evidence's own day as 2026-11-24, empty where nobody said.
    """

    id: int
    assessment: int
    item: str
    kind: EvidenceKind
    sha256: str = ""
    name: str = ""
    media_type: str = ""
    size: int = 0
    url: str = ""
    dated: str = ""
    by: str = ""
    at: datetime | None = None
    removed_at: datetime | None = None


@dataclass(frozen=True)
class Recognised:
    """A file as it will be stored, and what the photo said about itself.

    ``taken_at`` and ``dated`` are only offered to the person; they are nowhere in ``content``.
    """

    kind: EvidenceKind
    name: str
    media_type: str
    content: bytes
    thumbnail: bytes = b""
    taken_at: Place | None = None
    dated: str = ""


def is_unsupported(
    item: Item, answer: Answer | None, judged: Judged, evidenced: Container[str]
) -> bool:
    """Whether the answer claims credit without the evidence that the item asks for.

    ``evidenced`` holds the ids of the items that have a file or a link. A note is enough where
    the item asks for no file. Context items claim nothing.
    """
    if item.role is Role.CONTEXT or item.kind in _NOT_SCORED or judged.outcome not in _CLAIMS:
        return False
    if item.evidence == "none" or item.id in evidenced:
        return False
    return item.evidence == "file" or answer is None or not answer.note.strip()


def unsupported_items(
    framework: Framework,
    answers: Mapping[str, Answer],
    judged: Mapping[str, Judged],
    evidenced: Container[str],
) -> tuple[bool, ...]:
    """``is_unsupported`` for every item of the framework, in its order."""
    return tuple(
        is_unsupported(item, answers.get(item.id), judged[item.id], evidenced)
        for item in framework.items
    )


def read_date(text: str, today: date) -> str:
    """The day of a piece of evidence as 2026-11-24; empty for nothing.

    2026-11-4, 2026/11/4, 2026.11.4 and 2026年11月4日 are read too.

    Raises ``Refused``: ``evidence_date`` where it is no day of the calendar, or is not between
    1950 and ``today``.
    """
    typed = text.strip()
    if not typed:
        return ""
    parts = _DAY.fullmatch(normalize("NFKC", typed))
    try:
        found = date(*map(int, parts.groups())) if parts else date.max
    except ValueError:
        found = date.max
    if not _EARLIEST <= found <= today:
        raise Refused([Fault("evidence_date", values={"text": typed[:20]})])
    return found.isoformat()


def read_address(text: str) -> str:
    """The address of a page as it will be kept. Nobody visits it but who clicks it.

    Raises ``Refused``: ``link_too_long``, or ``link_invalid`` for what is no complete http or
    https address, or carries a name and password.
    """
    address = text.strip()
    if len(address) > LONGEST_ADDRESS:
        raise Refused([Fault("link_too_long", values={"limit": f"{LONGEST_ADDRESS:,}"})])
    try:
        parts = urlsplit(address)
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts[1]
    except ValueError:
        is_good = False
    if not is_good or any(category(letter) in _NOT_IN_ADDRESS for letter in address):
        raise Refused([Fault("link_invalid", values={"text": address[:60]})])
    return address
