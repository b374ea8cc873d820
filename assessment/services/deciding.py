"""A reviewer accepts or refuses "not applicable"; until then the item counts as open."""

from dataclasses import dataclass, replace

from assessment.domain.answers import NOT_APPLICABLE, Answer, Decision
from assessment.domain.errors import Fault, Refused
from assessment.domain.fingerprint import fingerprint
from assessment.domain.permissions import Action
from assessment.domain.records import AssessmentState, Signature
from assessment.domain.sheet import Sheet, with_kept
from assessment.services.authorising import authorise
from assessment.services.pinning import pin_in, read_reason
from assessment.services.sheets import sheet_in
from assessment.store import answers, log, rounds, scores
from assessment.store.engine import Store, Transaction


@dataclass(frozen=True)
class Ruling:
    """What a reviewer says to the "not applicable" of an item, as it was ``seen``."""

    seen: Answer
    decision: Decision
    reason: str = ""


def decide(store: Store, signature: Signature, sheet: Sheet, ruling: Ruling) -> Sheet:
    """Keep a decision, score anew, and give the fresh sheet. The same decision twice is one.

    A refusal needs a reason, and pins the item with it: staff read why. Raises ``Forbidden``,
    ``NotSaved``, or ``Refused``: ``not_handed_in``, ``seen_changed``, ``no_reason_given`` (the
    staff gave none) or ``pin_without_reason``.
    """
    authorise(store, Action.REVIEW, sheet.community)
    refuses = ruling.decision is Decision.REFUSED
    reason = read_reason(ruling.reason) if refuses else ""
    with store.writing() as connection:
        held = rounds.hold_assessment(connection, sheet.assessment.id)
        now = sheet_in(connection, store, held) if held else None
        if now is None or now.assessment.state is not AssessmentState.SUBMITTED:
            raise Refused([Fault("not_handed_in")])
        current = now.answers.get(ruling.seen.item, Answer(ruling.seen.item))
        if current.decision is ruling.decision:
            return now
        _require_as_seen(current, ruling)
        fresh = _write(connection, signature, now, replace(current, decision=ruling.decision))
        if refuses:
            submission = f"refuse:{now.assessment.id}:{current.item}:{current.revision}"
            pin_in(connection, signature, now, current.item, reason, submission)
    return fresh


def _require_as_seen(current: Answer, ruling: Ruling) -> None:
    seen = ruling.seen
    same = (current.choice, current.reason) == (seen.choice, seen.reason)
    if not same or current.choice != NOT_APPLICABLE:
        raise Refused([Fault("seen_changed", values={"what": seen.item})])
    if ruling.decision is Decision.ACCEPTED and not current.reason.strip():
        raise Refused([Fault("no_reason_given", item=seen.item)])


def _write(connection: Transaction, signature: Signature, now: Sheet, wanted: Answer) -> Sheet:
    """Answer, log, score, and the code of what is handed in now."""
    one = now.assessment
    kept = answers.write_answer(connection, one.id, wanted, signature.by, signature.at)
    if kept is None:
        raise Refused([Fault("seen_changed", values={"what": wanted.item})])
    before = now.answers.get(wanted.item, Answer(wanted.item))
    fresh = with_kept(now, {**now.answers, kept.item: kept}, now.saved_facts)
    assessment = replace(one, fingerprint=fingerprint(fresh))
    fresh = replace(fresh, assessment=assessment)
    rounds.write_state(connection, assessment)
    log.append(
        connection,
        log.Change(
            signature.by,
            signature.at,
            "decide",
            community=now.community.code,
            assessment=one.id,
            subject=kept.item,
            revision=kept.revision,
            old=answers.to_log(before),
            new=answers.to_log(kept),
        ),
    )
    scores.write_score(connection, fresh, signature.at)
    return fresh
