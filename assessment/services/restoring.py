"""Filling an empty installation from a backup: checked before, compared after, all or nothing.

The tables are built as the backup's version had them, filled, and then brought up to this
version, so an old backup takes the same way as an old database.
"""

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assessment.domain.errors import Fault, Refused
from assessment.domain.permissions import Action
from assessment.domain.records import Signature
from assessment.services.authorising import authorise
from assessment.services.backup_file import (
    EVIDENCE,
    SMALL_PICTURES,
    Look,
    Manifest,
    Tally,
    checked_manifest,
    chunks_in,
    lines_in,
)
from assessment.store import dump, log
from assessment.store.engine import Store, Transaction
from assessment.store.evidence_files import hash_of, place_of, sync_folder
from assessment.store.migrate import hold_schema, knows, newest_revision, revision_of, upgrade


def restore(store: Store, signature: Signature, path: Path, look: Look) -> Manifest:
    """Take a backup into this empty installation, on either kind of database.

    Raises ``Refused`` where the file is not whole or the installation is not empty; then nothing
    was changed.
    """
    authorise(store, Action.RUN)
    manifest = checked_manifest(path, look)
    if not knows(manifest.revision):
        values = {"product": manifest.product}
        raise Refused([Fault("backup_newer", values=values)])
    with store.reading() as connection:
        _refuse_if_used(connection)
    with (
        zipfile.ZipFile(path) as archive,
        _evidence(archive, manifest),
        store.writing() as connection,
    ):
        hold_schema(connection)
        _refuse_if_used(connection)
        _fill(connection, archive, manifest)
        upgrade(connection, newest_revision())
        log.append(connection, _change(signature, manifest))
    return manifest


def _refuse_if_used(connection: Transaction) -> None:
    current = revision_of(connection)
    if current and not knows(current):
        raise Refused([Fault("database_newer", values={"revision": current})])
    counts = dump.touched(connection)
    if counts:
        told = ", ".join(f"{table} {count}" for table, count in sorted(counts.items()))
        raise Refused([Fault("restore_not_empty", values={"tables": told})])


def _fill(connection: Transaction, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    dump.clear(connection)
    upgrade(connection, manifest.revision)
    parts = {part.table: part for part in manifest.tables}
    tables = dump.kept_tables(connection)
    if {table.name for table in tables} != set(parts):
        raise Refused([Fault("backup_damaged", values={"member": "tables"})])
    for table in tables:
        dump.fill(connection, table, lines_in(archive, parts[table.name].member))
    dump.number_on(connection, tables)
    for table in tables:
        tally = Tally()
        for _ in tally.passing(map(dump.to_line, dump.rows_of(connection, table))):
            pass
        if tally.part(table.name) != parts[table.name]:
            raise Refused([Fault("restore_differs", values={"table": table.name})])


@contextmanager
def _evidence(archive: zipfile.ZipFile, manifest: Manifest) -> Iterator[None]:
    """Put the evidence files in place; take the new ones away again if the rows do not follow."""
    made: list[Path] = []
    try:
        for member, target, digest in _files(archive, manifest):
            if hash_of(target) != digest:
                made.append(target)
                _unpack(archive, member, target)
        yield
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise


def _files(archive: zipfile.ZipFile, manifest: Manifest) -> Iterator[tuple[str, Path, str]]:
    """Every file of evidence: its part of the backup, its place, and its hash."""
    for member in archive.namelist():
        folder, _, name = member.rpartition("/")
        if f"{folder}/" == EVIDENCE:
            yield member, place_of(name), name
        elif f"{folder}/" == SMALL_PICTURES:
            yield member, place_of(name, thumbnail=True), manifest.small_pictures[name]


def _unpack(archive: zipfile.ZipFile, member: str, target: Path) -> None:
    part = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            for chunk in chunks_in(archive, member):
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        values = {"file": str(target), "reason": error.strerror or ""}
        raise Refused([Fault("backup_not_written", values=values)]) from error


def _change(signature: Signature, manifest: Manifest) -> log.Change:
    return log.Change(signature.by, signature.at, "restore", subject=manifest.seal)
