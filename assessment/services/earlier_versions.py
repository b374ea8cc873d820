"""An earlier version of an answer or fact, brought back as a new one."""

from dataclasses import replace

from assessment.domain.answers import Answer, choices, undecided
from assessment.domain.carrying import answer_in
from assessment.domain.errors import Fault, Refused
from assessment.domain.framework import Framework
from assessment.domain.permissions import Action
from assessment.domain.records import SavedFact, Signature
from assessment.domain.sheet import Sheet
from assessment.services.answering import (
    Clash,
    Kept,
    Saved,
    change_of,
    checked,
    hold_sheet,
    kept_in,
    sheet_now,
    sheet_with,
    subject_of,
    write_kept,
)
from assessment.services.authorising import authorise
from assessment.services.reopening import reopened
from assessment.store import answers, log, scores
from assessment.store.engine import Store

RESTORE = "restore"


def restore(
    store: Store, signature: Signature, sheet: Sheet, seen: Kept, revision: int
) -> Saved | Clash:
    """Bring a revision back as the newest one, over the version that was ``seen``.

    Nothing is written where it is what is kept already, nor where somebody wrote meanwhile.
    Raises ``Forbidden``, or ``Refused``: ``version_unknown``, ``version_not_offered`` where the
    framework no longer offers such an answer, or ``round_closed``.
    """
    authorise(store, Action.ANSWER, sheet.community)
    with store.writing() as connection:
        sheet, _ = hold_sheet(connection, store, sheet, signature)
        now = sheet_now(connection, sheet)
        current, subject = kept_in(now, seen), subject_of(seen)
        entry = log.at_revision(connection, sheet.assessment.id, subject, revision)
        if entry is None or revision <= 0:
            raise Refused([Fault("version_unknown", item=subject)])
        wanted = _wanted(sheet.framework, current, entry.new)
        if wanted == current:
            return Saved(current, now)
        if current.revision != seen.revision:
            return Clash(current)
        kept = write_kept(connection, sheet.assessment.id, wanted, signature)
        if kept is None:
            return Clash(current)
        log.append(connection, change_of(sheet, signature, current, kept, RESTORE))
        opened = reopened(connection, signature, sheet.assessment)
        fresh = replace(sheet_with(now, kept), assessment=opened)
        scores.write_score(connection, fresh, signature.at)
        return Saved(kept, fresh)


def _wanted(framework: Framework, current: Kept, content: str) -> Kept:
    """What the log's text says, as it would be written over the current version."""
    if isinstance(current, SavedFact):
        value = checked(framework, current, "value", content)
        return replace(current, value=value, to_confirm=False)
    old = answers.from_log(current.item, content, current.revision)
    old = replace(old, to_confirm=False, decision=current.decision, by=current.by, at=current.at)
    if not _is_offered(framework, old):
        raise Refused([Fault("version_not_offered", item=current.item)])
    return undecided(old, current)


def _is_offered(framework: Framework, old: Answer) -> bool:
    if not framework.has_item(old.item):
        return False
    item = framework.item(old.item)
    return old.choice in ("", *choices(item)) and answer_in(framework, item, old) == old
