"""Published frameworks, kept byte for byte, so that an old round scores as it did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, select

from assessment.domain.framework import Framework
from assessment.domain.load_framework import load_framework
from assessment.store.tables import framework as table
from assessment.store.upsert import insert


def publish(connection: Connection, content: bytes, at: datetime) -> Framework:
    """Keep a framework file; publishing the same content again changes nothing."""
    framework = parse(content)
    statement = insert(connection, table).values(
        hash=framework.hash,
        id=framework.id,
        version=framework.version,
        content=content,
        published_at=at,
    )
    connection.execute(statement.on_conflict_do_nothing())
    return framework


@dataclass(frozen=True)
class Version:
    """A published framework, without its content."""

    hash: str
    id: str
    version: str
    at: datetime


def hold_versions(connection: Connection) -> Sequence[Version]:
    """Every published framework, the latest first; nobody else publishes meanwhile."""
    connection.execute(select(table.c.hash).order_by(table.c.hash).with_for_update()).all()
    return load_versions(connection)


def load_versions(connection: Connection) -> Sequence[Version]:
    """Every published framework, the latest first."""
    query = select(table.c.hash, table.c.id, table.c.version, table.c.published_at)
    query = query.order_by(table.c.published_at.desc(), table.c.version.desc())
    return [Version(*row) for row in connection.execute(query)]


def load_content(connection: Connection, content_hash: str) -> bytes | None:
    """The file of a published framework, as it was published."""
    content = connection.execute(select(table.c.content).where(table.c.hash == content_hash))
    found = content.scalar()
    return None if found is None else bytes(found)


def load(connection: Connection, content_hash: str) -> Framework:
    """The framework with this hash; ``KeyError`` if it was never published here."""
    return parse(content_of(connection, content_hash))


def content_of(connection: Connection, content_hash: str) -> bytes:
    """The file of a framework, byte for byte; ``KeyError`` if it was never published here."""
    content = load_content(connection, content_hash)
    if content is None:
        raise KeyError(content_hash)
    return content


def published(connection: Connection) -> Sequence[str]:
    """The hashes of all frameworks that were published here, the latest first."""
    return [one.hash for one in load_versions(connection)]


@lru_cache(maxsize=32)
def parse(content: bytes) -> Framework:
    """A framework file, read once for each content; ``Refused`` with its faults."""
    return load_framework(content)
