"""Facilities on a community's map."""

from collections.abc import Sequence

from assessment.domain.coordinates import Datum, to_wgs84
from assessment.domain.errors import Fault, Refused
from assessment.domain.names import read_text
from assessment.domain.permissions import Action
from assessment.domain.records import FACILITY_KINDS, Community, Facility, Signature
from assessment.services.authorising import authorise, sees
from assessment.store import facilities, log
from assessment.store.engine import Store

LONGEST_NAME = 60


def list_facilities(store: Store, community: Community) -> Sequence[Facility]:
    """The facilities of a community; none of one that the person at work may not see."""
    if not sees(store, community):
        return ()
    with store.reading() as connection:
        return facilities.load_facilities(connection, community.code)


def place_facility(
    store: Store,
    signature: Signature,
    community: Community,
    submission: str,
    kind: str,
    name: str,
    longitude: float,
    latitude: float,
    datum: Datum,
) -> None:
    """Put a facility on the map; pressing twice (the same ``submission``) puts it once.

    Raises ``Forbidden``, or ``Refused``: ``not_an_option``, ``text_too_long``,
    ``text_control``, ``position_swapped`` or ``position_outside``.
    """
    authorise(store, Action.ANSWER, community)
    if kind not in FACILITY_KINDS:
        raise Refused([Fault("not_an_option", values={"text": kind[:40]})])
    facility = Facility(
        id=0,
        community=community.code,
        kind=kind,
        name=read_text(name.strip(), LONGEST_NAME),
        place=to_wgs84(longitude, latitude, datum),
        given_datum=datum.value,
        given_longitude=longitude,
        given_latitude=latitude,
    )
    with store.writing() as connection:
        new = facilities.add_facility(connection, facility, submission, signature.by, signature.at)
        if new is not None:
            given = f"{kind} {facility.name} {longitude:.6f},{latitude:.6f} {datum.value}"
            log.append(connection, _change(signature, "place_facility", facility, given))


def remove_facility(
    store: Store, signature: Signature, community: Community, facility: Facility
) -> None:
    """Take a facility of the community off the map. Raises ``Forbidden``."""
    authorise(store, Action.ANSWER, community)
    with store.writing() as connection:
        if facilities.remove_facility(connection, community.code, facility.id, signature.at):
            log.append(connection, _change(signature, "remove_facility", facility, ""))


def restore_facility(
    store: Store, signature: Signature, community: Community, facility: Facility
) -> None:
    """Undo a removal. Raises ``Forbidden``."""
    authorise(store, Action.ANSWER, community)
    with store.writing() as connection:
        if facilities.restore_facility(connection, community.code, facility.id):
            log.append(connection, _change(signature, "restore_facility", facility, ""))


def _change(signature: Signature, action: str, facility: Facility, new: str) -> log.Change:
    return log.Change(
        signature.by,
        signature.at,
        action,
        community=facility.community,
        subject=str(facility.id or facility.kind),
        new=new,
    )
