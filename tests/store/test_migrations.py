"""Migrations lead to the tables that the code describes, once, and never backwards."""

from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from assessment.domain.errors import Refused
from assessment.store.engine import Store
from assessment.store.migrate import migrate
from assessment.store.tables import metadata
from tests.store.processes import PATIENCE, clean_processes

FRESH_STARTS = 12


def sqlite_at(path: Path) -> Store:
    return Store(f"sqlite:///{path}")


def schema_of(store: Store) -> list[str]:
    with store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT sql FROM sqlite_master ORDER BY name")
        return [row.sql for row in rows]


def checks_of(store: Store) -> dict[str, set[tuple[str, str]]]:
    """Every CHECK by table; comparing metadata leaves them out."""
    with store.reading() as connection:
        inspector = inspect(connection)
        return {
            name: {(str(c["name"]), c["sqltext"]) for c in inspector.get_check_constraints(name)}
            for name in metadata.tables
        }


def test_a_fresh_database_has_exactly_the_tables_of_the_code(store: Store) -> None:
    with store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_fresh_database_has_exactly_the_checks_of_the_code(tmp_path: Path) -> None:
    migrated, created = sqlite_at(tmp_path / "migrated.db"), sqlite_at(tmp_path / "created.db")
    migrate(migrated)
    with created.writing() as connection:
        metadata.create_all(connection)
    assert checks_of(migrated) == checks_of(created)
    assert any(checks_of(created).values())


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    store = sqlite_at(tmp_path / "twice.db")
    migrate(store)
    before = schema_of(store)
    migrate(store)
    assert schema_of(store) == before
    with store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT version_num FROM alembic_version").all()
    assert len(rows) == 1


def test_a_database_of_a_later_version_is_refused_and_left_as_it_is(store: Store) -> None:
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Refused) as refused:
        migrate(store)
    (fault,) = refused.value.faults
    assert (fault.code, fault.values) == ("database_newer", {"revision": "9999"})
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def heard(pipe: Connection) -> object:
    """What a process says next."""
    assert pipe.poll(PATIENCE), "a process says nothing"
    return pipe.recv()


def migrate_together(url: str, parent: Connection) -> None:
    """Run in a process of its own: says that it is there, waits for the start, tells the end."""
    try:
        parent.send("there")
        parent.recv()
        store = Store(url)
        migrate(store)
        store.close()
        parent.send("migrated")
    except Exception as error:
        parent.send(repr(error))


@pytest.mark.parametrize("attempt", range(FRESH_STARTS))
def test_two_processes_that_start_at_once_both_succeed(tmp_path: Path, attempt: int) -> None:
    path = tmp_path / f"together-{attempt}.db"
    processes = clean_processes()
    # A pipe for each: a barrier or queue would share locks between the two.
    pipes = [processes.Pipe() for _ in range(2)]
    both = [
        processes.Process(target=migrate_together, args=(f"sqlite:///{path}", theirs))
        for _, theirs in pipes
    ]
    for process in both:
        process.start()
    assert [heard(ours) for ours, _ in pipes] == ["there", "there"]
    for ours, _ in pipes:
        ours.send("start")
    assert [heard(ours) for ours, _ in pipes] == ["migrated", "migrated"]
    for process in both:
        process.join()
    with sqlite_at(path).reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
