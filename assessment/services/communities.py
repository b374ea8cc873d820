"""The register: find a community, register one, place it, and begin its assessment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assessment.domain.coordinates import Datum, to_wgs84
from assessment.domain.errors import Fault, Refused
from assessment.domain.names import compare_key, read_name, read_text
from assessment.domain.permissions import Action
from assessment.domain.records import Assessment, Community, Membership, Round, Signature
from assessment.domain.scoring import SCORING_VERSION
from assessment.services.authorising import authorise, note_refused, sees
from assessment.services.carrying import carry_over
from assessment.services.divisions import division, divisions_named
from assessment.services.round_window import require_open
from assessment.services.sheets import score_in
from assessment.store import communities, log, rounds
from assessment.store.engine import Store, Transaction


@dataclass(frozen=True)
class Listed:
    """A community with the pilot lists it is in."""

    community: Community
    memberships: Sequence[Membership]


@dataclass(frozen=True)
class Registration:
    """What a person typed to register a community."""

    name: str
    adcode: str
    street: str = ""
    name_en: str = ""
    committees: str = ""


def search(store: Store, words: str, sample: bool) -> list[str]:
    """Codes of the communities whose name, English name, area or code holds every typed word."""
    wanted = [_word(key) for word in words.split() if (key := compare_key(word))]
    with store.reading() as connection:
        return communities.find_codes(connection, wanted, sample, store.person.reach)


def list_named(store: Store, codes: Sequence[str]) -> list[Listed]:
    """Communities with their lists, in the order of their codes here.

    Left out are unknown ones and those that the person at work may not see.
    """
    with store.reading() as connection:
        named = communities.load_named(connection, codes)
        found = {one.code: one for one in named if sees(store, one)}
        lists = communities.load_memberships(connection, codes)
    return [Listed(found[code], lists.get(code, ())) for code in codes if code in found]


def find_community(store: Store, code: str) -> Listed | None:
    """One community by its code, if the person at work may see it."""
    with store.reading() as connection:
        found = communities.load_community(connection, code)
        if found is None or not sees(store, found):
            return None
        return Listed(found, communities.load_memberships(connection).get(code, ()))


def note_unseen(store: Store, code: str) -> None:
    """Write into the log that somebody asked for a community that they may not see, if so."""
    with store.reading() as connection:
        found = communities.load_community(connection, code) if code else None
    if found is not None and not sees(store, found):
        note_refused(store, store.person, Action.SEE, found)


def register(store: Store, signature: Signature, typed: Registration) -> Community:
    """Add a community to the register.

    Raises ``Forbidden``, or ``Refused``: ``name_empty``, ``name_too_long``, ``text_control``,
    ``adcode_unknown`` or ``community_exists`` (a community of the same district whose name reads
    the same).
    """
    name = read_name(typed.name)
    place = division(typed.adcode)
    if place is None or place.level != "district":
        raise Refused([Fault("adcode_unknown", "adcode", values={"adcode": typed.adcode[:12]})])
    authorise(store, Action.REGISTER, Community("", name, adcode=typed.adcode))
    with store.writing() as connection:
        communities.hold_register(connection)
        twins = communities.same_name(connection, name, typed.adcode)
        if twins:
            values = {"name": twins[0].name_zh, "code": twins[0].code}
            raise Refused([Fault("community_exists", "name", values=values)])
        community = Community(
            code=communities.next_local_code(connection),
            name_zh=name,
            name_en=read_text(typed.name_en.strip(), 120),
            province=place.names[0],
            city=place.names[1],
            district=place.names[2],
            street=read_text(typed.street.strip(), 60),
            adcode=typed.adcode,
            committees=read_text(typed.committees.strip()),
        )
        communities.add_community(connection, community, signature.at)
        log.append(connection, _change(signature, "register", community, new=name))
    return replace(community, revision=1)


def move(
    store: Store,
    signature: Signature,
    community: Community,
    longitude: float,
    latitude: float,
    datum: Datum,
) -> Community:
    """Say where a community is. The position is kept as given and as WGS-84.

    Raises ``Forbidden``, or ``Refused``: ``position_swapped``, ``position_outside`` or
    ``community_changed``.
    """
    authorise(store, Action.ANSWER, community)
    place = to_wgs84(longitude, latitude, datum)
    moved = replace(
        community,
        place=place,
        given_datum=datum.value,
        given_longitude=longitude,
        given_latitude=latitude,
    )
    with store.writing() as connection:
        kept = communities.write_community(connection, moved)
        if kept is None:
            raise Refused([Fault("community_changed", values={"name": community.name_zh})])
        given = f"{longitude:.6f},{latitude:.6f} {datum.value}"
        log.append(connection, _change(signature, "move", community, new=given))
    return kept


def list_rounds(store: Store) -> list[Round]:
    """All rounds, the latest first."""
    with store.reading() as connection:
        return rounds.load_rounds(connection)


def begun_rounds(store: Store, community: Community) -> list[Round]:
    """The rounds in which a community has begun, the latest first."""
    if not sees(store, community):
        return []
    with store.reading() as connection:
        begun = {one.round for one in rounds.load_assessments(connection, community.code)}
        return [one for one in rounds.load_rounds(connection) if one.id in begun]


def begin(store: Store, signature: Signature, community: Community, one: Round) -> Assessment:
    """The assessment of a community in a round; begun now if it was not.

    It starts from what the community said last, to be confirmed. Raises ``Forbidden``, or
    ``Refused`` where the round is closed.
    """
    with store.reading() as connection:
        found = rounds.find_assessment(connection, community.code, one.id)
    if found is not None and sees(store, community):
        return found
    authorise(store, Action.ANSWER, community)
    with store.writing() as connection:
        return begin_in(connection, store, signature, community, one)


def begin_in(
    connection: Transaction,
    store: Store,
    signature: Signature,
    community: Community,
    one: Round,
) -> Assessment:
    """The assessment of a community in a round, begun in this transaction if it was not.

    Raises ``Refused`` where the round is closed, or where one of the two is of the fictional
    sample and the other is not.
    """
    if community.sample != one.sample:
        raise Refused([Fault("round_of_other_kind")])
    # Its framework may have been changed since the page read the round.
    now = rounds.hold_round(connection, one.id, to_change=False) or one
    begun, new = rounds.begin_assessment(
        connection, community.code, now, SCORING_VERSION, signature.at
    )
    if not new:
        return begun  # by somebody else, a moment ago: it is scored, and may be answered
    require_open(connection, now.id, signature.at)
    change = replace(_change(signature, "begin", community), assessment=begun.id)
    log.append(connection, change)
    carry_over(connection, store, signature, begun, now)
    score_in(connection, store, begun, signature.at)
    return begun


def assessment_in(store: Store, code: str, round_id: str) -> Assessment | None:
    """The assessment of a community in a round, if it was begun."""
    with store.reading() as connection:
        return rounds.find_assessment(connection, code, round_id)


def _word(key: str) -> communities.Word:
    areas = divisions_named(key)
    digits = {"province": 2, "city": 4, "district": 6}
    return communities.Word(
        key,
        frozenset(one.adcode[: digits[one.level]] for one in areas),
        frozenset(one.name_zh for one in areas if one.level == "province"),
    )


def _change(signature: Signature, action: str, community: Community, new: str = "") -> log.Change:
    return log.Change(
        signature.by,
        signature.at,
        action,
        community=community.code,
        subject=community.code,
        new=new,
    )
