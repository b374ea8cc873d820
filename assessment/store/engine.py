"""Connections. Writes on SQLite begin immediately, so a read-then-write cannot lose an update.

``synchronous=FULL`` in WAL mode: an answer that was called saved survives a power cut.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from assessment.domain.errors import NotSaved
from assessment.domain.permissions import OPERATOR, Person
from assessment.store.troubles import reason_of

Transaction = Connection
BUSY_SECONDS = 4
_WRITING = "writing"
# A page, a download and what they look up: more than Streamlit runs at once, and several
# processes together stay below the 100 connections that PostgreSQL allows.
_POOL = {"pool_size": 10, "max_overflow": 20, "pool_timeout": BUSY_SECONDS}
_WAITS = {
    "lock_timeout": f"{BUSY_SECONDS}s",
    "statement_timeout": "60s",
    # A download may stand still; it must not keep the database from cleaning up for ever.
    "idle_in_transaction_session_timeout": "10min",
    "tcp_keepalives_idle": "30",
}
# Who writes holds rows that others wait for.
_WRITER = "SET LOCAL idle_in_transaction_session_timeout = '30s'"
_CONNECT = {
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "tcp_user_timeout": 10_000,
    "application_name": "complete-community",
    "options": " ".join(f"-c {name}={value}" for name, value in _WAITS.items()),
}


class Store:
    """The database of this installation. Give it a SQLAlchemy URL; the folder must exist.

    ``person`` is whose eyes it is read with and who writes: services ask it before they answer.
    It is the operator until ``seen_by`` says otherwise.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.person = OPERATOR
        self._again: Callable[[], Person] | None = None
        self.engine = _engine(url)
        # SQLite shows a transaction one state by itself; PostgreSQL only if it is asked to.
        self._one_state = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        self._turn = Lock()

    def seen_by(self, person: Person, again: Callable[[], Person] | None = None) -> "Store":
        """The same database for one person.

        ``again`` reads the person anew: what a page was drawn with may have been withdrawn since.
        """
        other = copy(self)
        other.person = person
        other._again = again
        return other

    def person_now(self) -> Person:
        """Who is at work at this very moment, with the roles of this moment."""
        return self._again() if self._again else self.person

    @property
    def is_sqlite(self) -> bool:
        """Whether the records are in one SQLite file."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the records."""
        with _told(), self.engine.connect() as connection:
            connection = connection.execution_options(**self._one_state)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it is kept, or none. Raises ``NotSaved`` with the reason."""
        with _told(), self._in_turn(), self.engine.connect() as connection:
            connection = connection.execution_options(**{_WRITING: True})
            with connection.begin():
                if not self.is_sqlite:
                    connection.exec_driver_sql(_WRITER)
                yield connection

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """Writers of this process queue: SQLite lets some of them starve until they give up."""
        if not self.is_sqlite:
            yield
            return
        if not self._turn.acquire(timeout=BUSY_SECONDS):
            raise NotSaved("locked")
        try:
            yield
        finally:
            self._turn.release()


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        own = {name: value for name, value in _CONNECT.items() if name not in parsed.query}
        return create_engine(url, pool_pre_ping=True, connect_args=own, **_POOL)
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, **_POOL)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401
    # SQLAlchemy, not the driver, says when a transaction begins: see _begin_sqlite.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    _use_wal(connection)
    connection.execute("PRAGMA synchronous = FULL")


def _use_wal(connection: sqlite3.Connection) -> None:
    # A new file changes to WAL only while nobody else has it open in a transaction, and SQLite
    # does not wait for that moment by itself: two processes that start at once would meet here.
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get(_WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def _told() -> Iterator[None]:
    """Turn the driver's words into a reason that a person can act on."""
    try:
        yield
    except PoolTimeout as error:
        raise NotSaved("locked") from error
    except DBAPIError as error:
        reason = reason_of(error)
        if not reason:
            raise
        raise NotSaved(reason) from error
