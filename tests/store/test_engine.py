"""What SQLite is told to do, and that it does it."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import exc, insert, select, text

from assessment.domain.errors import NotSaved
from assessment.store import engine, tables
from assessment.store.engine import Store
from tests.conftest import NOW, only_postgresql, only_sqlite


@only_sqlite
def test_answers_survive_a_power_cut_because_every_connection_syncs_fully(store: Store) -> None:
    with store.reading() as one, store.writing() as other:
        for connection in (one, other):
            assert pragma(connection, "synchronous") == 2
            assert pragma(connection, "journal_mode") == "wal"
            assert pragma(connection, "foreign_keys") == 1


def pragma(connection, name: str):
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


@only_sqlite
def test_every_table_is_strict(store: Store) -> None:
    with store.reading() as connection:
        rows = connection.exec_driver_sql("PRAGMA table_list").all()
    strict = {row.name for row in rows if row.strict}
    assert strict >= set(tables.metadata.tables)


@only_sqlite
@pytest.mark.parametrize(
    ("table", "column", "text_value"),
    [
        ("community", "longitude", "east"),
        ("community", "revision", "first"),
        ("community", "sample", "yes"),
    ],
)
def test_a_text_never_lands_in_a_number_column(
    store: Store, table: str, column: str, text_value: str
) -> None:
    with pytest.raises(exc.IntegrityError), store.writing() as connection:
        connection.execute(text(f"UPDATE {table} SET {column} = :value"), {"value": text_value})


def test_a_flag_is_zero_or_one(store: Store) -> None:
    with pytest.raises(exc.IntegrityError), store.writing() as connection:
        connection.exec_driver_sql("UPDATE community SET sample = 2")


def test_an_answer_without_its_assessment_is_refused(store: Store) -> None:
    values = {"assessment": 999, "item": "F-01", "revision": 1, "by": "tester", "at": NOW}
    with pytest.raises(exc.IntegrityError), store.writing() as connection:
        connection.execute(insert(tables.answer).values(values))


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError), store.writing() as connection:
        connection.exec_driver_sql("UPDATE community SET note = 'half done'")
        raise RuntimeError
    with store.reading() as connection:
        notes = connection.execute(select(tables.community.c.note)).scalars().all()
    assert "half done" not in notes


def test_a_reader_sees_one_state_while_somebody_writes(store: Store) -> None:
    query = select(tables.community.c.note).where(tables.community.c.code == "P001")
    with store.reading() as reader:
        before = reader.execute(query).scalar()
        with store.writing() as writer:
            writer.exec_driver_sql("UPDATE community SET note = 'changed' WHERE code = 'P001'")
        assert reader.execute(query).scalar() == before
    with store.reading() as reader:
        assert reader.execute(query).scalar() == "changed"


@only_sqlite
def test_a_write_holds_the_database_from_its_first_moment(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise two writers read the same revision and one update is lost."""
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    other = Store(str(store.url))
    with store.writing(), pytest.raises(NotSaved) as not_saved, other.writing():
        pass
    assert not_saved.value.reason == "locked"


@only_sqlite
def test_counting_up_from_many_threads_loses_nothing(store: Store) -> None:
    def count_up() -> None:
        for _ in range(25):
            with store.writing() as connection:
                row = connection.exec_driver_sql("SELECT revision FROM community LIMIT 1").scalar()
                connection.exec_driver_sql(f"UPDATE community SET revision = {row + 1}")

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT revision FROM community").scalar() == 101


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    values = {"at": NOW.replace(tzinfo=None), "by": "tester", "action": "test"}
    with pytest.raises(exc.StatementError), store.writing() as connection:
        connection.execute(insert(tables.log).values(values))


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'a' / 'b' / 'assessment.db'}")
    with store.reading() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1


@only_postgresql
def test_postgresql_sorts_and_folds_every_text_as_sqlite_does(store: Store) -> None:
    with store.reading() as connection:
        query = (
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema "
            "= 'public' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'"
        )
        assert connection.exec_driver_sql(query).all() == []


def test_texts_are_sorted_by_their_characters_numbers(store: Store) -> None:
    """Not by the language of the database server, which is another on every machine."""
    names = ["a", "B", "阿", "不", "_"]
    for number, name in enumerate(names):
        values = {"id": f"sorted-{number}", "level": "test", "title_zh": name, "title_en": ""}
        with store.writing() as connection:
            connection.execute(insert(tables.programme).values(values))
    titles = tables.programme.c.title_zh
    query = select(titles).where(tables.programme.c.level == "test").order_by(titles)
    with store.reading() as connection:
        assert list(connection.scalars(query)) == sorted(names)
