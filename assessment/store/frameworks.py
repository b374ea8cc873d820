"""Published frameworks, kept byte for byte, so that an old round scores as it did."""

from collections.abc import Sequence
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


def load(connection: Connection, content_hash: str) -> Framework:
    """The framework with this hash; ``KeyError`` if it was never published here."""
    return parse(content_of(connection, content_hash))


def content_of(connection: Connection, content_hash: str) -> bytes:
    """The file of a framework, byte for byte; ``KeyError`` if it was never published here."""
    query = select(table.c.content).where(table.c.hash == content_hash)
    content = connection.execute(query).scalar()
    if content is None:
        raise KeyError(content_hash)
    return bytes(content)


def published(connection: Connection) -> Sequence[str]:
    """The hashes of all frameworks that were published here, the latest first."""
    query = select(table.c.hash).order_by(table.c.published_at.desc(), table.c.version.desc())
    return connection.scalars(query).all()


@lru_cache(maxsize=32)
def parse(content: bytes) -> Framework:
    """A framework file, read once for each content; ``Refused`` with its faults."""
    return load_framework(content)
