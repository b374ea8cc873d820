"""Items that a reviewer pins, with the reason; staff see them once the assessment is returned."""

from collections.abc import Sequence

from assessment.domain.errors import Fault, Refused
from assessment.domain.handover import Pin
from assessment.domain.names import read_text
from assessment.domain.permissions import Action
from assessment.domain.records import AssessmentState, Signature
from assessment.domain.sheet import Sheet
from assessment.services.authorising import allows, authorise
from assessment.services.log_entries import entry_about
from assessment.store import handovers, log, rounds
from assessment.store.engine import Store, Transaction

LONGEST_REASON = 1000


def pin(
    store: Store, signature: Signature, sheet: Sheet, item: str, reason: str, submission: str
) -> None:
    """Pin an item of an assessment that is under review; the same submission twice is one pin.

    Raises ``Forbidden``, ``NotSaved``, or ``Refused``: ``item_unknown``, ``pin_without_reason``,
    ``text_too_long``, ``text_control`` or ``not_handed_in``.
    """
    authorise(store, Action.REVIEW, sheet.community)
    words = read_reason(reason)
    if not sheet.framework.has_item(item):
        raise Refused([Fault("item_unknown", item=item)])
    with store.writing() as connection:
        held = rounds.hold_assessment(connection, sheet.assessment.id)
        if held is None or held.state is not AssessmentState.SUBMITTED:
            raise Refused([Fault("not_handed_in")])
        pin_in(connection, signature, sheet, item, words, submission)


def pin_in(
    connection: Transaction,
    signature: Signature,
    sheet: Sheet,
    item: str,
    reason: str,
    submission: str,
) -> None:
    """Pin an item inside a transaction that holds the assessment."""
    wanted = Pin(0, sheet.assessment.id, item, reason, None, signature.by, signature.at)
    if handovers.add_pin(connection, wanted, submission) is not None:
        log.append(connection, entry_about(signature, sheet, "pin", item, new=reason))


def unpin(store: Store, signature: Signature, sheet: Sheet, one: Pin) -> None:
    """Take back a pin that has not gone out yet. Raises ``Forbidden`` or ``NotSaved``."""
    authorise(store, Action.REVIEW, sheet.community)
    with store.writing() as connection:
        open_now = handovers.open_pins(connection, sheet.assessment.id)
        mine = [each for each in open_now if each.id == one.id and each.handover is None]
        if handovers.settle_pins(connection, mine, signature):
            log.append(connection, entry_about(signature, sheet, "unpin", one.item, old=one.reason))


def read_reason(typed: str) -> str:
    """A reason as it will be kept. Raises ``Refused``."""
    words = read_text(typed.strip(), LONGEST_REASON)
    if not words:
        raise Refused([Fault("pin_without_reason")])
    return words


def pins_for(store: Store, sheet: Sheet) -> Sequence[Pin]:
    """The open pins that the person at work may see: staff only those that were sent to them."""
    reviews = allows(store, Action.REVIEW, sheet.community)
    with store.reading() as connection:
        found = handovers.open_pins(connection, sheet.assessment.id)
    if sheet.assessment.state is AssessmentState.SUBMITTED and reviews:
        return found
    return [one for one in found if one.handover is not None]
