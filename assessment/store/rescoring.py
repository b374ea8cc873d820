"""Assessments that are to be moved to another framework, a batch at a time."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from assessment.domain.scoring import SCORING_VERSION
from assessment.store.many import write_many
from assessment.store.scores import PROFILE
from assessment.store.tables import assessment, score

_LEFT = (assessment.c.round == bindparam("round_id")) & (
    assessment.c.framework != bindparam("framework")
)
_HELD = (
    select(assessment.c.id)
    .where(_LEFT, assessment.c.id > bindparam("after"))
    .order_by(assessment.c.id)
    .limit(bindparam("size"))
    .with_for_update()
)
_PACKED = (
    select(
        assessment.c.id,
        assessment.c.community,
        assessment.c.framework,
        assessment.c.scoring_version,
        score.c.credits,
        score.c.outcomes,
        score.c.unsupported_items,
        *(score.c[name] for name in PROFILE),
    )
    .select_from(assessment.outerjoin(score, score.c.assessment == assessment.c.id))
    .where(_LEFT, assessment.c.id.between(bindparam("first"), bindparam("last")))
)
_MOVE = (
    update(assessment)
    .where(assessment.c.id == bindparam("number"))
    .values(framework=bindparam("framework"), scoring_version=bindparam("scoring_version"))
)


def count_left(connection: Connection, round_id: str, framework: str) -> int:
    """How many assessments of a round are not under a framework yet."""
    query = select(func.count()).select_from(assessment).where(_LEFT)
    about = {"round_id": round_id, "framework": framework}
    return connection.execute(query, about).scalar() or 0


def frameworks_left(connection: Connection, round_id: str, framework: str) -> Sequence[Any]:
    """The frameworks and scoring versions that assessments of a round are under instead."""
    query = select(assessment.c.framework, assessment.c.scoring_version).where(_LEFT).distinct()
    return connection.execute(query, {"round_id": round_id, "framework": framework}).all()


def hold_batch(
    connection: Connection, round_id: str, framework: str, after: int, size: int
) -> Sequence[Any]:
    """The next assessments that are not under a framework yet, with what their scores keep.

    No other transaction may change them until this one ends. They are read after they are held,
    so that an answer that was saved just before is in what is read.
    """
    about = {"round_id": round_id, "framework": framework, "after": after, "size": size}
    ids = connection.scalars(_HELD, about).all()
    if not ids:
        return []
    held, about = set(ids), {**about, "first": ids[0], "last": ids[-1]}
    return [row for row in connection.execute(_PACKED, about) if row.id in held]


def move_assessments(connection: Connection, ids: Sequence[int], framework: str) -> None:
    """Put assessments under a framework; their scores are written by whoever calls this."""
    rows = [(framework, SCORING_VERSION, number) for number in ids]
    write_many(connection, _MOVE, ("framework", "scoring_version", "number"), rows)
