"""Saving what staff say: one transaction for the answer, the log and the score.

Every save names the version that the writer had seen. A field that somebody else changed
meanwhile is a clash and is shown with both values; fields that do not touch each other are
merged. Saving the same thing twice changes nothing, so a double click is harmless. A change to
what was handed in or approved opens it again, in the same transaction.
"""

from dataclasses import dataclass, replace
from typing import Any

from assessment.domain.answers import Answer, undecided
from assessment.domain.errors import Fault, Refused
from assessment.domain.framework import Framework
from assessment.domain.permissions import Action
from assessment.domain.records import SavedFact, Signature
from assessment.domain.sheet import Sheet, with_kept
from assessment.domain.typed_answers import MEANS_DETAIL, read_fact_text, read_field
from assessment.services.authorising import authorise
from assessment.services.frameworks import framework_of
from assessment.services.reopening import reopened
from assessment.services.round_window import require_open
from assessment.store import answers, evidence, facts, log, rounds, scores
from assessment.store.engine import Store, Transaction

Kept = Answer | SavedFact
_MEANS = f"detail:{MEANS_DETAIL}"


@dataclass(frozen=True)
class Clash:
    """Somebody else changed the same field; nothing was written. ``theirs`` is what is kept."""

    theirs: Kept


def field_of(kept: Kept, name: str) -> Any:  # noqa: ANN401
    """One field of what is kept; ``detail:floor_area`` reaches into an answer's details."""
    if name.startswith("detail:") and isinstance(kept, Answer):
        return kept.details.get(name.removeprefix("detail:"), "")
    return getattr(kept, name)


def with_field(kept: Kept, name: str, value: Any) -> Kept:  # noqa: ANN401
    """The same with one field changed, which confirms it; a blank detail is left out."""
    if name.startswith("detail:") and isinstance(kept, Answer):
        details = {**kept.details, name.removeprefix("detail:"): value}
        kept_details = {key: text for key, text in details.items() if text}
        return replace(kept, details=kept_details, to_confirm=False)
    return replace(kept, **{name: value, "to_confirm": False})


def subject_of(kept: Kept) -> str:
    """The item or fact that it is about."""
    return kept.item if isinstance(kept, Answer) else kept.fact


def checked(framework: Framework, seen: Kept, name: str, value: Any) -> Any:  # noqa: ANN401
    """The value as it will be kept; ``Refused`` with the reason if it cannot be taken."""
    if isinstance(seen, SavedFact):
        return read_fact_text(framework.fact(seen.fact), str(value))
    if not framework.has_item(seen.item):
        raise Refused([Fault("item_unknown", item=seen.item)])
    value = read_field(framework.item(seen.item), name, value)
    if name == _MEANS and value and value not in {means.id for means in framework.means}:
        raise Refused([Fault("not_an_option", item=seen.item, values={"text": value})])
    return value


@dataclass(frozen=True)
class Saved:
    """What the database now holds of the field's item or fact, and the sheet with it."""

    kept: Kept
    sheet: Sheet


def save(
    store: Store,
    signature: Signature,
    sheet: Sheet,
    seen: Kept,
    name: str,
    value: Any,  # noqa: ANN401
) -> Saved | Clash:
    """Save one field over the version that was ``seen``.

    Raises ``Refused`` where the value cannot be taken (nothing is written), ``Forbidden`` where
    the person may not answer, and ``NotSaved`` where the database cannot write.
    """
    authorise(store, Action.ANSWER, sheet.community)
    typed, value = value, checked(sheet.framework, seen, name, value)
    with store.writing() as connection:
        sheet, moved = hold_sheet(connection, store, sheet, signature)
        if moved:
            value = checked(sheet.framework, seen, name, typed)
        now = sheet_now(connection, sheet)
        current = kept_in(now, seen)
        if field_of(current, name) == value:
            return Saved(current, now)
        if field_of(current, name) != field_of(seen, name):
            return Clash(current)
        wanted = with_field(current, name, value)
        if isinstance(wanted, Answer) and isinstance(current, Answer):
            wanted = undecided(wanted, current)
        if moved and current.to_confirm:
            # It was said to the item as it was before the checklist changed.
            wanted = replace(wanted, to_confirm=True)
        kept = write_kept(connection, sheet.assessment.id, wanted, signature)
        if kept is None:
            return Clash(current)
        log.append(connection, change_of(sheet, signature, current, kept))
        opened = reopened(connection, signature, sheet.assessment)
        fresh = replace(sheet_with(now, kept), assessment=opened)
        scores.write_score(connection, fresh, signature.at)
        return Saved(kept, fresh)


