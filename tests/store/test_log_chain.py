"""The log takes only additions, and a change made behind its back is found."""

import threading
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError

from assessment import commands
from assessment.services.log_check import check_log
from assessment.store import log
from assessment.store.engine import Store
from assessment.store.migrate import _config, migrate
from assessment.store.tables import log as table
from tests.conftest import NOW, only_sqlite

OLD_ENTRY = (
    'INSERT INTO log (at, "by", action, community, assessment, subject, revision, old, new) '
    "VALUES ('2026-01-0{n}T08:00:00.000000Z', '王芳', 'answer', 'P001', {n}, 'F-01', 1, '', "
    "'“{n}”')"
)


def write(store: Store, *subjects: str) -> None:
    for subject in subjects:
        with store.writing() as connection:
            log.append(connection, log.Change("tester", NOW, "answer", subject=subject))


def behind(store: Store, statement: str) -> None:
    """Change the log as somebody with the database in hand would."""
    with store.writing() as connection:
        if store.is_sqlite:
            for event in ("update", "delete"):
                connection.execute(sql(f"DROP TRIGGER log_refuses_{event}"))
        else:
            connection.execute(sql("DROP TRIGGER log_refuses_changes ON log"))
        connection.execute(sql(statement))


@pytest.mark.parametrize(
    "statement",
    ["UPDATE log SET new = 'x'", "DELETE FROM log", "UPDATE log SET hash = '' WHERE id = 1"],
)
def test_the_database_itself_refuses_to_change_the_log(store: Store, statement: str) -> None:
    write(store, "F-01", "F-02")
    with pytest.raises(DBAPIError, match="append-only"), store.writing() as connection:
        connection.execute(sql(statement))
    assert check_log(store).is_whole
    assert check_log(store).entries == 2


@pytest.mark.parametrize(
    ("statement", "entry"),
    [
        ("UPDATE log SET new = 'open' WHERE subject = 'F-02'", 2),
        ("UPDATE log SET \"by\" = 'somebody' WHERE subject = 'F-01'", 1),
        ("UPDATE log SET at = '2026-11-24T08:00:00.000001Z' WHERE subject = 'F-03'", 3),
        ("DELETE FROM log WHERE subject = 'F-02'", 3),
    ],
)
def test_a_change_behind_the_trigger_is_found_where_it_was_made(
    store: Store, statement: str, entry: int
) -> None:
    write(store, "F-01", "F-02", "F-03")
    behind(store, statement)
    found = check_log(store)
    assert not found.is_whole
    assert found.broken is not None
    assert (found.broken.id, found.entries) == (entry, 1 if "DELETE" in statement else entry - 1)


def test_a_log_that_was_cut_off_lacks_the_seal_that_was_noted(store: Store) -> None:
    write(store, "F-01", "F-02")
    noted = check_log(store).seal
    write(store, "F-03")
    assert check_log(store, noted).is_whole
    behind(store, "DELETE FROM log WHERE subject IN ('F-02', 'F-03')")
    assert check_log(store).is_whole
    assert not check_log(store, noted).is_whole


def test_writers_at_once_make_one_chain(store: Store) -> None:
    threads = [
        threading.Thread(target=write, args=(Store(store.url), *"abcdefgh")) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = check_log(store)
    assert (found.broken, found.entries) == (None, 48)


def test_an_older_log_keeps_its_content_and_is_chained(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'old.db'}")
    with store.writing() as connection:
        command.upgrade(_config(connection), "0002")
        for number in (1, 2):
            connection.exec_driver_sql(OLD_ENTRY.format(n=number))
    migrate(store)
    write(store, "F-02")
    with store.reading() as connection:
        kept = connection.execute(table.select().order_by(table.c.id)).mappings().all()
    assert [row["new"] for row in kept] == ["“1”", "“2”", ""]
    assert [row["by"] for row in kept] == ["王芳", "王芳", "tester"]
    found = check_log(store)
    assert (found.broken, found.entries) == (None, 3)
    store.close()


@only_sqlite
def test_the_command_says_where_the_log_breaks(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    write(store, "F-01", "F-02")
    assert commands.main(["check-log", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert check_log(store).seal in told
    assert commands.main(["check-log", "--lang", "zh", "--noted", "f" * 64]) == 1
    assert "f" * 64 in capsys.readouterr().out
    behind(store, "UPDATE log SET new = 'open' WHERE subject = 'F-02'")
    assert commands.main(["check-log", "--lang", "en"]) == 1
    told = capsys.readouterr().out
    assert "entry 2" in told
    assert "tester" in told
