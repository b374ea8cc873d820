"""Hand-overs of assessments, and the items that reviewers pinned. Nothing is ever removed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, RowMapping, select, update

from assessment.domain.handover import Handover, HandoverAction, Pin
from assessment.domain.records import Signature
from assessment.store.tables import assessment, handover, pin
from assessment.store.upsert import insert


def add_handover(connection: Connection, one: Handover, submission: str) -> Handover:
    """Keep a hand-over; it gets its number."""
    values = {**vars(one), "action": one.action.value, "submission": submission}
    del values["id"]
    statement = insert(connection, handover).values(**values).returning(handover.c.id)
    return replace(one, id=connection.execute(statement).scalar_one())


def load_handovers(connection: Connection, assessment_id: int) -> list[Handover]:
    """The hand-overs of an assessment, the earliest first."""
    query = select(handover).where(handover.c.assessment == assessment_id).order_by(handover.c.id)
    return [_handover(row._mapping) for row in connection.execute(query)]


def find_submission(connection: Connection, submission: str) -> Handover | None:
    """The hand-over that a submission made: the second click of a double click finds it."""
    query = select(handover).where(handover.c.submission == submission)
    row = connection.execute(query).first()
    return _handover(row._mapping) if row else None


def find_code(connection: Connection, code: str) -> list[Handover]:
    """The hand-overs of what a code stands for, the latest first."""
    query = select(handover).where(handover.c.fingerprint == code).order_by(handover.c.id.desc())
    return [_handover(row._mapping) for row in connection.execute(query)]


def find_assessment_by_code(connection: Connection, code: str) -> int | None:
    """The assessment that is handed in or approved with this code now."""
    query = select(assessment.c.id).where(assessment.c.fingerprint == code)
    return connection.execute(query).scalar()


def add_pin(connection: Connection, one: Pin, submission: str) -> int | None:
    """Pin an item; ``None`` if this submission was already taken (a double click)."""
    values = {**vars(one), "submission": submission}
    del values["id"]
    statement = insert(connection, pin).values(**values).on_conflict_do_nothing()
    return connection.execute(statement.returning(pin.c.id)).scalar()


def open_pins(connection: Connection, assessment_id: int) -> list[Pin]:
    """The pins of an assessment that nobody settled, the earliest first."""
    query = select(pin).where(pin.c.assessment == assessment_id, pin.c.resolved_at.is_(None))
    return [_pin(row._mapping) for row in connection.execute(query.order_by(pin.c.id))]


def pins_of(connection: Connection, handover_id: int) -> list[Pin]:
    """The pins that went out with a return, settled or not."""
    query = select(pin).where(pin.c.handover == handover_id).order_by(pin.c.id)
    return [_pin(row._mapping) for row in connection.execute(query)]


def sent_pins(connection: Connection, assessment_id: int) -> list[tuple[Pin, str, datetime | None]]:
    """The pins of an assessment that went out with a return, with who settled them and when."""
    query = select(pin).where(pin.c.assessment == assessment_id, pin.c.handover.is_not(None))
    found = connection.execute(query.order_by(pin.c.id))
    return [(_pin(row._mapping), row.resolved_by, row.resolved_at) for row in found]


def send_pins(connection: Connection, pins: Sequence[Pin], handover_id: int) -> None:
    """Let pins go out with a return."""
    ids = [one.id for one in pins]
    connection.execute(update(pin).where(pin.c.id.in_(ids)).values(handover=handover_id))


def settle_pins(connection: Connection, pins: Sequence[Pin], signature: Signature) -> int:
    """Settle pins; how many of them were not settled before."""
    ids = [one.id for one in pins]
    statement = (
        update(pin)
        .where(pin.c.id.in_(ids), pin.c.resolved_at.is_(None))
        .values(resolved_by=signature.by, resolved_at=signature.at)
    )
    return connection.execute(statement).rowcount


def _handover(row: RowMapping) -> Handover:
    values = {name: row[name] for name in Handover.__dataclass_fields__}
    return Handover(**{**values, "action": HandoverAction(row["action"])})


def _pin(row: RowMapping) -> Pin:
    return Pin(**{name: row[name] for name in Pin.__dataclass_fields__})
