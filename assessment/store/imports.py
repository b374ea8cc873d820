"""Files that were imported: what each changed, and whether it was undone."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, select, update
from sqlalchemy import insert as plain_insert

from assessment.domain.coordinates import Place
from assessment.domain.records import Community
from assessment.store.tables import import_change, import_file
from assessment.store.upsert import insert

# What ``ImportedChange.old`` says of a fact that was still to be confirmed.
WAITING = "to_confirm"


@dataclass(frozen=True)
class ImportedFile:
    """One import. ``kind`` names the tables that were in the file, apart by spaces."""

    id: int
    name: str
    sha256: str
    kind: str
    round: str
    added: int
    changed: int
    refused: int
    by: str
    at: datetime
    undone_by: str = ""
    undone_at: datetime | None = None


@dataclass(frozen=True)
class ImportedChange:
    """One thing that an import wrote, with the revision that it became.

    An answer or fact has an ``assessment``, and its former value is in the log; ``old`` is
    ``WAITING`` for a fact that was to be confirmed. A community has no assessment, and ``old``
    holds it as it was, empty for one that was added.
    """

    community: str
    assessment: int | None
    subject: str
    revision: int
    old: str = ""


def add_import(connection: Connection, one: ImportedFile, submission: str) -> int | None:
    """Keep that a file was imported; its id, or ``None`` if this submission was already taken."""
    names = ("name", "sha256", "kind", "round", "added", "changed", "refused", "by", "at")
    values = {name: getattr(one, name) for name in names}
    statement = insert(connection, import_file).values(**values, submission=submission)
    returned = statement.on_conflict_do_nothing().returning(import_file.c.id)
    return connection.execute(returned).scalar()


def add_changes(connection: Connection, number: int, changes: Sequence[ImportedChange]) -> None:
    """Keep what an import wrote."""
    rows = [{**asdict(one), "import_file": number} for one in changes]
    if rows:
        connection.execute(plain_insert(import_change), rows)


def hold_import(connection: Connection, number: int) -> ImportedFile | None:
    """One import, which no other transaction may undo until this one ends."""
    query = select(import_file).where(import_file.c.id == number).with_for_update()
    row = connection.execute(query).first()
    return _file(row._mapping) if row else None


def load_changes(connection: Connection, number: int) -> list[ImportedChange]:
    """What an import wrote, in its order."""
    query = select(import_change).where(import_change.c.import_file == number)
    names = ("community", "assessment", "subject", "revision", "old")
    rows = connection.execute(query.order_by(import_change.c.id)).mappings()
    return [ImportedChange(*(row[name] for name in names)) for row in rows]


def list_imports(connection: Connection, most: int) -> list[tuple[ImportedFile, set[str]]]:
    """The newest imports first, each with the codes of the communities that it changed."""
    query = select(import_file).order_by(import_file.c.id.desc()).limit(most)
    files = [_file(row) for row in connection.execute(query).mappings()]
    numbers = [one.id for one in files]
    columns = (import_change.c.import_file, import_change.c.community)
    touched = select(*columns).where(import_change.c.import_file.in_(numbers)).distinct()
    codes: dict[int, set[str]] = {}
    for row in connection.execute(touched):
        codes.setdefault(row.import_file, set()).add(row.community)
    return [(one, codes.get(one.id, set())) for one in files]


def mark_undone(connection: Connection, number: int, by: str, at: datetime) -> bool:
    """Note that an import was undone; ``False`` if it was before."""
    statement = (
        update(import_file)
        .where(import_file.c.id == number, import_file.c.undone_at.is_(None))
        .values(undone_by=by, undone_at=at)
    )
    return connection.execute(statement).rowcount == 1


def community_text(community: Community) -> str:
    """A community as text, to be brought back by ``community_from``."""
    return json.dumps(asdict(community), ensure_ascii=False, sort_keys=True)


def community_from(text: str) -> Community:
    """The community of ``community_text``."""
    plain = json.loads(text)
    place = plain.pop("place")
    return Community(**plain, place=Place(**place) if place else None)


def _file(row: RowMapping) -> ImportedFile:
    return ImportedFile(**{name: row[name] for name in ImportedFile.__dataclass_fields__})
