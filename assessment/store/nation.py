"""All communities of a round at once, as columns: for counts, maps and distributions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, bindparam, select

from assessment.store.tables import assessment, community, log, membership, score

_SCORED = (
    "low",
    "high",
    "low_percent",
    "high_percent",
    "completeness",
    "set_aside_share",
    "gates",
    "verdict",
    "enough",
    "answered",
    "themes",
    "outcomes",
    "households",
    "population",
    "land_area",
    "built",
    "built_decade",
)
_ROWS = (
    select(
        community.c.code,
        community.c.adcode,
        community.c.province,
        community.c.longitude,
        community.c.latitude,
        *(score.c[name] for name in _SCORED),
        assessment.c.state,
        assessment.c.framework,
    )
    .select_from(
        community.outerjoin(
            score,
            and_(score.c.community == community.c.code, score.c.round == bindparam("round_id")),
        ).outerjoin(assessment, assessment.c.id == score.c.assessment)
    )
    .where(community.c.sample == bindparam("is_sample"), community.c.removed_at.is_(None))
)
_ALL = _ROWS.order_by(community.c.adcode, community.c.code)
_SOME = _ROWS.where(community.c.code.in_(bindparam("codes", expanding=True)))
_CHANGED = select(log.c.community, log.c.action).where(log.c.id > bindparam("version")).distinct()


@dataclass(frozen=True)
class Changed:
    """Communities touched since a version, and what was done to them."""

    codes: frozenset[str]
    actions: frozenset[str]


def load_rows(
    connection: Connection, round_id: str, sample: bool, codes: Sequence[str] | None = None
) -> Sequence[Any]:
    """One row for every community of the round's kind, or for those named."""
    about: dict[str, Any] = {"round_id": round_id, "is_sample": int(sample)}
    if codes is None:
        return connection.execute(_ALL, about).all()
    return connection.execute(_SOME, {**about, "codes": list(codes)}).all()


def changed_since(connection: Connection, version: int) -> Changed:
    """What the log says was changed after ``version``."""
    rows = connection.execute(_CHANGED, {"version": version}).all()
    return Changed(
        frozenset(row.community for row in rows if row.community),
        frozenset(row.action for row in rows),
    )


def load_programmes(connection: Connection) -> dict[str, list[str]]:
    """The codes of the communities in every pilot list."""
    found: dict[str, list[str]] = {}
    query = select(membership.c.programme, membership.c.community)
    for programme, code in connection.execute(query):
        found.setdefault(programme, []).append(code)
    return found
