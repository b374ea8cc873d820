"""Where the database cannot write: a reason, nothing written, and the same save succeeds later."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from assessment.domain.answers import Answer
from assessment.domain.errors import NotSaved
from assessment.domain.records import Signature
from assessment.domain.sheet import Sheet
from assessment.services.answering import Saved, kept_in, save
from assessment.store import engine
from assessment.store.engine import Store
from tests.conftest import only_sqlite
from tests.services.steps import log_length, reload, say, score_row

pytestmark = only_sqlite
ITEM = "F-01"


@pytest.fixture
def path(home: Path) -> Path:
    return home / "assessment.db"


@pytest.fixture
def impatient(store: Store, sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A second store of the same file that gives up at once."""
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    opened = Store(str(store.url))
    yield opened
    opened.close()


def reason_of(store: Store, signature: Signature, sheet: Sheet, note: str = "kept?") -> str:
    """Why a note could not be saved."""
    seen = kept_in(sheet, Answer(ITEM))
    with pytest.raises(NotSaved) as not_saved:
        save(store, signature, sheet, seen, "note", note)
    return not_saved.value.reason


def pragmas(engine: Engine, statement: str) -> None:
    """Run a PRAGMA whenever a connection is taken from the pool."""

    @event.listens_for(engine, "checkout")
    def run(connection: sqlite3.Connection, _record: object, _proxy: object) -> None:
        connection.execute(statement)


def test_a_locked_database_says_so_and_the_same_save_succeeds_when_it_is_free(
    impatient: Store, path: Path, sheet: Sheet, signature: Signature
) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    before = log_length(impatient)
    assert reason_of(impatient, signature, sheet) == "locked"
    assert log_length(impatient) == before
    other.execute("ROLLBACK")
    other.close()
    assert say(impatient, sheet, ITEM, "note", "kept?").answers[ITEM].note == "kept?"


def test_a_locked_database_can_still_be_read(impatient: Store, path: Path, sheet: Sheet) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert reload(impatient, sheet).assessment == sheet.assessment
    other.close()


def test_a_connection_that_may_only_read_says_so(
    impatient: Store, sheet: Sheet, signature: Signature
) -> None:
    pragmas(impatient.engine, "PRAGMA query_only = ON")
    assert reason_of(impatient, signature, sheet) == "read_only"
    assert ITEM not in reload(impatient, sheet).answers


def test_a_file_that_may_only_be_read_says_so(
    impatient: Store, path: Path, sheet: Sheet, signature: Signature
) -> None:
    """Opened so: taking the right to write away with chmod does not stop root."""

    @event.listens_for(impatient.engine, "do_connect")
    def connect(*_: object) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False)

    assert reason_of(impatient, signature, sheet) == "read_only"
    assert reload(impatient, sheet).answers == {}


def test_a_file_that_cannot_be_opened_says_so(store: Store, home: Path) -> None:
    (home / "folder.db").mkdir()
    with pytest.raises(NotSaved) as not_saved, Store(f"sqlite:///{home / 'folder.db'}").reading():
        pass
    assert not_saved.value.reason == "read_only"


def test_a_file_that_is_no_database_is_called_damaged(store: Store, home: Path) -> None:
    (home / "other.db").write_bytes(b"not a database at all, but long enough to look" * 100)
    with pytest.raises(NotSaved) as not_saved, Store(f"sqlite:///{home / 'other.db'}").reading():
        pass
    assert not_saved.value.reason == "damaged"


def fill_disk(store: Store, signature: Signature, sheet: Sheet) -> tuple[Sheet, str]:
    """Save ever longer notes until the disk is full: the last saved sheet and the lost note."""
    for length in range(0, 4000, 200):
        note = "字" * length + "."
        seen = kept_in(sheet, Answer(ITEM))
        try:
            outcome = save(store, signature, sheet, seen, "note", note)
        except NotSaved as not_saved:
            assert not_saved.reason == "disk_full"
            return sheet, note
        assert isinstance(outcome, Saved)
        sheet = outcome.sheet
    raise AssertionError("the disk was never full")


def test_a_full_disk_loses_nothing_that_was_acknowledged(
    impatient: Store, sheet: Sheet, signature: Signature
) -> None:
    with impatient.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    room = {"pages": pages + 4}

    @event.listens_for(impatient.engine, "checkout")
    def limit(connection: sqlite3.Connection, _record: object, _proxy: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {room['pages']}")

    last, lost = fill_disk(impatient, signature, sheet)
    now = reload(impatient, sheet)
    assert now.answers[ITEM] == last.answers[ITEM]
    assert now.answers[ITEM].revision > 1
    assert score_row(impatient, sheet)["answered"] == 0
    room["pages"] = pages + 4000
    freed = say(impatient, now, ITEM, "note", lost)
    assert freed.answers[ITEM].revision == last.answers[ITEM].revision + 1


def test_a_failure_that_is_none_of_these_is_not_hidden(store: Store) -> None:
    with pytest.raises(Exception, match="no such table"), store.reading() as connection:
        connection.exec_driver_sql("SELECT * FROM absent")
