"""Handing an assessment in, returning it, approving it: one transaction for each.

The transaction holds the assessment, so of two reviewers who approve at once one is first and the
other is told. ``submission`` makes a second click of the same button the same hand-over.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from assessment.domain.answers import Outcome
from assessment.domain.errors import Fault, Refused
from assessment.domain.findings import Beside, find, stops
from assessment.domain.fingerprint import fingerprint
from assessment.domain.handover import Handover, HandoverAction
from assessment.domain.names import read_text
from assessment.domain.permissions import Action
from assessment.domain.records import Assessment, AssessmentState, Signature
from assessment.domain.sheet import Sheet
from assessment.services.authorising import authorise
from assessment.services.sheets import sheet_in
from assessment.store import handovers, log, rounds
from assessment.store.engine import Store, Transaction

_BECOMES = {
    HandoverAction.SUBMIT: AssessmentState.SUBMITTED,
    HandoverAction.RETURN: AssessmentState.RETURNED,
    HandoverAction.APPROVE: AssessmentState.APPROVED,
}


@dataclass(frozen=True)
class Wish:
    """What somebody wants: the sheet that they saw, words for the others, and the click's key."""

    sheet: Sheet
    submission: str
    note: str = ""


def submit(store: Store, signature: Signature, wish: Wish) -> Handover:
    """Hand an assessment in for review; the pins of the last return are settled by it.

    Raises ``Forbidden``, ``NotSaved``, or ``Refused``: ``already_handed_in``, ``seen_changed``
    or ``hard_findings``.
    """
    authorise(store, Action.SUBMIT, wish.sheet.community)

    def check(connection: Transaction, now: Sheet) -> None:
        if now.assessment.state.is_submitted:
            raise Refused([Fault("already_handed_in")])
        if stops(find(now, Beside(signature.at))):
            raise Refused([Fault("hard_findings")])
        sent = [one for one in handovers.open_pins(connection, now.assessment.id) if one.handover]
        handovers.settle_pins(connection, sent, signature)

    return _hand_over(store, signature, wish, HandoverAction.SUBMIT, check)


def approve(store: Store, signature: Signature, wish: Wish) -> Handover:
    """Approve exactly the figures that the reviewer saw.

    Raises ``Forbidden``, ``NotSaved``, or ``Refused``: ``not_handed_in``, ``seen_changed``,
    ``set_aside_pending`` or ``pins_waiting``.
    """
    authorise(store, Action.REVIEW, wish.sheet.community)

    def check(connection: Transaction, now: Sheet) -> None:
        _require_submitted(now.assessment)
        pending = pending_items(now)
        if pending:
            raise Refused([Fault("set_aside_pending", values={"items": ", ".join(pending)})])
        waiting = handovers.open_pins(connection, now.assessment.id)
        if waiting:
            names = ", ".join(dict.fromkeys(one.item for one in waiting))
            raise Refused([Fault("pins_waiting", values={"items": names})])

    return _hand_over(store, signature, wish, HandoverAction.APPROVE, check)


def return_(store: Store, signature: Signature, wish: Wish) -> Handover:
    """Give an assessment back with the pinned items, a note, or both.

    Raises ``Forbidden``, ``NotSaved``, or ``Refused``: ``not_handed_in``, ``seen_changed`` or
    ``nothing_to_return``.
    """
    authorise(store, Action.REVIEW, wish.sheet.community)

    def check(connection: Transaction, now: Sheet) -> None:
        _require_submitted(now.assessment)
        if not wish.note.strip() and not handovers.open_pins(connection, now.assessment.id):
            raise Refused([Fault("nothing_to_return")])

    return _hand_over(store, signature, wish, HandoverAction.RETURN, check)


def pending_items(sheet: Sheet) -> list[str]:
    """The items whose "not applicable" a reviewer has not decided yet."""
    waiting = Outcome.SET_ASIDE_PENDING
    return [item for item, judged in sheet.judged.items() if judged.outcome is waiting]


def _what(seen: Sheet, now: Sheet) -> str:
    """The items and facts that changed since somebody saw them; the checklist where none did."""
    names = [
        *(item for item in now.answers if now.answers[item] != seen.answers.get(item)),
        *(fact for fact in now.saved_facts if now.saved_facts[fact] != seen.saved_facts.get(fact)),
    ]
    return ", ".join(names) or f"{now.framework.id} {now.framework.version}"


def _require_submitted(one: Assessment) -> None:
    if one.state is AssessmentState.APPROVED:
        raise Refused([Fault("already_approved")])
    if one.state is not AssessmentState.SUBMITTED:
        raise Refused([Fault("not_handed_in")])


def _hand_over(
    store: Store,
    signature: Signature,
    wish: Wish,
    action: HandoverAction,
    check: Callable[[Transaction, Sheet], None],
) -> Handover:
    note = read_text(wish.note.strip())
    with store.writing() as connection:
        held = rounds.hold_assessment(connection, wish.sheet.assessment.id)
        before = handovers.find_submission(connection, wish.submission)
        if before is not None:
            return before
        now = sheet_in(connection, store, held) if held else None
        if now is None:
            raise Refused([Fault("assessment_gone")])
        check(connection, now)
        code = fingerprint(now)
        if code != fingerprint(wish.sheet):
            raise Refused([Fault("seen_changed", values={"what": _what(wish.sheet, now)})])
        made = _write(connection, signature, now, action, code, note, wish.submission)
        if action is HandoverAction.RETURN:
            waiting = handovers.open_pins(connection, now.assessment.id)
            handovers.send_pins(connection, waiting, made.id)
    return made


def _write(
    connection: Transaction,
    signature: Signature,
    sheet: Sheet,
    action: HandoverAction,
    code: str,
    note: str,
    submission: str,
) -> Handover:
    one, state = sheet.assessment, _BECOMES[action]
    kept = code if state.is_submitted else ""
    changed = replace(
        one, state=state, state_at=signature.at, state_by=signature.by, fingerprint=kept
    )
    rounds.write_state(connection, changed)
    log.append(
        connection,
        log.Change(
            signature.by,
            signature.at,
            action.value,
            community=sheet.community.code,
            assessment=one.id,
            old=one.state.value,
            new=f"{state.value} {code}",
        ),
    )
    made = Handover(
        0,
        one.id,
        action,
        note,
        code,
        log.data_version(connection),
        signature.by,
        signature.at,
    )
    return handovers.add_handover(connection, made, submission)
