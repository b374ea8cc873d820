"""The register of communities and the pilot lists they are in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    bindparam,
    func,
    or_,
    select,
    text,
    update,
)

from assessment.domain.coordinates import Place
from assessment.domain.names import compare_key
from assessment.domain.permissions import Reach
from assessment.domain.records import Community, Membership, Programme
from assessment.store.tables import community as table
from assessment.store.tables import membership, programme
from assessment.store.upsert import insert

_AREA = (table.c.province, table.c.city, table.c.district, table.c.street)
_PLAIN = (
    "code",
    "name_zh",
    "name_en",
    "province",
    "city",
    "district",
    "street",
    "adcode",
    "committees",
    "given_datum",
    "given_longitude",
    "given_latitude",
    "source",
    "second_source",
    "note",
)
_REGISTER = 0x72656769
_ONE = select(table).where(
    table.c.code == bindparam("community_code"), table.c.removed_at.is_(None)
)


def first_sample(connection: Connection) -> Community | None:
    """The first sample community that was not removed, by area and code."""
    query = select(table).where(table.c.removed_at.is_(None), table.c.sample == 1)
    row = connection.execute(query.order_by(table.c.adcode, table.c.code).limit(1)).first()
    return _community(row._mapping) if row else None


@dataclass(frozen=True)
class Word:
    """A typed word as ``compare_key`` makes it, and the divisions whose name holds it.

    ``prefixes`` are the first two, four or six digits of their codes; ``provinces`` the Chinese
    names of provinces among them, for communities without a code.
    """

    key: str
    prefixes: frozenset[str]
    provinces: frozenset[str]


def find_codes(
    connection: Connection, words: Sequence[Word], sample: bool, reach: Reach
) -> list[str]:
    """Codes of the communities that hold every word, by area and code; all without words."""
    query = select(table.c.code).where(
        table.c.removed_at.is_(None),
        table.c.sample == int(sample),
        *(_holds(word) for word in words),
    )
    if not sample and not reach.is_everything:
        query = query.where(_within(reach))
    return list(connection.scalars(query.order_by(table.c.adcode, table.c.code)))


def _within(reach: Reach) -> ColumnElement[bool]:
    return or_(
        table.c.code.in_(sorted(reach.codes)),
        *(table.c.adcode.startswith(one, autoescape=True) for one in sorted(reach.prefixes)),
    )


def _holds(word: Word) -> ColumnElement[bool]:
    parts = (table.c.code, table.c.name_en, *_AREA)
    whole: ColumnElement[str] = table.c.compare_key
    for part in parts:
        whole = whole + "|" + func.replace(func.lower(part), " ", "")
    by_length: dict[int, list[str]] = {}
    for prefix in sorted(word.prefixes):
        by_length.setdefault(len(prefix), []).append(prefix)
    return or_(
        whole.contains(word.key, autoescape=True),
        table.c.province.in_(sorted(word.provinces)),
        *(func.substr(table.c.adcode, 1, n).in_(some) for n, some in by_length.items()),
    )


def load_named(connection: Connection, codes: Sequence[str]) -> list[Community]:
    """The communities with these codes that were not removed."""
    query = select(table).where(table.c.removed_at.is_(None), table.c.code.in_(list(codes)))
    return [_community(row._mapping) for row in connection.execute(query)]


def load_with_keys(connection: Connection, keys: Sequence[str]) -> list[Community]:
    """The communities whose names look like one of these keys of ``compare_key``."""
    query = select(table).where(table.c.removed_at.is_(None), table.c.compare_key.in_(list(keys)))
    return [_community(row._mapping) for row in connection.execute(query)]


def known_codes(connection: Connection, codes: Sequence[str]) -> set[str]:
    """Which of these codes were ever given, also to communities that were removed."""
    return set(connection.scalars(select(table.c.code).where(table.c.code.in_(list(codes)))))


def load_programmes(connection: Connection) -> list[Programme]:
    """All pilot lists, the earliest first."""
    query = select(programme).order_by(programme.c.starts, programme.c.id)
    return [Programme(**row._mapping) for row in connection.execute(query)]


def load_community(connection: Connection, code: str) -> Community | None:
    """One community, or ``None`` if the code is unknown or removed."""
    row = connection.execute(_ONE, {"community_code": code}).first()
    return _community(row._mapping) if row else None


def same_name(connection: Connection, name: str, adcode: str) -> list[Community]:
    """Communities of one district whose names look alike to a person."""
    query = select(table).where(
        table.c.compare_key == compare_key(name),
        table.c.adcode == adcode,
        table.c.removed_at.is_(None),
    )
    return [_community(row._mapping) for row in connection.execute(query)]


def add_community(connection: Connection, community: Community, at: datetime) -> bool:
    """Add a community; ``False`` if its code is taken."""
    statement = (
        insert(connection, table)
        .values(**_values(community), revision=1, created_at=at)
        .on_conflict_do_nothing()
        .returning(table.c.code)
    )
    return connection.execute(statement).first() is not None


def add_communities(connection: Connection, found: Sequence[Community], at: datetime) -> None:
    """Add many communities; those whose codes are taken are left as they are."""
    rows = [{**_values(one), "revision": 1, "created_at": at} for one in found]
    if rows:
        connection.execute(insert(connection, table).on_conflict_do_nothing(), rows)


def is_known(connection: Connection, code: str) -> bool:
    """Whether a community ever had this code, removed ones too."""
    return connection.execute(select(table.c.code).where(table.c.code == code)).first() is not None


def write_community(connection: Connection, community: Community) -> Community | None:
    """Save over the revision that it carries; ``None`` if another came between."""
    statement = (
        update(table)
        .where(table.c.code == community.code, table.c.revision == community.revision)
        .values(**_values(community), revision=community.revision + 1)
        .returning(table.c.revision)
    )
    revision = connection.execute(statement).scalar()
    return replace(community, revision=revision) if revision else None


def remove_unused(connection: Connection, code: str, revision: int, at: datetime) -> bool:
    """Take a community out of the lists if it is still at this revision; nothing is deleted."""
    statement = (
        update(table)
        .where(table.c.code == code, table.c.revision == revision, table.c.removed_at.is_(None))
        .values(removed_at=at)
    )
    return connection.execute(statement).rowcount == 1


def remove_samples(connection: Connection, at: datetime) -> int:
    """Take every sample community out of the lists; nothing is deleted."""
    statement = (
        update(table).where(table.c.sample == 1, table.c.removed_at.is_(None)).values(removed_at=at)
    )
    return connection.execute(statement).rowcount


def restore_samples(connection: Connection) -> int:
    """Bring removed sample communities back."""
    statement = update(table).where(table.c.sample == 1).values(removed_at=None)
    return connection.execute(statement).rowcount


def hold_register(connection: Connection) -> None:
    """Let nobody else add communities until this transaction ends.

    Otherwise two who register at once get the same code, or the same name twice.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _REGISTER})


