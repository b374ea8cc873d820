"""Evidence of an assessment: adding files and links, taking them away, bringing them back.

A file is on the disk before the transaction that names it; the transaction holds the row, the
log and the score, whose answers without evidence may have become fewer or more.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from assessment.domain.coordinates import Place
from assessment.domain.errors import Fault, Refused
from assessment.domain.evidence import (
    LARGEST_ASSESSMENT,
    MOST_OF_ASSESSMENT,
    MOST_OF_ITEM,
    Evidence,
    EvidenceKind,
    read_address,
    read_date,
)
from assessment.domain.permissions import Action
from assessment.domain.records import Signature
from assessment.domain.sheet import Sheet
from assessment.domain.sizes import MEGABYTE
from assessment.services.authorising import authorise, sees
from assessment.services.frameworks import framework_of
from assessment.services.log_entries import entry_about
from assessment.services.recognising import recognise
from assessment.services.reopening import reopened
from assessment.services.sheets import score_in
from assessment.store import communities, log, rounds
from assessment.store import evidence as rows
from assessment.store.engine import Store, Transaction
from assessment.store.evidence_files import keep_file, remove_unnamed, stored_file

# What nobody names may belong to somebody who is just adding it.
_YOUNGEST_UNNAMED = 24 * 3600
_EARLIEST_DAY = timezone(timedelta(hours=14))


@dataclass(frozen=True)
class Added:
    """What was kept, and what the photo said of itself: offered, never stored by itself."""

    evidence: Evidence
    taken_at: Place | None = None
    dated: str = ""


def list_evidence(store: Store, sheet: Sheet) -> Mapping[str, Sequence[Evidence]]:
    """All files and links of an assessment by item, in the order they were added."""
    if not sheet.evidence or not sees(store, sheet.community):
        return {}
    with store.reading() as connection:
        return rows.load_evidence(connection, sheet.assessment.id)


def add_file(
    store: Store,
    signature: Signature,
    sheet: Sheet,
    item: str,
    submission: str,
    name: str,
    content: bytes,
) -> Added | None:
    """Keep a file as evidence; ``None`` if the same ``submission`` was kept before.

    Raises ``Forbidden``, ``NotSaved``, or ``Refused`` with what ``recognise`` and the limits say.
    """
    authorise(store, Action.ANSWER, sheet.community)
    found = recognise(name, content)
    one = Evidence(
        0,
        sheet.assessment.id,
        item,
        found.kind,
        sha256=keep_file(found.content, found.thumbnail),
        name=found.name,
        media_type=found.media_type,
        size=len(found.content),
    )
    kept = _add(store, signature, sheet, one, submission)
    return Added(kept, found.taken_at, found.dated) if kept else None


def add_link(
    store: Store, signature: Signature, sheet: Sheet, item: str, submission: str, address: str
) -> Evidence | None:
    """Keep a web address as evidence; ``None`` if the same ``submission`` was kept before.

    Raises ``Forbidden``, ``NotSaved``, or ``Refused`` (see ``read_address`` and the limits).
    """
    authorise(store, Action.ANSWER, sheet.community)
    one = Evidence(0, sheet.assessment.id, item, EvidenceKind.LINK, url=read_address(address))
    return _add(store, signature, sheet, one, submission)


def remove(store: Store, signature: Signature, sheet: Sheet, one: Evidence) -> None:
    """Take a piece away; its row and file stay. Raises ``Forbidden`` or ``NotSaved``."""
    authorise(store, Action.ANSWER, sheet.community)
    with store.writing() as connection:
        _own(connection, sheet, one)
        if rows.mark_removed(connection, one.id, signature.by, signature.at):
            change = _change(signature, sheet, one, "evidence_remove")
            _told(connection, store, signature, change)


def restore(store: Store, signature: Signature, sheet: Sheet, one: Evidence) -> None:
    """Undo a removal. Raises ``Forbidden``, ``NotSaved`` or ``Refused``: ``evidence_item_full``."""
    authorise(store, Action.ANSWER, sheet.community)
    with store.writing() as connection:
        _own(connection, sheet, one)
        if rows.mark_removed(connection, one.id, "", None):
            _check_room(connection, one)
            change = _change(signature, sheet, one, "evidence_restore")
            _told(connection, store, signature, change)


def change_date(
    store: Store, signature: Signature, sheet: Sheet, one: Evidence, dated: str
) -> None:
    """Say of which day a piece is; empty for no day.

    Raises ``Forbidden``, ``NotSaved``, or ``Refused``: ``evidence_date``.
    """
    authorise(store, Action.ANSWER, sheet.community)
    dated = read_date(dated, latest_day(signature.at))
    with store.writing() as connection:
        before = _own(connection, sheet, one)
        if rows.change_date(connection, one.id, dated):
            change = _change(signature, sheet, one, "evidence_date")
            _told(connection, store, signature, replace(change, old=before.dated, new=dated))


def latest_day(now: datetime) -> date:
    """The latest day that it is anywhere: wherever the person is, today is not later."""
    return now.astimezone(_EARLIEST_DAY).date()


def stored_evidence(store: Store, number: int, thumbnail: bool) -> tuple[Evidence, Path] | None:
    """A piece and where its file, or the small picture of it, is.

    ``None`` for links, for what was removed, and for what the person at work may not see.
    """
    with store.reading() as connection:
        one = rows.find_evidence(connection, number)
        if one is None or one.removed_at is not None or not one.sha256:
            return None
        assessment = rounds.load_assessment(connection, one.assessment)
        if assessment is None:
            return None
        community = communities.load_community(connection, assessment.community)
    if community is None or not sees(store, community):
        return None
    path = stored_file(one.sha256, thumbnail)
    return (one, path) if path else None


def clean_up(store: Store) -> int:
    """Delete files that no row names and that are older than a day; how many."""
    authorise(store, Action.RUN)
    with store.reading() as connection:
        named = rows.every_hash(connection)
    return remove_unnamed(named, time.time() - _YOUNGEST_UNNAMED)


def _add(
    store: Store, signature: Signature, sheet: Sheet, one: Evidence, submission: str
) -> Evidence | None:
    with store.writing() as connection:
        held = rounds.hold_assessment(connection, sheet.assessment.id)
        if held is None:
            raise Refused([Fault("assessment_gone")])
        if not framework_of(store, held.framework).has_item(one.item):
            raise Refused([Fault("item_unknown", item=one.item[:40])])
        kept = rows.add_evidence(connection, one, submission, signature.by, signature.at)
        if kept is None:
            return None
        _check_room(connection, kept)
        change = _change(signature, sheet, kept, "evidence_add")
        _told(connection, store, signature, change)
    return kept


def _check_room(connection: Transaction, fresh: Evidence) -> None:
    """Whether there was room for a piece that was just added, and whether it is a new one."""
    found = rows.load_evidence(connection, fresh.assessment)
    others = [one for one in found[fresh.item] if one.id != fresh.id]
    if any((one.sha256, one.url) == (fresh.sha256, fresh.url) for one in others):
        raise Refused([Fault("evidence_twice")])
    if len(others) >= MOST_OF_ITEM:
        values = {"limit": str(MOST_OF_ITEM)}
        raise Refused([Fault("evidence_item_full", values=values)])
    size = rows.stored_size(connection, fresh.assessment)
    if sum(map(len, found.values())) > MOST_OF_ASSESSMENT or size > LARGEST_ASSESSMENT:
        values = {
            "limit": str(MOST_OF_ASSESSMENT),
            "size": f"{LARGEST_ASSESSMENT // MEGABYTE:,}",
        }
        raise Refused([Fault("evidence_full", values=values)])


def _own(connection: Transaction, sheet: Sheet, one: Evidence) -> Evidence:
    """The piece as it is kept, for this transaction alone; it must be of this assessment."""
    rounds.hold_assessment(connection, sheet.assessment.id)
    kept = rows.find_evidence(connection, one.id)
    if kept is None or kept.assessment != sheet.assessment.id:
        raise Refused([Fault("evidence_gone")])
    return kept


def _told(connection: Transaction, store: Store, signature: Signature, change: log.Change) -> None:
    """Log what was done, and score anew; what was handed in is open again."""
    log.append(connection, change)
    held = rounds.load_assessment(connection, change.assessment or 0)
    if held is not None:
        score_in(connection, store, reopened(connection, signature, held), signature.at)


def _change(signature: Signature, sheet: Sheet, one: Evidence, action: str) -> log.Change:
    named = f"{one.sha256} {one.name}".strip() or one.url
    return entry_about(signature, sheet, action, f"{one.item}/{one.id}", new=named)
