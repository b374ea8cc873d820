"""The file of a passport: one ZIP whose ``manifest.json`` names every member with size and SHA-256.

What somebody hands in is looked at before anything is unpacked: how many members, how large, what
names; then every member is compared with the list of contents. Nothing is written to the disk.
"""

import hashlib
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from pydantic import ValidationError

from assessment.domain.errors import Fault, Refused
from assessment.domain.evidence import LARGEST_FILE
from assessment.domain.passport import FORMAT, VERSION, Code, Hash, Moment, Part, Passport, Words
from assessment.domain.sizes import MEGABYTE

MANIFEST, CONTENT, SCHEMA, PAGE = (
    "manifest.json",
    "passport.json",
    "passport.schema.json",
    "index.html",
)
MOST_MEMBERS = 5000
LARGEST_TEXT = 60 * MEGABYTE
# All evidence of a few rounds.
LARGEST_UNPACKED = 4000 * MEGABYTE
# Texts of the log shrink to a thirtieth; a bomb to a thousandth.
_MOST_TIMES = 200
_NAMES = re.compile(
    r"manifest\.json|passport\.json|passport\.schema\.json|index\.html"
    r"|framework-[a-z0-9._-]{1,200}\.yaml|(items|summary)-[A-Za-z0-9_-]{1,100}\.csv|log\.csv"
    r"|evidence/[0-9a-f]{64}(\.[a-z0-9]{1,5})?"
)
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_PIECE = 1 << 20


class Member(Part):
    """A member of the archive."""

    name: Words
    size: int
    sha256: Hash


class RoundCode(Part):
    """The fingerprint of the figures of a round."""

    round: Code
    code: Words


class Manifest(Part):
    """The list of contents. ``seal``, the SHA-256 of ``passport.json``, names this content."""

    format: Words
    version: int
    product: Words
    made_at: Moment
    seal: Hash
    codes: tuple[RoundCode, ...]
    members: tuple[Member, ...]


@dataclass(frozen=True)
class Opened:
    """A passport whose members are those of its list of contents."""

    archive: zipfile.ZipFile
    manifest: Manifest
    passport: Passport

    @property
    def seal(self) -> str:
        """What names this content, whenever and by whom it was written down."""
        return self.manifest.seal

    def member(self, name: str) -> bytes:
        """A member that is in the list of contents."""
        return b"".join(_pieces(self.archive, name))


def to_json(content: Any) -> bytes:  # noqa: ANN401
    """JSON as a passport holds it: UTF-8, sorted keys."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def open_passport(file: IO[bytes]) -> Opened:
    """Read a whole passport and compare every member with the list of contents.

    Raises ``Refused``: ``passport_not_whole``, ``passport_bomb``, ``passport_name``,
    ``passport_twice``, ``passport_kind``, ``passport_missing``, ``passport_extra``,
    ``passport_differs``, ``passport_damaged``, ``passport_format``, ``passport_version`` or
    ``passport_schema``, each with the member that it is about.
    """
    try:
        # It stays open as long as what is read from it.
        archive = zipfile.ZipFile(file)
        _check_members(archive.infolist(), _length(file))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        if isinstance(error, Refused):
            raise
        raise _refused("passport_not_whole") from error
    manifest = _manifest(archive)
    _compare(archive, manifest)
    return Opened(archive, manifest, _passport(archive))


def _length(file: IO[bytes]) -> int:
    return file.seek(0, 2)


def _check_members(members: Sequence[zipfile.ZipInfo], packed: int) -> None:
    if len(members) > MOST_MEMBERS:
        raise _refused("passport_bomb", member=MANIFEST)
    seen: set[str] = set()
    for one in members:
        _check_member(one, packed)
        if one.filename in seen:
            raise _refused("passport_twice", member=one.filename)
        seen.add(one.filename)
    largest = max(members, key=lambda one: one.file_size, default=None)
    unpacked = sum(one.file_size for one in members)
    if largest and unpacked > min(LARGEST_UNPACKED, packed * _MOST_TIMES):
        raise _refused("passport_bomb", member=largest.filename)


def _check_member(one: zipfile.ZipInfo, packed: int) -> None:
    # The name as it stands in the file: Python cuts it at a NUL and turns backslashes.
    if not _NAMES.fullmatch(one.orig_filename) or one.filename != one.orig_filename:
        raise _refused("passport_name", member=one.orig_filename[:80])
    mode = one.external_attr >> 16
    is_plain = not mode or stat.S_ISREG(mode) or not stat.S_IFMT(mode)
    if one.flag_bits & _ENCRYPTED or one.compress_type not in _PACKINGS or not is_plain:
        raise _refused("passport_kind", member=one.filename)
    limit = LARGEST_FILE if one.filename.startswith("evidence/") else LARGEST_TEXT
    if one.file_size > limit or one.file_size > packed * _MOST_TIMES:
        raise _refused("passport_bomb", member=one.filename)


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    content = _whole(archive, MANIFEST)
    _require_version(content, MANIFEST)
    try:
        return Manifest.model_validate_json(content)
    except ValidationError as error:
        raise _misshapen(MANIFEST, error) from error


def _passport(archive: zipfile.ZipFile) -> Passport:
    content = _whole(archive, CONTENT)
    _require_version(content, CONTENT)
    try:
        return Passport.model_validate_json(content)
    except ValidationError as error:
        raise _misshapen(CONTENT, error) from error


def _require_version(content: bytes, member: str) -> None:
    """Another version is told before anything is said of its form."""
    try:
        plain = json.loads(content)
        said, version = plain["format"], plain["version"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise _refused("passport_format", member=member) from error
    if said != FORMAT:
        raise _refused("passport_format", member=member)
    if version != VERSION or isinstance(version, bool):
        values = {"version": str(version)[:20], "known": str(VERSION)}
        raise Refused([Fault("passport_version", values=values)])


def _misshapen(member: str, error: ValidationError) -> Refused:
    first = error.errors(include_url=False)[0]
    place = ".".join(map(str, first["loc"]))[:120]
    values = {"member": member, "where": place or "–"}
    return Refused([Fault("passport_schema", values=values)])


def _whole(archive: zipfile.ZipFile, member: str) -> bytes:
    if member not in archive.namelist():
        raise _refused("passport_missing", member=member)
    return b"".join(_pieces(archive, member))


def _compare(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    listed = {one.name: one for one in manifest.members}
    here = set(archive.namelist()) - {MANIFEST}
    for name in sorted({*listed, CONTENT} - here):
        raise _refused("passport_missing", member=name[:80])
    for name in sorted(here - set(listed)):
        raise _refused("passport_extra", member=name)
    for name, one in listed.items():
        size, digest = 0, hashlib.sha256()
        for piece in _pieces(archive, name):
            size += len(piece)
            digest.update(piece)
        if (size, digest.hexdigest()) != (one.size, one.sha256):
            raise _refused("passport_differs", member=name)
    if listed[CONTENT].sha256 != manifest.seal:
        raise _refused("passport_differs", member=CONTENT)


def _pieces(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """The bytes of a member, piece by piece; ``Refused`` where they cannot be unpacked."""
    try:
        with archive.open(member) as file:
            while piece := file.read(_PIECE):
                yield piece
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise _refused("passport_damaged", member=member) from error
    except (NotImplementedError, RuntimeError, ValueError) as error:
        raise _refused("passport_damaged", member=member) from error


def _refused(code: str, **values: str) -> Refused:
    return Refused([Fault(code, values=values)])
