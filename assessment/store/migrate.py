"""Bring the database to this version, once, whoever starts first."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from assessment.domain.errors import Fault, Refused
from assessment.store.engine import Store

_LOCK = 0x636F6D70
_FOLDER = Path(__file__).parent / "migrations"
_OTHERWISE_SORTED = text(
    "SELECT table_name, column_name FROM information_schema.columns "
    "WHERE table_schema = current_schema() AND data_type = 'text' "
    "AND collation_name IS DISTINCT FROM 'C' ORDER BY table_name, ordinal_position"
)


def migrate(store: Store, before: Callable[[], object] | None = None) -> None:
    """Apply the migrations that are missing, in one transaction.

    ``before`` is called if there are any to a database that is in use, and nobody can migrate
    meanwhile. Raises ``Refused`` with code ``database_newer`` where a later version of the
    product has been here: an old program must not write into it.
    """
    with store.writing() as connection:
        hold_schema(connection)
        current = revision_of(connection)
        if current == newest_revision():
            sort_by_code_point(connection)
            return
        if current and not knows(current):
            raise Refused([Fault("database_newer", values={"revision": current})])
        if current and before is not None:
            before()
        upgrade(connection, newest_revision())
        sort_by_code_point(connection)


def hold_schema(connection: Connection) -> None:
    """Let nobody else migrate until this transaction ends; on SQLite writing does that."""
    if connection.dialect.name == "postgresql":
        wait_as_long_as_it_takes(connection)
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def wait_as_long_as_it_takes(connection: Connection) -> None:
    """Lift the server's limits in this transaction: it is about all records, however many."""
    if connection.dialect.name == "postgresql":
        for name in ("lock_timeout", "statement_timeout"):
            connection.execute(text(f"SET LOCAL {name} = 0"))


def sort_by_code_point(connection: Connection) -> None:
    """Let PostgreSQL sort, compare and fold texts as SQLite does, in whatever language it runs."""
    if connection.dialect.name != "postgresql":
        return
    quote = connection.dialect.identifier_preparer.quote
    changes: dict[str, list[str]] = {}
    for table, column in connection.execute(_OTHERWISE_SORTED):
        change = f'ALTER COLUMN {quote(column)} TYPE text COLLATE "C"'
        changes.setdefault(table, []).append(change)
    for table, some in changes.items():
        connection.exec_driver_sql(f"ALTER TABLE {quote(table)} {', '.join(some)}")


def revision_of(connection: Connection) -> str:
    """The last migration that was applied; empty if there was none."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def newest_revision() -> str:
    """The last migration that this version of the product has."""
    return _scripts().get_current_head() or ""


def knows(revision: str) -> bool:
    """Whether this version of the product has this migration."""
    return revision in {script.revision for script in _scripts().walk_revisions()}


def upgrade(connection: Connection, revision: str) -> None:
    """Apply the migrations up to this one, in the transaction that is open."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    return config
