"""Facilities that were placed on a community's map."""

from datetime import datetime

from sqlalchemy import Connection, RowMapping, select, update

from assessment.domain.coordinates import Place
from assessment.domain.records import Facility
from assessment.store.tables import facility as table
from assessment.store.upsert import insert


def load_facilities(connection: Connection, community: str) -> list[Facility]:
    """The facilities of a community, in the order they were placed."""
    query = select(table).where(table.c.community == community, table.c.removed_at.is_(None))
    return [_facility(row._mapping) for row in connection.execute(query.order_by(table.c.id))]


def add_facility(
    connection: Connection, facility: Facility, submission: str, by: str, at: datetime
) -> int | None:
    """Place a facility; ``None`` if this submission was already taken (a double click)."""
    statement = (
        insert(connection, table)
        .values(
            community=facility.community,
            kind=facility.kind,
            name=facility.name,
            longitude=facility.place.longitude,
            latitude=facility.place.latitude,
            given_datum=facility.given_datum,
            given_longitude=facility.given_longitude,
            given_latitude=facility.given_latitude,
            submission=submission,
            by=by,
            at=at,
        )
        .on_conflict_do_nothing()
        .returning(table.c.id)
    )
    return connection.execute(statement).scalar()


def remove_facility(connection: Connection, community: str, facility_id: int, at: datetime) -> bool:
    """Take a facility off the map; ``False`` if it was already off."""
    statement = (
        update(table)
        .where(
            table.c.id == facility_id,
            table.c.community == community,
            table.c.removed_at.is_(None),
        )
        .values(removed_at=at)
    )
    return connection.execute(statement).rowcount == 1


def restore_facility(connection: Connection, community: str, facility_id: int) -> bool:
    """Undo a removal."""
    ours = (table.c.id == facility_id, table.c.community == community)
    statement = update(table).where(*ours).values(removed_at=None)
    return connection.execute(statement).rowcount == 1


def _facility(row: RowMapping) -> Facility:
    return Facility(
        row["id"],
        row["community"],
        row["kind"],
        row["name"],
        Place(row["longitude"], row["latitude"]),
        row["given_datum"],
        row["given_longitude"],
        row["given_latitude"],
    )
