"""What happened to an assessment: its hand-overs, and what was changed since one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.domain.answers import Answer
from assessment.domain.handover import Handover, HandoverAction, Pin
from assessment.domain.records import AssessmentState, SavedFact
from assessment.domain.sheet import Sheet, with_kept
from assessment.services.answering import Kept
from assessment.store import answers, handovers, log
from assessment.store.engine import Store, Transaction


@dataclass(frozen=True)
class Difference:
    """An item or fact that is not what it was."""

    subject: str
    before: Kept
    now: Kept


@dataclass(frozen=True)
class Course:
    """The hand-overs of an assessment, the earliest first, and what is compared with.

    ``since`` is the hand-over before the work in view: of what is handed in the one before it,
    else the last one. ``differences`` are what was changed since, ``sent`` the pins of the last
    return.
    """

    handovers: Sequence[Handover]
    since: Handover | None
    differences: Sequence[Difference]
    sent: Sequence[Pin]

    @property
    def last(self) -> Handover | None:
        """The last hand-over."""
        return self.handovers[-1] if self.handovers else None

    @property
    def changed(self) -> frozenset[str]:
        """The items and facts that were changed since."""
        return frozenset(one.subject for one in self.differences)

    def last_of(self, action: HandoverAction) -> Handover | None:
        """The last hand-over of a kind."""
        return next((one for one in reversed(self.handovers) if one.action is action), None)


def course_of(store: Store, sheet: Sheet) -> Course:
    """The course of an assessment up to now."""
    with store.reading() as connection:
        found = handovers.load_handovers(connection, sheet.assessment.id)
        since = _since(sheet.assessment.state, found)
        differences = differences_since(connection, sheet, since.log_id) if since else ()
        returned = [one for one in found if one.action is HandoverAction.RETURN]
        sent = handovers.pins_of(connection, returned[-1].id) if returned else []
    return Course(found, since, differences, sent)


def differences_since(connection: Transaction, sheet: Sheet, entry: int) -> Sequence[Difference]:
    """What differs between a sheet now and at an entry of the log; what was put back does not."""
    first: dict[str, Kept] = {}
    facts = {one.id for one in sheet.framework.facts}
    for change in log.changes_since(connection, sheet.assessment.id, entry):
        if change.action == "fact" or change.subject in facts:
            kept: Kept = SavedFact(change.subject, change.old, change.revision - 1)
        else:
            kept = answers.from_log(change.subject, change.old, change.revision - 1)
        first.setdefault(change.subject, kept)
    pairs = ((subject, before, _now(sheet, before)) for subject, before in first.items())
    found = [Difference(*pair) for pair in pairs if _said(pair[1]) != _said(pair[2])]
    order = [fact.id for fact in sheet.framework.facts]
    order += [item.id for item in sheet.framework.items]
    places = {subject: place for place, subject in enumerate(order)}
    return sorted(found, key=lambda one: places.get(one.subject, len(places)))


def as_it_was(sheet: Sheet, differences: Sequence[Difference]) -> Sheet:
    """The sheet before the differences, judged under its checklist of today."""
    said, known = dict(sheet.answers), dict(sheet.saved_facts)
    for one in differences:
        if isinstance(one.before, Answer):
            said[one.subject] = one.before
        else:
            known[one.subject] = one.before
    return with_kept(sheet, said, known)


def _since(state: AssessmentState, found: Sequence[Handover]) -> Handover | None:
    if state is not AssessmentState.SUBMITTED:
        return found[-1] if found else None
    return found[-2] if len(found) > 1 else None


def _now(sheet: Sheet, before: Kept) -> Kept:
    if isinstance(before, Answer):
        return sheet.answers.get(before.item, Answer(before.item))
    return sheet.saved_facts.get(before.fact, SavedFact(before.fact))


def _said(kept: Kept) -> object:
    return answers.to_plain(kept) if isinstance(kept, Answer) else kept.value
