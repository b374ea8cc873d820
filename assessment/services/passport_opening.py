"""Opening a passport: its content into this installation, in one transaction, or not at all."""

from assessment.domain.errors import Fault, Refused
from assessment.domain.passport_parts import facility_of, planned_of
from assessment.domain.permissions import Action
from assessment.domain.records import Community, Signature
from assessment.domain.round_days import round_faults
from assessment.services.authorising import allows, authorise
from assessment.services.passport_check import Checked
from assessment.services.passport_evidence import kept_evidence
from assessment.services.passport_preview import Preview, Where, preview_in
from assessment.services.passport_writing import (
    Bringing,
    write_hand_overs,
    write_log,
    write_round,
)
from assessment.store import communities, facilities, plan, rounds
from assessment.store.engine import Store


def bring_in(store: Store, signature: Signature, checked: Checked, seen: Preview) -> Preview:
    """Write what a preview said would be written; what was done.

    Raises ``Forbidden``, ``NotSaved``, or ``Refused``: ``passport_nothing`` where there is
    nothing to write, ``passport_changed`` where something changed here since the preview,
    ``passport_evidence``, or what is wrong with the days of a round.
    """
    _authorise(store, seen)
    if not (seen.writes or seen.is_new):
        raise Refused([Fault("passport_nothing")])
    files = kept_evidence(checked.opened, seen.writes)
    with store.writing() as connection:
        communities.hold_register(connection)
        now = preview_in(connection, store, checked, signature.at)
        if _shape(now) != _shape(seen):
            raise Refused([Fault("passport_changed")])
        work = Bringing(connection, store, signature, checked, now)
        _require_days(work)
        if now.is_new and not communities.add_community(connection, now.community, signature.at):
            raise Refused([Fault("passport_changed")])
        numbers = {
            one.part.number: write_round(work, one, files.get(one.part.id, ()))
            for one in now.writes
        }
        _write_places_and_plan(work)
        entries = write_log(work, numbers)
        for one in now.writes:
            if one.keeps_state:
                write_hand_overs(work, one, numbers[one.part.number], entries)
    return now


def _authorise(store: Store, seen: Preview) -> None:
    community: Community = seen.community
    makes_round = any(one.where is Where.NEW_ROUND for one in seen.rounds)
    if community.sample or makes_round:
        authorise(store, Action.RUN)
    own = not seen.is_new and allows(store, Action.ANSWER, community)
    authorise(store, Action.ANSWER if own else Action.REGISTER, community)


def _shape(one: Preview) -> object:
    """What a person was shown, to compare."""
    figures = [
        (each.part.id, each.where, each.round.id, each.keeps_code, each.keeps_state)
        for each in one.rounds
    ]
    return (one.target, one.community.code, figures, one.takes_facilities, one.takes_plan)


def _require_days(work: Bringing) -> None:
    """The rounds that are made are such as could be opened here by hand."""
    known = rounds.load_rounds(work.connection)
    for one in work.preview.rounds:
        if one.where is Where.NEW_ROUND:
            faults = list(round_faults(one.round, known))
            if faults:
                raise Refused(faults)
            known.append(one.round)


def _write_places_and_plan(work: Bringing) -> None:
    """Facilities and plan are of the community: they come where there are none of that kind."""
    code, passport, now = work.preview.community.code, work.checked.passport, work.preview
    by, at, seal = work.signature.by, work.signature.at, work.checked.opened.seal[:12]
    if now.takes_facilities:
        for place, one in enumerate(passport.facilities):
            key = f"passport/{code}/{seal}/f{place}"
            facilities.add_facility(work.connection, facility_of(one, code), key, by, at)
    if now.takes_plan:
        numbers: dict[int, int] = {}
        for place, each in enumerate(passport.plan):
            key, action = f"passport/{code}/{seal}/a{place}", planned_of(each, numbers)
            added = plan.add_action(work.connection, code, action, key, by, at)
            if added is not None:
                numbers[each.number] = added
