"""A backup moves between the two kinds of database, and comes from any earlier version."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from assessment.domain.records import Signature
from assessment.domain.sheet import Sheet
from assessment.services.backup_file import checked_manifest
from assessment.services.communities import Registration, begin, list_rounds, register
from assessment.services.setup import prepare
from assessment.settings import settings
from assessment.store.engine import Store
from assessment.store.migrate import newest_revision, revision_of, upgrade
from tests.conftest import NOW
from tests.postgres_server import PostgresServer
from tests.services.backups import (
    backed_up,
    fault_of,
    full_records,
    lines_of,
    move_to,
    restored,
    unseen,
)
from tests.services.steps import reload, say

LATER = datetime(2026, 12, 1, tzinfo=UTC)
TIME = "2026-11-24T08:00:00.000000Z"


def test_records_move_to_the_other_database_and_back(
    store: Store,
    sheet: Sheet,
    signature: Signature,
    postgres: PostgresServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sheet = full_records(store, sheet)
    before, first = lines_of(store), backed_up(store, tmp_path / "first.zip")
    there = move_to(monkeypatch, tmp_path / "there", postgres.url(postgres.new_database()))
    prepare(there, NOW)
    restored(there, signature, first)
    moved = lines_of(there)
    assert moved.pop("log")[:-1] == before.pop("log")
    assert moved == before
    go_on(there, signature, sheet)
    now, second = lines_of(there), backed_up(there, tmp_path / "second.zip")
    back = move_to(monkeypatch, tmp_path / "back")
    restored(back, signature, second)
    returned = lines_of(back)
    assert returned.pop("log")[:-1] == now.pop("log")
    assert returned == now
    go_on(back, signature, sheet)
    for one in (there, back):
        one.close()


def go_on(store: Store, signature: Signature, sheet: Sheet) -> None:
    """New rows get numbers of their own, and old ones are changed as before."""
    prepare(store, NOW)
    typed = Registration(f"后来的社区{store.is_sqlite}", "110105", "试验街道", "Later Community")
    begun = begin(store, signature, register(store, signature, typed), list_rounds(store)[0])
    assert begun.id > sheet.assessment.id
    now = reload(store, sheet)
    after = say(store, now, "F-01", "note", f"on {store.engine.dialect.name}")
    assert after.answers["F-01"].revision == now.answers["F-01"].revision + 1


def database_of_version_0002(url: str) -> None:
    """Records as the version before people and evidence left them."""
    old = Store(url)
    with old.writing() as connection:
        upgrade(connection, "0002")
        for statement in (
            "INSERT INTO framework VALUES ('f1', 'c', '1.0', x'00ff', :at)",
            "INSERT INTO community (code, name_zh, compare_key, sample, created_at)"
            " VALUES ('C1', '旧社区', '旧社区', 0, :at)",
            "INSERT INTO round (id, label_zh, label_en, opens, framework, sample, created_at)"
            " VALUES ('2026-1', '轮次', 'Round', '2026-01-01', 'f1', 0, :at)",
            "INSERT INTO assessment (id, community, round, framework, scoring_version, created_at)"
            " VALUES (7, 'C1', '2026-1', 'f1', '1', :at)",
            "INSERT INTO answer (assessment, item, note, revision, by, at)"
            " VALUES (7, 'F-01', '旧的备注', 1, 'old', :at)",
            "INSERT INTO log (at, by, action, assessment, subject, revision, new)"
            " VALUES (:at, 'old', 'answer', 7, 'F-01', 1, '旧的备注')",
        ):
            connection.execute(text(statement), {"at": TIME})
    old.close()


def backups_in(home: Path) -> list[Path]:
    """The backups that were made without being asked for."""
    return sorted((home / "backups").glob("*.zip"))


def note_of(store: Store) -> str:
    """The answer that the old version had kept."""
    with store.reading() as connection:
        return connection.execute(text("SELECT note FROM answer WHERE assessment = 7")).scalar_one()


def test_an_upgrade_makes_a_backup_first_which_every_later_version_reads(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, signature: Signature
) -> None:
    database_of_version_0002(settings().url)
    store = Store(settings().url)
    prepare(store, LATER)
    (path,) = backups_in(home)
    assert checked_manifest(path, unseen).revision == "0002"
    assert note_of(store) == "旧的备注"
    prepare(store, LATER)
    assert backups_in(home) == [path]
    again = move_to(monkeypatch, tmp_path / "again")
    restored(again, signature, path)
    assert note_of(again) == "旧的备注"
    with again.reading() as connection:
        assert revision_of(connection) == newest_revision()
    upgraded, followed = lines_of(store), lines_of(again)
    assert followed["log"][:-1] == upgraded["log"]
    assert followed["answer"] == upgraded["answer"]
    for one in (store, again):
        one.close()


def test_an_old_backup_is_read_by_the_other_database(
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    signature: Signature,
    postgres: PostgresServer,
) -> None:
    database_of_version_0002(settings().url)
    old = Store(settings().url)
    path = backed_up(old, tmp_path / "old.zip")
    there = move_to(monkeypatch, tmp_path / "there", postgres.url(postgres.new_database()))
    restored(there, signature, path)
    assert note_of(there) == "旧的备注"
    for one in (old, there):
        one.close()


def test_without_a_backup_there_is_no_upgrade(home: Path) -> None:
    database_of_version_0002(settings().url)
    (home / "backups").write_bytes(b"a file where the folder should be")
    store = Store(settings().url)
    assert fault_of(lambda: prepare(store, LATER)) == "backup_not_written"
    with store.reading() as connection:
        assert revision_of(connection) == "0002"
    store.close()


def test_a_new_installation_has_nothing_to_back_up(home: Path) -> None:
    store = Store(settings().url)
    assert fault_of(lambda: backed_up(store, home / "b.zip")) == "backup_nothing"
    prepare(store, NOW)
    assert backups_in(home) == []
    store.close()
