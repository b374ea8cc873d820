"""Bring the database to this version, once, whoever starts first."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from assessment.domain.errors import Fault, Refused
from assessment.store.engine import Store

_LOCK = 0x636F6D70
_OTHERWISE_SORTED = text(
    "SELECT table_name, column_name FROM information_schema.columns "
    "WHERE table_schema = current_schema() AND data_type = 'text' "
    "AND collation_name IS DISTINCT FROM 'C' ORDER BY table_name, ordinal_position"
)


def migrate(store: Store) -> None:
    """Apply the migrations that are missing, in one transaction.

    Raises ``Refused`` with code ``database_newer`` where a later version of the product has
    been here: an old program must not write into it.
    """
    with store.writing() as connection:
        if not store.is_sqlite:
            # Whoever comes second waits until it is done, however much there is to be changed.
            for name in ("lock_timeout", "statement_timeout"):
                connection.execute(text(f"SET LOCAL {name} = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        config = _config(connection)
        scripts = ScriptDirectory.from_config(config)
        current = MigrationContext.configure(connection).get_current_revision()
        if current == scripts.get_current_head():
            _sort_by_code_point(connection)
            return
        known = {script.revision for script in scripts.walk_revisions()}
        if current is not None and current not in known:
            raise Refused([Fault("database_newer", values={"revision": current})])
        command.upgrade(config, "head")
        _sort_by_code_point(connection)


def _sort_by_code_point(connection: Connection) -> None:
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


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
