"""One file holds everything, of one moment; a half-made, damaged or foreign one is refused."""

import errno
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from assessment.commands import main
from assessment.domain.answers import Answer
from assessment.domain.records import Signature
from assessment.domain.sheet import Sheet
from assessment.services.answering import Saved, kept_in, save
from assessment.services.backup import make_backup
from assessment.services.backup_file import MANIFEST, checked_manifest
from assessment.services.restoring import restore
from assessment.services.setup import prepare
from assessment.store import tables
from assessment.store.engine import Store
from assessment.store.evidence_files import place_of
from tests.conftest import NOW, only_sqlite
from tests.services.backups import (
    PICTURE,
    PICTURE_HASH,
    backed_up,
    fault_of,
    full_records,
    lines_of,
    move_to,
    restored,
    rewritten,
    unseen,
    with_manifest,
)
from tests.services.steps import log_of, reload, say
from tests.store.processes import PATIENCE, clean_processes

EMPTY_HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.fixture
def backup(store: Store, sheet: Sheet, tmp_path: Path) -> Path:
    """A backup of records with one of everything."""
    full_records(store, sheet)
    return backed_up(store, tmp_path / "backup.zip")


@pytest.fixture
def elsewhere(backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An installation beside it that nobody has used."""
    opened = move_to(monkeypatch, tmp_path / "elsewhere")
    yield opened
    opened.close()


def test_an_empty_machine_has_everything_again_after_a_restore(
    store: Store, elsewhere: Store, backup: Path, signature: Signature
) -> None:
    before = lines_of(store)
    restored(elsewhere, signature, backup)
    after = lines_of(elsewhere)
    assert after.pop("log")[:-1] == before.pop("log")
    assert after == before
    assert place_of(PICTURE_HASH).read_bytes() == PICTURE
    assert place_of(PICTURE_HASH, thumbnail=True).read_bytes() == b"small"
    with elsewhere.reading() as connection:
        assert connection.execute(select(tables.sign_in)).all() == []


def test_after_a_restore_people_go_on_where_they_were(
    elsewhere: Store, backup: Path, sheet: Sheet, signature: Signature
) -> None:
    restored(elsewhere, signature, backup)
    prepare(elsewhere, NOW)
    now = say(elsewhere, reload(elsewhere, sheet), "F-01", "note", "after")
    assert now.answers["F-01"].revision == 3
    assert [one.revision for one in log_of(elsewhere, now, "F-01")] == [3, 2, 1]


def test_an_installation_that_was_only_started_counts_as_empty(
    elsewhere: Store, backup: Path, signature: Signature
) -> None:
    prepare(elsewhere, NOW)
    restored(elsewhere, signature, backup)


def test_records_are_never_overwritten(
    store: Store, sheet: Sheet, backup: Path, signature: Signature
) -> None:
    before = lines_of(store)
    assert fault_of(lambda: restore(store, signature, backup, unseen)) == "restore_not_empty"
    assert fault_of(lambda: make_backup(store, NOW, backup, unseen)) == "backup_exists"
    assert lines_of(store) == before


def cut(path: Path) -> Path:
    """A copy that ended early."""
    content = path.read_bytes()
    other = path.with_name("cut.zip")
    other.write_bytes(content[: len(content) * 2 // 3])
    return other


def flipped(path: Path) -> Path:
    """One bit of the answers is another."""
    content = bytearray(path.read_bytes())
    place = content.index(b"tables/answer.jsonl") + 60
    content[place] ^= 1
    other = path.with_name("flipped.zip")
    other.write_bytes(content)
    return other


def forged(members: dict[str, bytes]) -> None:
    members["tables/answer.jsonl"] = members["tables/answer.jsonl"].replace(b"1240", b"9999")
    members["tables/fact.jsonl"] = members["tables/fact.jsonl"].replace(b"1240", b"9999")


def other_picture(members: dict[str, bytes]) -> None:
    members[f"evidence/{PICTURE_HASH}"] = b"another"


def without(member: str) -> Callable[[Path], Path]:
    """The file without one of its parts."""
    return lambda path: rewritten(path, lambda members: members.pop(member))


def changed(change: Callable[[dict[str, bytes]], object]) -> Callable[[Path], Path]:
    """The file with other parts."""
    return lambda path: rewritten(path, change)


SPOILED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "cut off": (cut, "backup_not_whole"),
    "a bit flipped": (flipped, "backup_damaged"),
    "a row changed": (changed(forged), "backup_damaged"),
    "another picture": (changed(other_picture), "backup_damaged"),
    "no picture": (without(f"evidence/{PICTURE_HASH}"), "backup_damaged"),
    "no small picture": (without(f"thumbnails/{PICTURE_HASH}"), "backup_damaged"),
    "a part too many": (changed(lambda one: one.update({"../outside": b""})), "backup_damaged"),
    "a table is gone": (without("tables/answer.jsonl"), "backup_damaged"),
    "another seal of the log": (changed(with_manifest(log_seal="0" * 64)), "backup_damaged"),
    "no list": (without(MANIFEST), "backup_not_whole"),
    "a later form": (changed(with_manifest(format=2)), "backup_newer"),
    "a later database": (changed(with_manifest(revision="9999")), "backup_newer"),
    "not there": (lambda path: path.with_name("absent.zip"), "backup_absent"),
}


@only_sqlite
@pytest.mark.parametrize("how", SPOILED)
def test_a_spoiled_file_is_refused_and_nothing_is_changed(
    elsewhere: Store, backup: Path, signature: Signature, how: str
) -> None:
    spoil, code = SPOILED[how]
    path = spoil(backup)
    assert fault_of(lambda: restore(elsewhere, signature, path, unseen)) == code
    assert lines_of(elsewhere) == {}
    assert not place_of(PICTURE_HASH).exists()


def test_a_row_that_the_database_refuses_undoes_all_of_it(
    store: Store, elsewhere: Store, backup: Path, signature: Signature
) -> None:
    def orphan(members: dict[str, bytes]) -> None:
        members["tables/assessment.jsonl"] = b""
        empty = {"table": "assessment", "rows": 0, "sha256": EMPTY_HASH}
        parts = checked_manifest(backup, unseen).model_dump()["tables"]
        others = [one if one["table"] != "assessment" else empty for one in parts]
        with_manifest(tables=others)(members)

    path = rewritten(backup, orphan)
    assert fault_of(lambda: restore(elsewhere, signature, path, unseen)) == "restore_row"
    assert lines_of(elsewhere) == {}
    assert not place_of(PICTURE_HASH).exists()


def test_a_full_disk_leaves_no_half_made_backup(
    store: Store, sheet: Sheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    target = tmp_path / "there" / "backup.zip"
    monkeypatch.setattr(os, "fsync", full)
    assert fault_of(lambda: make_backup(store, NOW, target, unseen)) == "backup_disk_full"
    assert list(target.parent.iterdir()) == []


def back_up_until_killed(url: str, home: str) -> None:
    """Run in a process of its own: one backup after the other."""
    os.environ["ASSESSMENT_HOME"] = home
    store = Store(url)
    for number in range(1000):
        make_backup(store, NOW, Path(home) / f"{number}.zip", unseen)


def test_a_backup_that_is_killed_is_never_taken_for_one(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "killed"
    folder.mkdir()
    url = store.url.render_as_string(hide_password=False)
    process = clean_processes().Process(target=back_up_until_killed, args=(url, str(folder)))
    process.start()
    waited = threading.Event()
    for _ in range(PATIENCE * 100):
        if list(folder.glob("1.zip.*.part")):
            break
        waited.wait(0.01)
    process.kill()
    process.join()
    whole = list(folder.glob("*.zip"))
    assert whole
    for path in whole:
        checked_manifest(path, unseen)


def test_a_backup_shows_one_moment_while_people_save(
    store: Store, sheet: Sheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, saved = threading.Event(), [0]

    def keep_saving() -> None:
        now = sheet
        while not done.is_set():
            seen = kept_in(now, Answer("F-01"))
            outcome = save(store, Signature("writer", NOW), now, seen, "note", str(saved[0]))
            assert isinstance(outcome, Saved)
            now, saved[0] = outcome.sheet, saved[0] + 1

    writer = threading.Thread(target=keep_saving)
    writer.start()
    try:
        while saved[0] < 5:
            done.wait(0.01)
        before = saved[0]
        paths = [backed_up(store, tmp_path / f"{number}.zip") for number in range(4)]
        assert saved[0] > before
    finally:
        done.set()
        writer.join()
    for number, path in enumerate(paths):
        other = move_to(monkeypatch, tmp_path / f"elsewhere-{number}")
        restored(other, Signature("tester", NOW), path)
        then = reload(other, sheet)
        assert then.answers["F-01"].revision == log_of(other, then, "F-01")[0].revision
        other.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_commands_say_what_they_did(
    store: Store,
    sheet: Sheet,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
) -> None:
    full_records(store, sheet)
    path = tmp_path / "backup.zip"
    assert main(["backup", "--to", str(path), "--lang", language]) == 0
    told = capsys.readouterr().out
    seal = checked_manifest(path, unseen).seal
    assert str(path) in told
    assert seal in told
    move_to(monkeypatch, tmp_path / "elsewhere").close()
    assert main(["restore", str(path), "--lang", language]) == 0
    assert seal in capsys.readouterr().out
    assert main(["restore", str(path), "--lang", language]) == 1
    assert "assessment 1" in capsys.readouterr().out


def test_evidence_that_was_lost_before_is_named_and_the_rest_is_kept(
    store: Store, sheet: Sheet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    full_records(store, sheet)
    place_of(PICTURE_HASH).write_bytes(b"rotten")
    path = tmp_path / "backup.zip"
    assert main(["backup", "--to", str(path)]) == 1
    assert PICTURE_HASH in capsys.readouterr().out
    assert checked_manifest(path, unseen).missing == (PICTURE_HASH,)


@only_sqlite
def test_a_log_that_was_changed_is_backed_up_and_told(
    store: Store, sheet: Sheet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = say(store, sheet, "F-01", "note", "first")
    with store.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER log_refuses_UPDATE")
        connection.exec_driver_sql("UPDATE log SET new = 'changed' WHERE id = 2")
    assert main(["backup", "--to", str(tmp_path / "backup.zip")]) == 1
    assert "2" in capsys.readouterr().out
    assert checked_manifest(tmp_path / "backup.zip", unseen).log_broken_at == 2