def next_local_code(connection: Connection) -> str:
    """A code for a community that is registered by hand; call ``hold_register`` before."""
    query = select(table.c.code).where(table.c.code.startswith("C", autoescape=True))
    taken = set(connection.scalars(query))
    number = len(taken) + 1
    while (code := f"C{number:05d}") in taken:
        number += 1
    return code


def add_programme(connection: Connection, **values: str) -> None:
    """Add a pilot list; an existing one is left as it is."""
    connection.execute(insert(connection, programme).values(**values).on_conflict_do_nothing())


def add_membership(connection: Connection, **values: str) -> None:
    """Say that a community is in a pilot list."""
    connection.execute(insert(connection, membership).values(**values).on_conflict_do_nothing())


def load_memberships(
    connection: Connection, codes: Sequence[str] | None = None
) -> dict[str, Sequence[Membership]]:
    """The pilot lists of every community, or of those named, by its code."""
    query = select(membership, programme.c.title_zh, programme.c.title_en).join_from(
        membership, programme, membership.c.programme == programme.c.id
    )
    if codes is not None:
        query = query.where(membership.c.community.in_(list(codes)))
    found: dict[str, list[Membership]] = {}
    for row in connection.execute(query):
        one = Membership(row.programme, row.title_zh, row.title_en, row.basis, row.verified)
        found.setdefault(row.community, []).append(one)
    return dict(found)


def _values(community: Community) -> dict[str, Any]:
    place = community.place
    return {
        **{name: getattr(community, name) for name in _PLAIN},
        "longitude": place.longitude if place else None,
        "latitude": place.latitude if place else None,
        "sample": int(community.sample),
        "compare_key": compare_key(community.name_zh),
    }


def _community(row: RowMapping) -> Community:
    located = row["longitude"] is not None
    return Community(
        **{name: row[name] for name in _PLAIN},
        place=Place(row["longitude"], row["latitude"]) if located else None,
        sample=bool(row["sample"]),
        revision=row["revision"],
    )
