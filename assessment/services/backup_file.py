"""The file of a backup: one ZIP with the tables as lines of JSON, and the evidence by its hash.

``manifest.json`` names every part with its SHA-256 and its number of rows, so that a file that
was cut off, damaged or put together from two others is recognised before anything is changed.
"""

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assessment.domain.errors import Fault, Refused
from assessment.domain.log_chain import CHAINED, entry_hash

FORMAT = 1
MANIFEST = "manifest.json"
EVIDENCE = "evidence/"
SMALL_PICTURES = "thumbnails/"
# Tables whose rows say more than that they are there.
WITNESSED = frozenset({"log", "evidence"})
_CHUNK = 1 << 20
_HASH = re.compile(r"[0-9a-f]{64}")

# Is told how much was done, and of how much.
Look = Callable[[int, int], None]


class Part(BaseModel):
    """One table: how many rows, and the SHA-256 of its lines."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    table: str
    rows: int
    sha256: str

    @property
    def member(self) -> str:
        """The name inside the file."""
        return member_of(self.table)


class Manifest(BaseModel):
    """What a backup holds. ``made_at`` is UTC; ``log_seal`` is the hash of the last log entry.

    ``log_broken_at`` is the id of the first entry that does not follow from the one before, 0 if
    all do. ``evidence`` counts files; ``missing`` names those that were lost or damaged already.
    ``small_pictures`` are hashes of the small pictures of photos, by the hash of the photo.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int = FORMAT
    product: str
    revision: str
    made_at: str
    tables: tuple[Part, ...]
    log_seal: str
    log_broken_at: int
    evidence: int
    missing: tuple[str, ...]
    small_pictures: Mapping[str, str]

    @property
    def rows(self) -> int:
        """How many rows all tables have together."""
        return sum(part.rows for part in self.tables)

    def to_bytes(self) -> bytes:
        """As it stands in the file."""
        return self.model_dump_json(indent=1).encode()

    @property
    def seal(self) -> str:
        """SHA-256 of the manifest: who notes it can tell this backup from any other."""
        return hashlib.sha256(self.to_bytes()).hexdigest()


@dataclass
class Tally:
    """What is counted while the rows of a table pass by."""

    rows: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def passing(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The lines, each counted and hashed."""
        for line in lines:
            self.rows += 1
            self.digest.update(line)
            yield line

    def part(self, table: str) -> Part:
        """What was counted."""
        return Part(table=table, rows=self.rows, sha256=self.digest.hexdigest())


@dataclass
class Witness:
    """Sees every row once: follows the chain of the log, and notes which evidence is named."""

    seal: str = ""
    broken_at: int = 0
    evidence: set[str] = field(default_factory=set)

    def see(self, table: str, row: Mapping[str, Any]) -> None:
        """Look at the next row."""
        if table == "evidence" and row["sha256"]:
            self.evidence.add(row["sha256"])
        elif table == "log" and "hash" in row:  # an old log has no chain
            values = (row[name] for name in CHAINED)
            if not self.broken_at and entry_hash(self.seal, values) != row["hash"]:
                self.broken_at = row["id"]
            self.seal = row["hash"]


def member_of(table: str) -> str:
    """Where a table's lines are."""
    return f"tables/{table}.jsonl"


def checked_manifest(path: Path, look: Look) -> Manifest:
    """Read the whole file and compare all of it with its manifest.

    ``look`` is told how many bytes were read, and of how many. Raises ``Refused``: with code
    ``backup_absent``, ``backup_not_whole``, ``backup_newer`` or ``backup_damaged``.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive)
            _check(archive, manifest, look)
            return manifest
    except OSError as error:
        raise _refused("backup_absent", file=path.name, reason=error.strerror or "") from error
    except (zipfile.BadZipFile, KeyError, ValidationError) as error:
        raise _refused("backup_not_whole", file=path.name) from error


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    content = read_member(archive, MANIFEST)
    try:
        plain = json.loads(content)
        version = plain["format"]
    except (ValueError, TypeError) as error:
        raise KeyError(MANIFEST) from error
    if version != FORMAT:
        raise _refused("backup_newer", product=str(plain.get("product", "")))
    return Manifest.model_validate(plain)


def _check(archive: zipfile.ZipFile, manifest: Manifest, look: Look) -> None:
    hashes = manifest.small_pictures
    pictures = {SMALL_PICTURES + name: digest for name, digest in hashes.items()}
    tables = {part.member for part in manifest.tables}
    others = [one for one in archive.namelist() if one not in tables and one != MANIFEST]
    total = len(tables) + len(others)
    witness, found = Witness(), set[str]()
    for done, part in enumerate(manifest.tables, start=1):
        _check_table(archive, part, witness)
        look(done, total)
    for done, member in enumerate(others, start=len(tables) + 1):
        found.add(_check_file(archive, member, pictures))
        look(done, total)
    if (witness.seal, witness.broken_at) != (manifest.log_seal, manifest.log_broken_at):
        raise _refused("backup_damaged", member=member_of("log"))
    wanted = {EVIDENCE + one for one in witness.evidence - set(manifest.missing)}
    if found != wanted | set(pictures) or len(wanted) != manifest.evidence:
        raise _refused("backup_damaged", member=EVIDENCE)


def _check_table(archive: zipfile.ZipFile, part: Part, witness: Witness) -> None:
    tally = Tally()
    try:
        for line in tally.passing(lines_in(archive, part.member)):
            if part.table in WITNESSED:
                witness.see(part.table, json.loads(line))
    except (ValueError, KeyError, TypeError) as error:
        raise _refused("backup_damaged", member=part.member) from error
    if tally.part(part.table) != part:
        raise _refused("backup_damaged", member=part.member)


def _check_file(archive: zipfile.ZipFile, member: str, pictures: Mapping[str, str]) -> str:
    """An evidence file has its hash as its name; that of a small picture is in the list."""
    digest = hashlib.sha256()
    for chunk in chunks_in(archive, member):
        digest.update(chunk)
    folder, _, name = member.rpartition("/")
    wanted = name if f"{folder}/" == EVIDENCE else pictures.get(member)
    if not _HASH.fullmatch(name) or digest.hexdigest() != wanted:
        raise _refused("backup_damaged", member=member)
    return member


def read_member(archive: zipfile.ZipFile, member: str) -> bytes:
    """A small part at once."""
    return b"".join(chunks_in(archive, member))


def lines_in(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """The lines of a part, one after the other."""
    rest = b""
    for chunk in chunks_in(archive, member):
        *lines, rest = (rest + chunk).split(b"\n")
        yield from (line + b"\n" for line in lines)
    if rest:
        yield rest


def chunks_in(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """The bytes of a part, piece by piece; ``Refused`` where they cannot be unpacked."""
    try:
        with archive.open(member) as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _refused("backup_damaged", member=member) from error


def _refused(code: str, **values: str) -> Refused:
    return Refused([Fault(code, values=values)])
