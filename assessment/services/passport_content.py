"""Everything about one community, read in one moment, for a passport. Nothing here writes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assessment.domain.evidence import Evidence
from assessment.domain.fingerprint import fingerprint
from assessment.domain.log_chain import CHAINED
from assessment.domain.passport import (
    CommentPart,
    EvidencePart,
    FrameworkPart,
    HandoverPart,
    LogPart,
    Passport,
    PinPart,
    RoundPart,
    moment_of,
)
from assessment.domain.passport_parts import (
    answer_parts,
    community_part,
    facility_part,
    fact_parts,
    plan_parts,
    score_part,
)
from assessment.domain.records import Community, LogEntry
from assessment.domain.sheet import Sheet
from assessment.services.authorising import sees
from assessment.services.history import LogLine, lines_in
from assessment.services.sheets import sheet_in
from assessment.store import (
    comments,
    communities,
    evidence,
    facilities,
    frameworks,
    handovers,
    log,
    plan,
    rounds,
)
from assessment.store.authors import load_names
from assessment.store.engine import Store, Transaction
from assessment.store.evidence_files import hash_of, place_of

# What was done with a community itself, beside its assessments. Who was refused or who signed in
# is the installation's matter.
OPENED, HASHES = "passport_open", "passport_hashes"
ACTIONS = (
    "register",
    "move",
    "place_facility",
    "remove_facility",
    "restore_facility",
    "plan_add",
    "plan_change",
    "plan_remove",
    "plan_restore",
    OPENED,
    HASHES,
)
EVIDENCE = "evidence/"
_LONGEST_ENDING = 5


@dataclass(frozen=True)
class Content:
    """A passport with the sheets of its rounds, the log in lines, and the files that go with it.

    ``checklists`` and ``files`` are by their names in the archive.
    """

    passport: Passport
    sheets: Sequence[Sheet]
    lines: Sequence[LogLine]
    checklists: Mapping[str, bytes]
    files: Mapping[str, Path]


def passport_content(store: Store, code: str, round_id: str = "") -> Content | None:
    """All rounds of a community, or one; ``None`` if there is nothing that the person may see."""
    with store.reading() as connection:
        community = communities.load_community(connection, code)
        if community is None or not sees(store, community):
            return None
        begun = rounds.load_assessments(connection, code)
        found = [sheet_in(connection, store, one) for one in begun]
        sheets = [one for one in found if one and round_id in ("", one.round.id)]
        if not sheets:
            return None
        return _content(connection, store, community, sheets)


def _content(
    connection: Transaction, store: Store, community: Community, sheets: Sequence[Sheet]
) -> Content:
    named = _framework_parts(sheets)
    parts = [_round_part(connection, sheet) for sheet in sheets]
    numbers = [sheet.assessment.id for sheet in sheets]
    rows = log.of_community(connection, community.code, ACTIONS, numbers)
    entries = [LogPart(**dict(row)) for row in rows]
    passport = Passport(
        community=community_part(community),
        frameworks=tuple(named),
        rounds=tuple(parts),
        facilities=tuple(
            facility_part(one) for one in facilities.load_facilities(connection, community.code)
        ),
        plan=plan_parts(plan.load_actions(connection, community.code)),
        log=tuple(entries),
        people=load_names(connection, _signers(parts, entries)),
    )
    pieces = [one for part in parts for one in part.evidence if one.file]
    return Content(
        passport,
        sheets,
        lines_in(connection, store, [_entry(one) for one in entries]),
        {one.file: frameworks.content_of(connection, one.hash) for one in named},
        {one.file: place_of(one.sha256) for one in pieces},
    )


def _framework_parts(sheets: Sequence[Sheet]) -> list[FrameworkPart]:
    """Each checklist once; two of the same version are told apart by their hash."""
    found = {sheet.framework.hash: sheet.framework for sheet in sheets}
    parts: list[FrameworkPart] = []
    for one in found.values():
        name = f"framework-{one.id}-{one.version}"
        if any(part.file == f"{name}.yaml" for part in parts):
            name = f"{name}-{one.hash[:8]}"
        parts.append(
            FrameworkPart(hash=one.hash, id=one.id, version=one.version, file=f"{name}.yaml")
        )
    return parts


def _round_part(connection: Transaction, sheet: Sheet) -> RoundPart:
    one, begun = sheet.round, sheet.assessment
    shown = evidence.load_evidence(connection, begun.id).values()
    kept = sorted((piece for some in shown for piece in some), key=lambda piece: piece.id)
    return RoundPart(
        id=one.id,
        label_zh=one.label_zh,
        label_en=one.label_en,
        opens=one.opens,
        due=one.due,
        closes=one.closes,
        sample=one.sample,
        number=begun.id,
        framework=sheet.framework.hash,
        scoring_version=begun.scoring_version,
        state=begun.state,
        state_at=begun.state_at,
        state_by=begun.state_by,
        fingerprint=begun.fingerprint,
        code=fingerprint(sheet),
        score=score_part(sheet),
        facts=fact_parts(sheet),
        answers=answer_parts(sheet),
        evidence=tuple(map(_evidence_part, kept)),
        removed_evidence=evidence.count_removed(connection, begun.id),
        comments=tuple(_comments(connection, begun.id)),
        handovers=tuple(_handovers(connection, begun.id)),
        pins=tuple(_pins(connection, begun.id)),
    )


def _evidence_part(one: Evidence) -> EvidencePart:
    here = bool(one.sha256) and hash_of(place_of(one.sha256)) == one.sha256
    plain = ("item", "kind", "sha256", "name", "media_type", "size", "url", "dated", "by", "at")
    return EvidencePart(
        number=one.id,
        file=member_of(one) if here else "",
        **{name: getattr(one, name) for name in plain},
    )


def member_of(one: Evidence) -> str:
    """The name of a file in the archive: its hash, with the ending that programs know it by."""
    _, _, ending = one.name.rpartition(".")
    plain = ending.isascii() and ending.isalnum() and len(ending) <= _LONGEST_ENDING
    return f"{EVIDENCE}{one.sha256}" + (f".{ending.lower()}" if plain else "")


def _comments(connection: Transaction, number: int) -> Iterable[CommentPart]:
    for one in comments.load_comments(connection, number):
        plain = {name: value for name, value in vars(one).items() if name != "id"}
        yield CommentPart(**plain)


def _handovers(connection: Transaction, number: int) -> Iterable[HandoverPart]:
    for one in handovers.load_handovers(connection, number):
        plain = {name: getattr(one, name) for name in HandoverPart.model_fields if name != "number"}
        yield HandoverPart(number=one.id, **plain)


def _pins(connection: Transaction, number: int) -> Iterable[PinPart]:
    for one, resolved_by, resolved_at in handovers.sent_pins(connection, number):
        yield PinPart(
            item=one.item,
            reason=one.reason,
            handover=one.handover or 0,
            by=one.by,
            at=one.at,
            resolved_by=resolved_by,
            resolved_at=resolved_at,
        )


def _signers(parts: Iterable[RoundPart], entries: Iterable[LogPart]) -> set[str]:
    """The ids of all who signed something."""
    found = {one.by for one in entries}
    for part in parts:
        found.add(part.state_by)
        signed: list[Any] = [*part.facts, *part.answers, *part.evidence, *part.handovers]
        settled: list[Any] = [*part.comments, *part.pins]
        found |= {one.by for one in (*signed, *settled)} | {one.resolved_by for one in settled}
    return found - {""}


def _entry(part: LogPart) -> LogEntry:
    values = {name: getattr(part, name) for name in CHAINED if name != "at"}
    return LogEntry(id=part.id, at=moment_of(part.at), **values)
