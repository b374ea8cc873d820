"""Carrying over from the round before, and confirming what was carried."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from assessment.domain.carrying import carried_answers, carried_facts
from assessment.domain.permissions import Action
from assessment.domain.records import Assessment, Round, Signature
from assessment.domain.sheet import Sheet
from assessment.services.answering import (
    Kept,
    change_of,
    hold_sheet,
    log_text,
    sheet_now,
    subject_of,
    write_kept,
)
from assessment.services.authorising import authorise
from assessment.services.frameworks import framework_of
from assessment.store import answers, facts, log, rounds, scores
from assessment.store.engine import Store, Transaction

CARRY, CARRIED, CONFIRM, UNCONFIRM = "carry", "carried", "confirm", "unconfirm"


def carry_over(
    connection: Transaction, store: Store, signature: Signature, begun: Assessment, one: Round
) -> None:
    """Give an assessment that was begun just now what the community said last, to be confirmed.

    Nothing of it counts yet. One entry of the log says where it comes from; each answer and fact
    has its own as revision 1. The caller scores the assessment.
    """
    last = _last_before(connection, begun, one)
    if last is None:
        return
    framework = framework_of(store, begun.framework)
    said = carried_answers(framework, answers.load_answers(connection, last.id))
    known = carried_facts(framework, facts.load_facts(connection, last.id))
    by, at = signature.by, signature.at
    answers.add_answers(connection, ((begun.id, answer) for answer in said), by, at)
    facts.add_facts(connection, ((begun.id, fact) for fact in known), by, at)
    kept: list[Kept] = [*known, *said]
    if kept:
        about, count = (begun.community, begun.id, last.round), str(len(kept))
        first = log.Change(by, at, CARRY, *about, new=count)
        log.append_many(connection, [first, *(_carried(first, each) for each in kept)])


def confirm(
    store: Store, signature: Signature, sheet: Sheet, subjects: Collection[str]
) -> tuple[Sheet, Sequence[Kept]]:
    """Confirm what was carried over and is unchanged; the fresh sheet, and what was confirmed.

    One transaction, one revision each; what is confirmed already is left alone. Raises
    ``Forbidden``, or ``Refused`` where the round is closed.
    """
    return _set(store, signature, sheet, dict.fromkeys(subjects), waiting=False)


def unconfirm(
    store: Store, signature: Signature, sheet: Sheet, confirmed: Sequence[Kept]
) -> tuple[Sheet, Sequence[Kept]]:
    """Undo ``confirm``, except for what was changed since then."""
    seen = {subject_of(one): one.revision for one in confirmed}
    return _set(store, signature, sheet, seen, waiting=True)


def _set(
    store: Store,
    signature: Signature,
    sheet: Sheet,
    wanted: Mapping[str, int | None],
    waiting: bool,
) -> tuple[Sheet, Sequence[Kept]]:
    authorise(store, Action.ANSWER, sheet.community)
    done: list[Kept] = []
    with store.writing() as connection:
        sheet, _ = hold_sheet(connection, store, sheet, signature)
        now = sheet_now(connection, sheet)
        kept: list[Kept] = [*now.saved_facts.values(), *now.answers.values()]
        changes = []
        for one in kept:
            subject = subject_of(one)
            if subject not in wanted or one.to_confirm == waiting:
                continue
            if wanted[subject] not in (None, one.revision):
                continue
            changed = replace(one, to_confirm=waiting)
            written = write_kept(connection, now.assessment.id, changed, signature)
            if written is not None:
                action = UNCONFIRM if waiting else CONFIRM
                changes.append(change_of(now, signature, one, written, action))
                done.append(written)
        log.append_many(connection, changes)
        fresh = sheet_now(connection, now) if done else now
        if done:
            scores.write_score(connection, fresh, signature.at)
    return fresh, done


def _last_before(connection: Transaction, begun: Assessment, one: Round) -> Assessment | None:
    """The latest assessment of the same community and kind in a round that is not later."""
    known = {each.id: each for each in rounds.load_rounds(connection)}
    earlier = [
        each
        for each in rounds.load_assessments(connection, begun.community)
        if each.id != begun.id
        and known[each.round].sample == one.sample
        and known[each.round].opens <= one.opens
    ]
    return earlier[-1] if earlier else None


def _carried(first: log.Change, kept: Kept) -> log.Change:
    subject, new = subject_of(kept), log_text(replace(kept, revision=1))
    return replace(first, action=CARRIED, subject=subject, revision=1, new=new)