def kept_in(sheet: Sheet, like: Kept) -> Kept:
    """What a sheet holds of the item or fact that ``like`` is about."""
    if isinstance(like, Answer):
        return sheet.answers.get(like.item, Answer(like.item))
    return sheet.saved_facts.get(like.fact, SavedFact(like.fact))


def as_seen(store: Store, assessment_id: int, now: Kept, revision: int) -> Kept:
    """What is kept ``now``, as it was at ``revision``; blank if there was none."""
    subject = subject_of(now)
    blank: Kept = Answer(subject) if isinstance(now, Answer) else SavedFact(subject)
    if revision <= 0:
        return blank
    with store.reading() as connection:
        entry = log.at_revision(connection, assessment_id, subject, revision)
    if entry is None:
        return blank
    if isinstance(now, Answer):
        return answers.from_log(subject, entry.new, revision)
    return SavedFact(subject, entry.new, revision)


def hold_sheet(
    connection: Transaction, store: Store, sheet: Sheet, signature: Signature
) -> tuple[Sheet, bool]:
    """Hold the assessment for this transaction, so that its score sees every saved answer.

    Where it was moved to another framework since the page was drawn, the sheet follows. Raises
    ``Refused``: ``assessment_gone``, or ``round_closed`` where the round is over.
    """
    held = rounds.hold_assessment(connection, sheet.assessment.id)
    if held is None:
        raise Refused([Fault("assessment_gone")])
    require_open(connection, held.round, signature.at)
    if held.framework == sheet.assessment.framework:
        return replace(sheet, assessment=held), False
    framework = framework_of(store, held.framework)
    return replace(sheet, framework=framework, assessment=held), True


def sheet_now(connection: Transaction, sheet: Sheet) -> Sheet:
    """The sheet with what the database holds now."""
    return with_kept(
        sheet,
        answers.load_answers(connection, sheet.assessment.id),
        facts.load_facts(connection, sheet.assessment.id),
        evidence.count_evidence(connection, sheet.assessment.id),
    )


def sheet_with(sheet: Sheet, kept: Kept) -> Sheet:
    """The sheet with one answer or fact replaced."""
    if isinstance(kept, Answer):
        return with_kept(sheet, {**sheet.answers, kept.item: kept}, sheet.saved_facts)
    return with_kept(sheet, sheet.answers, {**sheet.saved_facts, kept.fact: kept})


def write_kept(
    connection: Transaction, assessment_id: int, wanted: Kept, signature: Signature
) -> Kept | None:
    """Write over the revision that ``wanted`` carries; ``None`` if another came between."""
    by, at = signature.by, signature.at
    if isinstance(wanted, Answer):
        return answers.write_answer(connection, assessment_id, wanted, by, at)
    return facts.write_fact(connection, assessment_id, wanted, by, at)


def change_of(
    sheet: Sheet, signature: Signature, old: Kept, new: Kept, action: str = ""
) -> log.Change:
    """The log's entry of one answer or fact, called by its kind unless told otherwise."""
    return log.Change(
        by=signature.by,
        at=signature.at,
        action=action or ("answer" if isinstance(new, Answer) else "fact"),
        community=sheet.community.code,
        assessment=sheet.assessment.id,
        subject=subject_of(new),
        revision=new.revision,
        old=log_text(old),
        new=log_text(new),
    )


def log_text(kept: Kept) -> str:
    """What the log holds of an answer or fact."""
    return answers.to_log(kept) if isinstance(kept, Answer) else kept.value
