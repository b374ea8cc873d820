"""Rounds and the assessments in them."""

from datetime import datetime

from sqlalchemy import Connection, RowMapping, bindparam, select

from assessment.domain.records import Assessment, AssessmentState, Round
from assessment.store.tables import assessment, round_
from assessment.store.upsert import insert

_ROUNDS = select(round_).order_by(round_.c.opens.desc(), round_.c.id.desc())
_ROUND = select(round_).where(round_.c.id == bindparam("round_id"))
_ASSESSMENT = select(assessment).where(assessment.c.id == bindparam("assessment_id"))
_HELD = _ASSESSMENT.with_for_update()
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


def find_assessment(connection: Connection, community: str, round_id: str) -> Assessment | None:
    """The assessment of a community in a round, if it was begun."""
    about = {"community_code": community, "round_id": round_id}
    row = connection.execute(_OF_COMMUNITY, about).first()
    return _assessment(row._mapping) if row else None


def begin_assessment(
    connection: Connection, community: str, one: Round, scoring_version: str, at: datetime
) -> Assessment:
    """The assessment of a community in a round; begun now if it was not."""
    statement = insert(connection, assessment).values(
        community=community,
        round=one.id,
        state=AssessmentState.DRAFT.value,
        framework=one.framework,
        scoring_version=scoring_version,
        created_at=at,
    )
    connection.execute(statement.on_conflict_do_nothing())
    found = find_assessment(connection, community, one.id)
    if found is None:
        raise LookupError(community)
    return found


def load_assessment(connection: Connection, assessment_id: int) -> Assessment | None:
    """One assessment by its id."""
    row = connection.execute(_ASSESSMENT, {"assessment_id": assessment_id}).first()
    return _assessment(row._mapping) if row else None


def hold_assessment(connection: Connection, assessment_id: int) -> Assessment | None:
    """One assessment, which no other transaction may change until this one ends."""
    row = connection.execute(_HELD, {"assessment_id": assessment_id}).first()
    return _assessment(row._mapping) if row else None


def load_assessments_in(connection: Connection, round_id: str) -> dict[str, Assessment]:
    """The assessments of a round, by community."""
    query = select(assessment).where(assessment.c.round == round_id)
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
    )


def _assessment(row: RowMapping) -> Assessment:
    return Assessment(
        row["id"],
        row["community"],
        row["round"],
        AssessmentState(row["state"]),
        row["framework"],
        row["scoring_version"],
    )
