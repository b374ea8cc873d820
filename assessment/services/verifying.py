"""Whether a code on paper still stands for what is kept here, and what differs if not."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assessment.domain.fingerprint import fingerprint, read_code
from assessment.domain.handover import Handover, HandoverAction
from assessment.domain.records import AssessmentState
from assessment.domain.sheet import Sheet
from assessment.services.authorising import sees
from assessment.services.reviewing import Difference, as_it_was, differences_since
from assessment.services.sheets import sheet_in
from assessment.store import handovers, rounds
from assessment.store.engine import Store, Transaction


class Answer(StrEnum):
    """What a code turns out to be."""

    APPROVED = "approved"
    APPROVED_BEFORE = "approved_before"
    HANDED_IN = "handed_in"
    HANDED_IN_BEFORE = "handed_in_before"
    DRAFT = "draft"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verified:
    """The code in its own form, what it is, and where it comes from.

    ``handover`` is the one that gave the code out; ``differences`` lead from it to ``sheet``,
    the assessment as it is now. ``other_method`` says that the same answers are counted under
    another checklist now.
    """

    code: str
    answer: Answer
    sheet: Sheet | None = None
    handover: Handover | None = None
    differences: Sequence[Difference] = ()
    other_method: bool = False


def verify(store: Store, typed: str, in_view: Sheet | None) -> Verified:
    """What a typed code stands for. ``in_view`` is the assessment whose draft is also tried.

    Communities that the person at work may not see are not known here. Raises ``Refused`` for
    what is no code: ``code_sign``, ``code_length`` or ``code_mistyped``.
    """
    code = read_code(typed)
    with store.reading() as connection:
        handover = _best(handovers.find_code(connection, code))
        number = handover.assessment if handover else None
        number = number or handovers.find_assessment_by_code(connection, code)
        one = rounds.load_assessment(connection, number) if number else None
        sheet = sheet_in(connection, store, one) if one else None
        if sheet is not None and sees(store, sheet.community):
            return _compared(connection, code, sheet, handover)
    if in_view is not None and fingerprint(in_view) == code:
        return Verified(code, Answer.DRAFT, in_view)
    return Verified(code, Answer.UNKNOWN)


def _best(found: Sequence[Handover]) -> Handover | None:
    """Of the hand-overs of one code the approval, else the latest."""
    approvals = [one for one in found if one.action is HandoverAction.APPROVE]
    return next(iter([*approvals, *found]), None)


def _compared(
    connection: Transaction, code: str, sheet: Sheet, handover: Handover | None
) -> Verified:
    approved = handover is not None and handover.action is HandoverAction.APPROVE
    if fingerprint(sheet) == code:
        state = sheet.assessment.state
        if approved and state is AssessmentState.APPROVED:
            return Verified(code, Answer.APPROVED, sheet, handover)
        answer = Answer.HANDED_IN if state.is_submitted else Answer.HANDED_IN_BEFORE
        return Verified(code, Answer.APPROVED_BEFORE if approved else answer, sheet, handover)
    found = differences_since(connection, sheet, handover.log_id) if handover else ()
    before = Answer.APPROVED_BEFORE if approved else Answer.HANDED_IN_BEFORE
    other = bool(handover) and fingerprint(as_it_was(sheet, found)) != code
    return Verified(code, before, sheet, handover, found, other)
