"""Rounds and the assessments in them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, bindparam, func, select, update
from sqlalchemy import insert as plain_insert

from assessment.domain.records import Assessment, AssessmentState, Round
from assessment.domain.scoring import SCORING_VERSION
from assessment.store.tables import assessment, community, round_
from assessment.store.upsert import insert

_CHANGED = ("label_zh", "label_en", "opens", "due", "closes")
_ROUNDS = select(round_).order_by(round_.c.opens.desc(), round_.c.id.desc())
_ROUND = select(round_).where(round_.c.id == bindparam("round_id"))
_ASSESSMENT = select(assessment).where(assessment.c.id == bindparam("assessment_id"))
_HELD = _ASSESSMENT.with_for_update()
_BEGIN_MANY = plain_insert(assessment).returning(
    assessment.c.id, assessment.c.community, assessment.c.round
)
_OF_COMMUNITY = select(assessment).where(
    assessment.c.community == bindparam("community_code"),
    assessment.c.round == bindparam("round_id"),
)


def add_round(connection: Connection, one: Round, at: datetime) -> None:
    """Add a round; one that exists is left as it is."""
    values = {**vars(one), "sample": int(one.sample), "created_at": at}
    connection.execute(insert(connection, round_).values(**values).on_conflict_do_nothing())


def load_rounds(connection: Connection) -> list[Round]:
    """All rounds, the latest opening first."""
    return [_round(row._mapping) for row in connection.execute(_ROUNDS)]


def load_round(connection: Connection, round_id: str) -> Round | None:
    """One round by its id."""
    row = connection.execute(_ROUND, {"round_id": round_id}).first()
    return _round(row._mapping) if row else None


def hold_round(connection: Connection, round_id: str, to_change: bool) -> Round | None:
    """One round, which nobody else may change until this transaction ends.

    Who holds it only to begin assessments in it does not wait for others who do the same.
    """
    query = _ROUND.with_for_update(read=not to_change)
    row = connection.execute(query, {"round_id": round_id}).first()
    return _round(row._mapping) if row else None


def change_framework(connection: Connection, round_id: str, framework: str) -> None:
    """Bind a round to another framework."""
    statement = update(round_).where(round_.c.id == round_id).values(framework=framework)
    connection.execute(statement)


def change_round(connection: Connection, one: Round) -> None:
    """Keep other labels or days of a round."""
    values = {name: getattr(one, name) for name in _CHANGED}
    connection.execute(update(round_).where(round_.c.id == one.id).values(**values))


def count_states(connection: Connection) -> dict[str, dict[AssessmentState, int]]:
    """How many assessments of each round are in each state, without removed communities."""
    query = (
        select(assessment.c.round, assessment.c.state, func.count().label("number"))
        .join_from(assessment, community, assessment.c.community == community.c.code)
        .where(community.c.removed_at.is_(None))
        .group_by(assessment.c.round, assessment.c.state)
    )
    counts: dict[str, dict[AssessmentState, int]] = {}
    for row in connection.execute(query):
        counts.setdefault(row.round, {})[AssessmentState(row.state)] = row.number
    return counts


def find_assessment(connection: Connection, community: str, round_id: str) -> Assessment | None:
    """The assessment of a community in a round, if it was begun."""
    about = {"community_code": community, "round_id": round_id}
    row = connection.execute(_OF_COMMUNITY, about).first()
    return _assessment(row._mapping) if row else None


def begin_assessment(
    connection: Connection, community: str, one: Round, scoring_version: str, at: datetime
) -> tuple[Assessment, bool]:
    """The assessment of a community in a round, and whether it was begun now."""
    statement = insert(connection, assessment).values(
        community=community,
        round=one.id,
        state=AssessmentState.DRAFT.value,
        framework=one.framework,
        scoring_version=scoring_version,
        created_at=at,
    )
    statement = statement.on_conflict_do_nothing()
    new = connection.execute(statement.returning(assessment.c.id)).first() is not None
    found = find_assessment(connection, community, one.id)
    if found is None:
        raise LookupError(community)
    return found, new


def begin_many(
    connection: Connection, begun: Sequence[tuple[str, Round, AssessmentState]], at: datetime
) -> dict[tuple[str, str], int]:
    """Begin assessments that are not there yet; their ids, by community and round."""
    rows = [
        {
            "community": community,
            "round": one.id,
            "state": state.value,
            "framework": one.framework,
            "scoring_version": SCORING_VERSION,
            "created_at": at,
        }
        for community, one, state in begun
    ]
    if not rows:
        return {}
    made = connection.execute(_BEGIN_MANY, rows)
    return {(row.community, row.round): row.id for row in made}


def load_assessment(connection: Connection, assessment_id: int) -> Assessment | None:
    """One assessment by its id."""
    row = connection.execute(_ASSESSMENT, {"assessment_id": assessment_id}).first()
    return _assessment(row._mapping) if row else None


def hold_assessment(connection: Connection, assessment_id: int) -> Assessment | None:
    """One assessment, which no other transaction may change until this one ends."""
    row = connection.execute(_HELD, {"assessment_id": assessment_id}).first()
    return _assessment(row._mapping) if row else None


def write_state(connection: Connection, one: Assessment) -> None:
    """Keep the state of an assessment, with who, when and the code of what it is about."""
    statement = (
        update(assessment)
        .where(assessment.c.id == one.id)
        .values(
            state=one.state.value,
            state_at=one.state_at,
            state_by=one.state_by,
            fingerprint=one.fingerprint,
        )
    )
    connection.execute(statement)


def load_assessments_in(
    connection: Connection, round_id: str, communities: Sequence[str] | None = None
) -> dict[str, Assessment]:
    """The assessments of a round, or of some communities in it, by community."""
    query = select(assessment).where(assessment.c.round == round_id)
    if communities is not None:
        query = query.where(assessment.c.community.in_(list(communities)))
    return {row.community: _assessment(row._mapping) for row in connection.execute(query)}


def load_assessments(connection: Connection, community: str) -> list[Assessment]:
    """All assessments of a community, earliest round first."""
    query = (
        select(assessment)
        .join_from(assessment, round_, assessment.c.round == round_.c.id)
        .where(assessment.c.community == community)
        .order_by(round_.c.opens, assessment.c.id)
    )
    return [_assessment(row._mapping) for row in connection.execute(query)]


def _round(row: RowMapping) -> Round:
    return Round(
        row["id"],
        row["label_zh"],
        row["label_en"],
        row["opens"],
        row["due"],
        row["framework"],
        bool(row["sample"]),
        row["closes"],
    )


def _assessment(row: RowMapping) -> Assessment:
    return Assessment(
        row["id"],
        row["community"],
        row["round"],
        AssessmentState(row["state"]),
        row["framework"],
        row["scoring_version"],
        row["state_at"],
        row["state_by"],
        row["fingerprint"],
    )
