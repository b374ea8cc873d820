"""Where PostgreSQL cannot write: a reason, nothing written, and the same save succeeds later."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random

import psycopg
import pytest
from sqlalchemy import text

from assessment.domain.answers import Answer
from assessment.domain.errors import NotSaved
from assessment.domain.sheet import Sheet
from assessment.services.answering import kept_in, save
from assessment.store import engine
from assessment.store.engine import Store
from tests.conftest import only_postgresql
from tests.postgres_server import PostgresServer
from tests.services.steps import SIGNATURE, log_length, reload, say, score_row

pytestmark = only_postgresql
ITEM = "F-01"
# What the server says: https://www.postgresql.org/docs/current/errcodes-appendix.html
SAID = {
    "53100": "disk_full",
    "58030": "disk_full",
    "25006": "read_only",
    "42501": "read_only",
    "55P03": "locked",
    "57014": "locked",
    "40P01": "locked",
    "40001": "locked",
    "XX001": "damaged",
    "58P01": "damaged",
    "53300": "unreachable",
    "57P01": "unreachable",
    "08006": "unreachable",
}


@pytest.fixture
def other(store: Store) -> Iterator[psycopg.Connection]:
    """Another program in the same database."""
    url = store.url.render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def impatient(store: Store, sheet: Sheet) -> Iterator[Store]:
    """A second store of the same database that does not wait for a lock."""
    store.engine.dispose()
    options = {"options": "-c lock_timeout=100ms"}
    opened = Store(store.url.update_query_dict(options).render_as_string(hide_password=False))
    yield opened
    opened.close()


def reason_of(store: Store, sheet: Sheet) -> str:
    """Why a note could not be saved; nothing of it is kept."""
    seen = kept_in(sheet, Answer(ITEM))
    with pytest.raises(NotSaved) as not_saved:
        save(store, SIGNATURE, sheet, seen, "note", "kept?")
    return not_saved.value.reason


def assert_nothing_was_written_and_the_same_save_succeeds(
    store: Store, sheet: Sheet, before: int
) -> None:
    assert log_length(store) == before
    assert ITEM not in reload(store, sheet).answers
    assert say(store, sheet, ITEM, "note", "kept?").answers[ITEM].revision == 1
    assert score_row(store, sheet)["assessment"] == sheet.assessment.id


@pytest.mark.parametrize("state", SAID)
def test_what_the_server_says_becomes_a_reason(
    store: Store, sheet: Sheet, other: psycopg.Connection, state: str
) -> None:
    before = log_length(store)
    other.execute(
        "CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION 'ein Fehler' USING ERRCODE = '{state}'; END $$"
    )
    other.execute("CREATE TRIGGER fails BEFORE INSERT ON log EXECUTE FUNCTION fails()")
    assert reason_of(store, sheet) == SAID[state]
    other.execute("DROP TRIGGER fails ON log")
    assert_nothing_was_written_and_the_same_save_succeeds(store, sheet, before)


@pytest.fixture
def small_disk(postgres: PostgresServer) -> Iterator[Path]:
    """A disk of eight megabytes, where this machine lets one be made."""
    folder = postgres.folder / "small"
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m,mode=0777", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be made here")
    shutil.chown(folder, "postgres")
    yield folder
    postgres.run("DROP TABLESPACE IF EXISTS small")
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_loses_nothing_that_was_acknowledged(
    small_disk: Path, store: Store, sheet: Sheet, other: psycopg.Connection
) -> None:
    other.execute(f"CREATE TABLESPACE small LOCATION '{small_disk}'".encode())
    for table in ("answer", "log"):
        other.execute(f"ALTER TABLE {table} SET TABLESPACE small".encode())
    random, saved = Random(1), 0
    while True:
        note = "".join(chr(random.randrange(0x4E00, 0x9FFF)) for _ in range(4000))
        before = log_length(store)
        try:
            sheet = say(store, sheet, ITEM, "note", note)
        except NotSaved as not_saved:
            assert not_saved.reason == "disk_full"
            break
        saved += 1
    kept = reload(store, sheet).answers[ITEM]
    assert (kept.revision, kept.note) == (saved, sheet.answers[ITEM].note)
    assert log_length(store) == before
    room = ["mount", "-o", "remount,size=64m", str(small_disk)]
    subprocess.run(room, check=True)
    assert say(store, sheet, ITEM, "note", note).answers[ITEM].revision == saved + 1


def test_a_row_that_somebody_holds_is_not_waited_for_without_end(
    impatient: Store, sheet: Sheet, other: psycopg.Connection
) -> None:
    before = log_length(impatient)
    with other.transaction():
        other.execute("SELECT id FROM assessment FOR UPDATE")
        assert reason_of(impatient, sheet) == "locked"
        assert reload(impatient, sheet).assessment == sheet.assessment
    assert_nothing_was_written_and_the_same_save_succeeds(impatient, sheet, before)


def test_a_database_that_may_only_be_read_says_so(
    store: Store, sheet: Sheet, other: psycopg.Connection
) -> None:
    before = log_length(store)
    other.execute(f"ALTER DATABASE {store.url.database} SET default_transaction_read_only = on")
    store.engine.dispose()
    assert reason_of(store, sheet) == "read_only"
    assert ITEM not in reload(store, sheet).answers
    other.execute(f"ALTER DATABASE {store.url.database} RESET default_transaction_read_only")
    store.engine.dispose()
    assert_nothing_was_written_and_the_same_save_succeeds(store, sheet, before)


def test_a_server_that_stops_and_starts_again_needs_no_restart_of_the_app(
    store: Store, sheet: Sheet, postgres: PostgresServer
) -> None:
    before = log_length(store)
    postgres.stop()
    assert reason_of(store, sheet) == "unreachable"
    with pytest.raises(NotSaved), store.reading():
        pass
    postgres.start()
    assert_nothing_was_written_and_the_same_save_succeeds(store, sheet, before)


def test_a_server_that_was_away_while_nobody_asked_is_not_noticed(
    store: Store, sheet: Sheet, postgres: PostgresServer
) -> None:
    assert reload(store, sheet).assessment == sheet.assessment
    postgres.stop()
    postgres.start()
    assert say(store, sheet, ITEM, "note", "kept?").answers[ITEM].revision == 1


def test_a_server_that_stops_in_the_middle_of_a_write_keeps_nothing_of_it(
    store: Store, sheet: Sheet, postgres: PostgresServer
) -> None:
    before = log_length(store)
    with pytest.raises(NotSaved) as not_saved, store.writing() as connection:
        connection.execute(text("UPDATE community SET note = 'half done'"))
        postgres.stop()
        postgres.start()
        connection.execute(text("UPDATE community SET note = 'done'"))
    assert not_saved.value.reason == "unreachable"
    assert_nothing_was_written_and_the_same_save_succeeds(store, sheet, before)


def test_when_every_connection_is_in_use_a_person_is_told_to_wait(
    store: Store, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_POOL", {"pool_size": 1, "max_overflow": 0, "pool_timeout": 0.05})
    small = Store(store.url.render_as_string(hide_password=False))
    with small.reading():
        assert reason_of(small, sheet) == "locked"
    assert say(small, sheet, ITEM, "note", "kept?").answers[ITEM].revision == 1
    small.close()
