"""Writing a round of a passport, inside the transaction that opens it.

People of the other installation become no accounts: their names stay with what they did. The
entries of its log are kept in this log under those names, at their own moments. Before them
stands who opened the passport, with its seal; after them the hashes that they had there.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assessment.domain.errors import Fault, Refused
from assessment.domain.evidence import Evidence
from assessment.domain.handover import Handover, Pin
from assessment.domain.passport import LogPart, RoundPart, brought, moment_of
from assessment.domain.records import Comment, Signature
from assessment.domain.sheet import with_kept
from assessment.services.passport_check import Checked
from assessment.services.passport_content import HASHES, OPENED
from assessment.services.passport_preview import Preview, RoundPlan, Where, is_blank
from assessment.services.rounds import ADD, change_of
from assessment.store import (
    answers,
    comments,
    facts,
    frameworks,
    handovers,
    log,
    rounds,
    scores,
)
from assessment.store import evidence as evidence_rows
from assessment.store.engine import Store, Transaction

# So that an entry with hashes still fits into a cell of a workbook.
_HASHES_OF_ENTRY = 400


@dataclass(frozen=True)
class Bringing:
    """What is written, by whom and into which transaction."""

    connection: Transaction
    store: Store
    signature: Signature
    checked: Checked
    preview: Preview

    def name(self, by: str) -> str:
        """How a signature of the other installation is kept."""
        return brought(by, self.checked.passport.people)


def write_round(work: Bringing, plan: RoundPlan, evidence: Sequence[Evidence]) -> int:
    """Write the figures of a round with all that belongs to them; the assessment's number.

    Hand-overs follow with ``write_hand_overs``, once the log is written.
    """
    number = _begin(work, plan)
    connection, part = work.connection, plan.part
    said = [
        replace(one, by=work.name(one.by), at=one.at or work.signature.at)
        for one in plan.sheet.answers.values()
    ]
    answers.bring_answers(connection, number, said)
    known = [replace(one, by=work.name(one.by)) for one in plan.sheet.saved_facts.values()]
    facts.bring_facts(connection, number, known)
    for place, one in enumerate(evidence):
        at, piece = one.at or work.signature.at, replace(one, assessment=number)
        evidence_rows.add_evidence(connection, piece, _key(number, "e", place), one.by, at)
    _write_comments(work, part, number)
    _write_state(work, plan, number)
    return number


def _begin(work: Bringing, plan: RoundPlan) -> int:
    """The assessment that the figures go into; nobody says anything in it meanwhile."""
    connection, at = work.connection, work.signature.at
    if plan.where is Where.NEW_ROUND:
        _make_round(work, plan)
    elif rounds.hold_round(connection, plan.round.id, to_change=False) != plan.round:
        raise Refused([Fault("passport_changed")])
    code, version = plan.sheet.community.code, plan.part.scoring_version
    begun, _ = rounds.begin_assessment(connection, code, plan.round, version, at)
    held = rounds.hold_assessment(connection, begun.id)
    # What nobody has seen yet is blank: its checklist may be new in this very transaction.
    is_new = plan.where is Where.NEW_ROUND or work.preview.is_new
    if held is None or not (is_new or is_blank(connection, work.store, held)):
        raise Refused([Fault("passport_changed")])
    return begun.id


def _make_round(work: Bringing, plan: RoundPlan) -> None:
    passport, at = work.checked.passport, work.signature.at
    member = next(one.file for one in passport.frameworks if one.hash == plan.part.framework)
    frameworks.publish(work.connection, work.checked.opened.member(member), at)
    rounds.add_round(work.connection, plan.round, at)
    if rounds.load_round(work.connection, plan.round.id) != plan.round:
        raise Refused([Fault("passport_changed")])  # somebody opened another one with this id


def _write_comments(work: Bringing, part: RoundPart, number: int) -> None:
    for place, one in enumerate(part.comments):
        kept = Comment(
            0,
            one.item,
            one.text,
            work.name(one.by),
            one.at,
            work.name(one.resolved_by),
            one.resolved_at,
        )
        comments.add_comment(work.connection, number, kept, _key(number, "c", place))


def _write_state(work: Bringing, plan: RoundPlan, number: int) -> None:
    wanted = replace(
        plan.sheet.assessment, id=number, state_by=work.name(plan.sheet.assessment.state_by)
    )
    rounds.write_state(work.connection, wanted)
    sheet = replace(plan.sheet, assessment=wanted)
    shown = evidence_rows.count_evidence(work.connection, number)
    kept = with_kept(sheet, sheet.answers, sheet.saved_facts, shown)
    scores.write_score(work.connection, kept, work.signature.at)


def write_hand_overs(
    work: Bringing, plan: RoundPlan, number: int, entries: Mapping[int, int]
) -> None:
    """Write hand-overs and pins. ``entries`` are ids of the log here by those of the passport."""
    known, made = sorted(entries), dict[int, int]()
    for place, one in enumerate(plan.part.handovers):
        before = bisect_right(known, one.log_id)
        entry = entries[known[before - 1]] if before else min(entries.values(), default=0)
        plain = (one.action, one.note, one.fingerprint, entry, work.name(one.by), one.at)
        handover = Handover(0, number, *plain)
        kept = handovers.add_handover(work.connection, handover, _key(number, "h", place))
        made[one.number] = kept.id
    for place, each in enumerate(plan.part.pins):
        by, sent = work.name(each.by), made[each.handover]
        pin = Pin(0, number, each.item, each.reason, sent, by, each.at)
        added = handovers.add_pin(work.connection, pin, _key(number, "p", place))
        if added is not None and each.resolved_at is not None:
            settled = Signature(work.name(each.resolved_by), each.resolved_at)
            handovers.settle_pins(work.connection, [replace(pin, id=added)], settled)


def write_log(work: Bringing, numbers: Mapping[int, int]) -> Mapping[int, int]:
    """Write who opened the passport, the entries that came with it, and their hashes.

    ``numbers`` are the assessments here by those of the passport. Gives the ids of the entries
    here by those in the passport.
    """
    code, passport = work.preview.community.code, work.checked.passport
    before = log.done_with(work.connection, code, HASHES)
    known = {one for entry in before for one in entry.new.split()}
    wanted = [
        one
        for one in passport.log
        if one.hash not in known and (one.assessment is None or one.assessment in numbers)
    ]
    changes = [_entry(work, one, numbers) for one in wanted]
    opened = _change(work, OPENED, f"{work.checked.opened.seal} {len(changes)}")
    hashes = [
        _change(
            work, HASHES, " ".join(one.hash for one in wanted[start : start + _HASHES_OF_ENTRY])
        )
        for start in range(0, len(wanted), _HASHES_OF_ENTRY)
    ]
    log.append_many(work.connection, [opened, *changes, *hashes])
    ids = log.last_ids(work.connection, code, len(changes) + len(hashes))
    return dict(zip((one.id for one in wanted), ids[: len(changes)], strict=True))


def _made(work: Bringing) -> Iterator[log.Change]:
    """What had to be made for the figures: the community, rounds."""
    if work.preview.is_new:
        yield _change(work, "register", work.preview.community.name_zh)
    for one in work.preview.writes:
        if one.where is Where.NEW_ROUND:
            yield change_of(work.signature, ADD, None, one.round)


def _entry(work: Bringing, one: LogPart, numbers: Mapping[int, int]) -> log.Change:
    return log.Change(
        work.name(one.by),
        moment_of(one.at),
        one.action,
        community=work.preview.community.code,
        assessment=numbers[one.assessment] if one.assessment is not None else None,
        subject=one.subject,
        revision=one.revision,
        old=one.old,
        new=one.new,
    )


def _change(work: Bringing, action: str, new: str) -> log.Change:
    return log.Change(
        work.signature.by,
        work.signature.at,
        action,
        community=work.preview.community.code,
        subject=work.checked.passport.community.code,
        new=new,
    )


def _key(number: int, kind: str, place: int) -> str:
    """What makes a row of a passport unlike every other."""
    return f"passport/{number}/{kind}{place}"
