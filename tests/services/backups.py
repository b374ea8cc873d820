"""Backups in tests: records with one of everything, other places to restore to, spoiled files."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import insert

from assessment.domain.errors import Refused
from assessment.domain.records import Signature
from assessment.domain.sheet import Sheet
from assessment.services.backup import make_backup
from assessment.services.backup_file import MANIFEST, checked_manifest
from assessment.services.restoring import restore
from assessment.settings import settings
from assessment.store import dump, tables
from assessment.store.engine import Store
from assessment.store.evidence_files import place_of
from tests.conftest import NOW
from tests.services.steps import assert_told_in_words, say

PICTURE = b"\x89PNG\r\n\x1a\n picture"
PICTURE_HASH = hashlib.sha256(PICTURE).hexdigest()
AWKWARD = '“引号”\n换行\t"quotes" \\ 😀 \u2028 é'


def unseen(_done: int, _total: int) -> None:
    """Nobody watches how far it is."""


def full_records(store: Store, sheet: Sheet) -> Sheet:
    """Answers, facts, evidence with its file, a person with a role, and a sign-in."""
    sheet = say(store, sheet, "F-01", "note", AWKWARD)
    sheet = say(store, sheet, "F-01", "note", AWKWARD + "2")
    sheet = say(store, sheet, "households", "value", "1240")
    place_of(PICTURE_HASH).parent.mkdir(parents=True)
    place_of(PICTURE_HASH).write_bytes(PICTURE)
    place_of(PICTURE_HASH, thumbnail=True).write_bytes(b"small")
    row = {"assessment": sheet.assessment.id, "item": "F-01", "kind": "image", "by": "p1"}
    person = {"id": "p1", "name": "王芳", "login": "wang", "password": "$argon2", "created_at": NOW}
    role = {"person": "p1", "role": "reviewer", "area": "110105", "by": "operator", "at": NOW}
    here = {"token_hash": "t", "person": "p1", "created_at": NOW, "seen_at": NOW}
    with store.writing() as connection:
        connection.execute(
            insert(tables.evidence), {**row, "sha256": PICTURE_HASH, "submission": "s1", "at": NOW}
        )
        connection.execute(insert(tables.person), person)
        connection.execute(insert(tables.role_grant), role)
        connection.execute(insert(tables.sign_in), here)
    return sheet


def lines_of(store: Store) -> dict[str, list[bytes]]:
    """Every row of every table that is carried."""
    with store.reading() as connection:
        return {
            table.name: [dump.to_line(row) for row in dump.rows_of(connection, table)]
            for table in dump.kept_tables(connection)
        }


def backed_up(store: Store, target: Path) -> Path:
    """A backup of these records."""
    return make_backup(store, NOW, target, unseen).path


def move_to(monkeypatch: pytest.MonkeyPatch, home: Path, url: str = "") -> Store:
    """Another installation, with nothing in it yet; from now on it is that of the settings."""
    home.mkdir(exist_ok=True)
    monkeypatch.setenv("ASSESSMENT_HOME", str(home))
    monkeypatch.setenv("ASSESSMENT_DATABASE_URL", url)
    settings.cache_clear()
    return Store(settings().url)


def restored(store: Store, signature: Signature, path: Path) -> None:
    """Restore; the file is the same afterwards."""
    before = checked_manifest(path, unseen)
    assert restore(store, signature, path, unseen) == before


def rewritten(path: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """The file with its parts changed, as somebody could who knows what a ZIP is."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    other = path.with_name(f"changed-{path.name}")
    with zipfile.ZipFile(other, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return other


def with_manifest(**values: object) -> Callable[[dict[str, bytes]], None]:
    """A change of the list of contents."""

    def change(members: dict[str, bytes]) -> None:
        members[MANIFEST] = json.dumps({**json.loads(members[MANIFEST]), **values}).encode()

    return change


def fault_of(work: Callable[[], object]) -> str:
    """The code of the one fault for which it is refused."""
    with pytest.raises(Refused) as refused:
        work()
    assert_told_in_words(refused.value)
    (fault,) = refused.value.faults
    return fault.code
