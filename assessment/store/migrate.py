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


def migrate(store: Store) -> None:
    """Apply the migrations that are missing, in one transaction.

    Raises ``Refused`` with code ``database_newer`` where a later version of the product has
    been here: an old program must not write into it.
    """
    with store.writing() as connection:
        if not store.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        config = _config(connection)
        scripts = ScriptDirectory.from_config(config)
        current = MigrationContext.configure(connection).get_current_revision()
        if current == scripts.get_current_head():
            return
        known = {script.revision for script in scripts.walk_revisions()}
        if current is not None and current not in known:
            raise Refused([Fault("database_newer", values={"revision": current})])
        command.upgrade(config, "head")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
