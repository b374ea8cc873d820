"""Whether what a passport says follows from what it holds: checklist, figures, codes, log, files.

Nothing is believed that can be counted anew. What cannot be known from the file alone is whether
somebody wrote all of it anew: for that, compare a code or the log with the installation it is from.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import InvalidOperation
from functools import partial

from assessment.domain.errors import Fault, Refused
from assessment.domain.evidence import EvidenceKind, read_address
from assessment.domain.fingerprint import fingerprint
from assessment.domain.framework import Framework
from assessment.domain.log_chain import CHAINED, chain_holds
from assessment.domain.passport import EvidencePart, LogPart, Passport, RoundPart, moment_of
from assessment.domain.passport_parts import (
    community_of,
    differing_items,
    is_as_stated,
    round_of,
    sheet_of,
)
from assessment.domain.scoring import SCORING_VERSION
from assessment.domain.sheet import Sheet
from assessment.domain.typed_answers import read_fact_text, read_field
from assessment.services.passport_content import ACTIONS, EVIDENCE
from assessment.services.passport_file import CONTENT, Opened
from assessment.store import answers, frameworks, log

_MOST_NAMED = 8


@dataclass(frozen=True)
class Checked:
    """A passport that holds together, with its checklists by hash and a sheet for each round.

    ``linked`` counts the log entries that follow directly from another one in the passport: of
    the others, those before them belong to other communities and are not here.
    """

    opened: Opened
    frameworks: Mapping[str, Framework]
    sheets: Sequence[Sheet]
    linked: int

    @property
    def passport(self) -> Passport:
        """What it says."""
        return self.opened.passport


def check_passport(opened: Opened) -> Checked:
    """Count everything anew.

    Raises ``Refused``: ``passport_framework``, ``passport_scoring``, ``passport_value``,
    ``passport_fingerprint``, ``passport_log``, ``passport_schema``, ``passport_missing`` or
    ``passport_extra``.
    """
    passport = opened.passport
    known = {one.hash: _framework(opened, one.file, one.hash) for one in passport.frameworks}
    _require_unique([one.id for one in passport.rounds], "rounds")
    _require_unique([one.number for one in passport.rounds], "rounds")
    sheets = [_sheet(passport, part, known) for part in passport.rounds]
    stated = {one.round: one.code for one in opened.manifest.codes}
    if stated != {one.id: one.code for one in passport.rounds}:
        raise _refused("passport_differs", member=CONTENT)
    _check_files(opened)
    items = {item.id for one in known.values() for item in one.items}
    return Checked(opened, known, sheets, _linked(passport, items))


def _framework(opened: Opened, member: str, stated: str) -> Framework:
    if member not in {one.name for one in opened.manifest.members}:
        raise _refused("passport_missing", member=member[:80])
    try:
        found = frameworks.parse(opened.member(member))
    except Refused as refused:
        first = Fault("passport_framework", values={"member": member})
        raise Refused([first, *refused.faults[:_MOST_NAMED]]) from refused
    if found.hash != stated:
        raise _refused("passport_framework", member=member)
    return found


def _sheet(passport: Passport, part: RoundPart, known: Mapping[str, Framework]) -> Sheet:
    if part.framework not in known or part.sample != passport.community.sample:
        raise _misshapen(f"rounds.{part.id}")
    if part.scoring_version != SCORING_VERSION:
        values = {"version": part.scoring_version[:20], "known": SCORING_VERSION}
        raise Refused([Fault("passport_scoring", values=values)])
    framework = known[part.framework]
    _check_values(part, framework)
    _check_hand_overs(part)
    try:
        sheet = sheet_of(part, framework, community_of(passport.community), round_of(part))
    except (InvalidOperation, ValueError, KeyError) as error:
        raise _misshapen(f"rounds.{part.id}") from error
    if not is_as_stated(part, sheet):
        named = ", ".join(differing_items(part, sheet)[:_MOST_NAMED])
        values = {
            "round": part.label_zh,
            "stated": part.code[:20],
            "counted": fingerprint(sheet),
            "items": named or "–",
        }
        raise Refused([Fault("passport_fingerprint", values=values)])
    return sheet


def _check_values(part: RoundPart, framework: Framework) -> None:
    """What the pages read as numbers and options is such."""
    _require_unique([one.fact for one in part.facts], f"rounds.{part.id}.facts")
    _require_unique([one.item for one in part.answers], f"rounds.{part.id}.answers")
    definitions = {one.id: one for one in framework.facts}
    for fact in part.facts:
        if fact.value and fact.fact in definitions:
            definition = definitions[fact.fact]
            _require(fact.fact, partial(read_fact_text, definition, fact.value), fact.value)
    for one in part.answers:
        if framework.has_item(one.item):
            item = framework.item(one.item)
            _require(one.item, partial(read_field, item, "ticks", one.ticks), one.ticks)
            for name, value in one.details.items():
                _require(one.item, partial(read_field, item, f"detail:{name}", value), value)


def _require(subject: str, read: Callable[[], object], kept: object) -> None:
    """Whether a value is what the product itself would have kept of it."""
    with suppress(Refused):
        if read() == kept:
            return
    raise _refused("passport_value", subject=subject, value=str(kept)[:40])


def _check_hand_overs(part: RoundPart) -> None:
    _require_unique([one.number for one in part.handovers], f"rounds.{part.id}.handovers")
    numbers = {one.number for one in part.handovers}
    if any(pin.handover not in numbers for pin in part.pins):
        raise _misshapen(f"rounds.{part.id}.pins")


def _check_files(opened: Opened) -> None:
    """Every file of evidence is named by an entry, and the other way round."""
    here = {one.name for one in opened.manifest.members if one.name.startswith(EVIDENCE)}
    pieces = [one for part in opened.passport.rounds for one in part.evidence]
    for one in pieces:
        _check_piece(one)
        if one.file and one.file not in here:
            raise _refused("passport_missing", member=one.file)
    for name in sorted(here - {one.file for one in pieces}):
        raise _refused("passport_extra", member=name)
    hashes = {one.name: one.sha256 for one in opened.manifest.members}
    for one in pieces:
        if one.file and hashes[one.file] != one.sha256:
            raise _refused("passport_differs", member=one.file)


def _check_piece(one: EvidencePart) -> None:
    is_link = one.kind is EvidenceKind.LINK
    if is_link != bool(one.url) or is_link == bool(one.sha256) or (is_link and one.file):
        raise _misshapen(f"evidence.{one.number}")
    if one.file and not one.file.startswith(EVIDENCE + one.sha256):
        raise _misshapen(f"evidence.{one.number}")
    if is_link:
        read_address(one.url)


def _linked(passport: Passport, items: Collection[str]) -> int:
    """Check each entry against its own hash; how many follow directly from one that is here."""
    numbers = {one.number for one in passport.rounds}
    last, seen, linked = -1, "", 0
    for entry in passport.log:
        is_ours = entry.community == passport.community.code and (
            entry.assessment in numbers or (entry.assessment is None and entry.action in ACTIONS)
        )
        values = (getattr(entry, name) for name in CHAINED)
        if entry.id <= last or not is_ours or not chain_holds(entry.previous, values, entry.hash):
            raise _refused("passport_log", entry=str(entry.id))
        _check_entry(entry, items)
        linked += entry.previous == seen
        last, seen = entry.id, entry.hash
    return linked


def _check_entry(entry: LogPart, items: Collection[str]) -> None:
    """What the pages read out of an entry can be read."""
    try:
        moment_of(entry.at)
        if entry.action in log.ANSWERING and entry.subject in items:
            for content in (entry.old, entry.new):
                answers.from_log(entry.subject, content, 0)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise _refused("passport_log", entry=str(entry.id)) from error


def _require_unique(found: Sequence[object], where: str) -> None:
    if len(set(found)) != len(found):
        raise _misshapen(where)


def _misshapen(where: str) -> Refused:
    return Refused([Fault("passport_schema", values={"member": CONTENT, "where": where})])


def _refused(code: str, **values: str) -> Refused:
    return Refused([Fault(code, values=values)])
