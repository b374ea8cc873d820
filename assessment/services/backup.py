"""Making one file of everything that is kept, while people work.

The tables are read in one transaction, so the file shows one moment. An evidence file is written
before its row is committed and never changed, so those that the rows name are there to be copied
afterwards. The file gets its name only when it is complete and was read again: a half-made
backup has none.
"""

import errno
import os
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import assessment
from assessment.domain.errors import Fault, Refused
from assessment.domain.permissions import Action
from assessment.services.authorising import authorise
from assessment.services.backup_file import (
    EVIDENCE,
    MANIFEST,
    SMALL_PICTURES,
    Look,
    Manifest,
    Part,
    Tally,
    Witness,
    checked_manifest,
    member_of,
)
from assessment.settings import settings
from assessment.store import dump
from assessment.store.engine import Store, Transaction
from assessment.store.evidence_files import hash_of, place_of, sync_folder
from assessment.store.migrate import knows, revision_of, wait_as_long_as_it_takes

FOLDER = "backups"
# A text of the tables shrinks to a sixth at any level; higher ones only take longer.
_LEVEL = 1


@dataclass(frozen=True)
class Backup:
    """A backup that was made and read again."""

    path: Path
    manifest: Manifest


def make_backup(store: Store, at: datetime, target: Path | None, look: Look) -> Backup:
    """Write everything into ``target``, or into a file of its own below the records' folder.

    Raises ``Refused`` where the file is there already or cannot be written, ``Forbidden`` where
    the person may not, and ``NotSaved`` where the records cannot be read.
    """
    authorise(store, Action.RUN)
    return _make(store, at, target or _path("backup", at), look)


def backup_before_upgrade(store: Store, at: datetime) -> Backup | None:
    """The records as the earlier version left them; ``None`` where nobody has done anything."""
    with store.reading() as connection:
        if not dump.touched(connection):
            return None
        revision = revision_of(connection)
    return _make(store, at, _path(f"before-upgrade-from-{revision}", at), lambda _done, _all: None)


def _path(what: str, at: datetime) -> Path:
    moment = at.astimezone(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    return settings().home / FOLDER / f"complete-community-{what}-{moment}.zip"


def _make(store: Store, at: datetime, target: Path, look: Look) -> Backup:
    with _said(target), _unfinished(target) as part:
        with os.fdopen(_private(part), "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
                manifest = _write(store, archive, at)
            file.flush()
            os.fsync(file.fileno())
        if checked_manifest(part, look) != manifest:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        part.rename(target)
        sync_folder(target.parent)
    return Backup(target, manifest)


def _private(path: Path) -> int:
    """A new file that only its owner may read: it holds what people wrote, and password hashes."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.open(path, flags, 0o600)


@contextmanager
def _unfinished(target: Path) -> Iterator[Path]:
    """A name beside the target for a file in the making; nothing stays there if it fails."""
    if target.exists():
        raise Refused([Fault("backup_exists", values={"file": str(target)})])
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _said(target: Path) -> Iterator[None]:
    """Say in words why a file cannot be written."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        code = "backup_disk_full" if full else "backup_not_written"
        values = {"file": str(target), "reason": error.strerror or ""}
        raise Refused([Fault(code, values=values)]) from error


def _write(store: Store, archive: zipfile.ZipFile, at: datetime) -> Manifest:
    witness = Witness()
    with store.reading() as connection:
        wait_as_long_as_it_takes(connection)
        revision = revision_of(connection)
        _refuse_unreadable(revision)
        parts = tuple(
            _write_table(connection, archive, table, witness)
            for table in dump.kept_tables(connection)
        )
    missing = tuple(name for name in sorted(witness.evidence) if hash_of(place_of(name)) != name)
    here = sorted(witness.evidence.difference(missing))
    pictures = _write_evidence(archive, here)
    manifest = Manifest(
        product=assessment.__version__,
        revision=revision,
        made_at=at.astimezone(UTC).isoformat(timespec="seconds"),
        tables=parts,
        log_seal=witness.seal,
        log_broken_at=witness.broken_at,
        evidence=len(here),
        missing=missing,
        small_pictures=pictures,
    )
    archive.writestr(MANIFEST, manifest.to_bytes())
    return manifest


def _write_evidence(archive: zipfile.ZipFile, names: Sequence[str]) -> dict[str, str]:
    """The files with these hashes; returns the hashes of the small pictures that go with them.

    They are not deflated: pictures and office files are packed already.
    """
    pictures = {}
    for name in names:
        archive.write(place_of(name), EVIDENCE + name, zipfile.ZIP_STORED)
        digest = hash_of(place_of(name, thumbnail=True))
        if digest:
            archive.write(place_of(name, thumbnail=True), SMALL_PICTURES + name, zipfile.ZIP_STORED)
            pictures[name] = digest
    return pictures


def _refuse_unreadable(revision: str) -> None:
    """A database that a later version has changed may hold what this one does not know of."""
    if not revision:
        raise Refused([Fault("backup_nothing", values={"folder": str(settings().home)})])
    if not knows(revision):
        raise Refused([Fault("database_newer", values={"revision": revision})])


def _write_table(
    connection: Transaction, archive: zipfile.ZipFile, table: dump.KeptTable, witness: Witness
) -> Part:
    def lines() -> Iterator[bytes]:
        for row in dump.rows_of(connection, table):
            witness.see(table.name, row)
            yield dump.to_line(row)

    tally = Tally()
    with archive.open(member_of(table.name), "w", force_zip64=True) as file:
        for line in tally.passing(lines()):
            file.write(line)
    return tally.part(table.name)
