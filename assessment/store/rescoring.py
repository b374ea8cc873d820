"""Assessments that are to be moved to another framework, a batch at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from assessment.domain.records import AssessmentState
from assessment.domain.scoring import SCORING_VERSION
from assessment.store.many import write_many
from assessment.store.scores import PROFILE
from assessment.store.tables import assessment, score

_LEFT = (
    (assessment.c.round == bindparam("round_id"))
    & (assessment.c.framework != bindparam("framework"))
    & assessment.c.state.in_(bindparam("states", expanding=True))
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
        assessment.c.state,
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


@dataclass(frozen=True)
class Left:
    """Assessments of a round that are not under a framework yet; ``handed_in`` ones only where
    these are wanted too."""

    round_id: str
    framework: str
    handed_in: bool

    @property
    def values(self) -> dict[str, Any]:
        """What the statements look for."""
        states = [one.value for one in AssessmentState if self.handed_in or not one.is_submitted]
        return {"round_id": self.round_id, "framework": self.framework, "states": states}


def count_left(connection: Connection, about: Left) -> int:
    """How many there are."""
    query = select(func.count()).select_from(assessment).where(_LEFT)
    return connection.execute(query, about.values).scalar() or 0


def count_states_left(
    connection: Connection, round_id: str, framework: str
) -> dict[AssessmentState, int]:
    """How many there are in each state."""
    query = (
        select(assessment.c.state, func.count().label("number"))
        .where(_LEFT)
        .group_by(assessment.c.state)
    )
    about = Left(round_id, framework, handed_in=True)
    rows = connection.execute(query, about.values)
    return {AssessmentState(row.state): row.number for row in rows}


def frameworks_left(connection: Connection, about: Left) -> Sequence[Any]:
    """The frameworks and scoring versions that they are under instead."""
    query = select(assessment.c.framework, assessment.c.scoring_version).where(_LEFT).distinct()
    return connection.execute(query, about.values).all()


def hold_batch(connection: Connection, about: Left, after: int, size: int) -> Sequence[Any]:
    """The next of them, with what their scores keep.

    No other transaction may change them until this one ends. They are read after they are held,
    so that an answer that was saved just before is in what is read.
    """
    values = {**about.values, "after": after, "size": size}
    ids = connection.scalars(_HELD, values).all()
    if not ids:
        return []
    held, values = set(ids), {**about.values, "first": ids[0], "last": ids[-1]}
    return [row for row in connection.execute(_PACKED, values) if row.id in held]


def move_assessments(connection: Connection, ids: Sequence[int], framework: str) -> None:
    """Put assessments under a framework; their scores are written by whoever calls this."""
    rows = [(framework, SCORING_VERSION, number) for number in ids]
    write_many(connection, _MOVE, ("framework", "scoring_version", "number"), rows)
