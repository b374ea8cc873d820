"""The poll of a community: its page switched on and off, the address on paper, counts by hand.

Nothing here touches an answer, a score or the code of an assessment.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from assessment.domain.errors import Fault, Refused
from assessment.domain.evidence import read_address
from assessment.domain.permissions import Action
from assessment.domain.poll import CountedAnswers, Poll, read_days
from assessment.domain.questionnaire import CHOICES, Questionnaire
from assessment.domain.records import Signature
from assessment.domain.sheet import Sheet
from assessment.domain.typed_numbers import COUNT, parse_number
from assessment.services.authorising import authorise, sees
from assessment.services.log_entries import entry_about
from assessment.services.questionnaires import (
    current_questionnaire,
    questionnaire_of,
    questions_content,
)
from assessment.services.round_window import require_open
from assessment.store import log, polls
from assessment.store.engine import Store, Transaction

# Letters that are not taken for one another when somebody copies an address from paper.
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_LETTERS_IN_TOKEN = 12


@dataclass(frozen=True)
class CountBox:
    """One box of the table of counts, with what stood in it when it was drawn."""

    question: str
    choice: str
    seen: int | None


def poll_of(store: Store, sheet: Sheet) -> Poll:
    """The poll of an assessment; one that was never saved for who may not see the community."""
    found = None
    if sees(store, sheet.community):
        with store.reading() as connection:
            found = polls.find_poll(connection, sheet.assessment.id)
    return found or Poll(sheet.assessment.id, current_questionnaire().hash)


def questions_of(store: Store, poll: Poll) -> Questionnaire:
    """The questions of a poll, in the version that it began with."""
    return questionnaire_of(store, poll.questionnaire) if poll.id else current_questionnaire()


def counts_of(store: Store, sheet: Sheet, poll: Poll) -> CountedAnswers:
    """What was counted by hand; nothing for who may not see the community."""
    if not poll.id or not sees(store, sheet.community):
        return CountedAnswers()
    with store.reading() as connection:
        return polls.load_counts(connection, poll.id)


def switch_on(
    store: Store,
    signature: Signature,
    sheet: Sheet,
    poll: Poll,
    opens: date | None,
    closes: date | None,
) -> None:
    """Open the page to everybody who has its address, from one day to another.

    Raises ``Forbidden``, or ``Refused`` with the fault of the days, ``round_closed`` or
    ``poll_changed``.
    """
    first, last = read_days(opens, closes, signature.at)
    _change_poll(
        store,
        signature,
        sheet,
        poll,
        "poll_open",
        lambda one: replace(one, switched_on=True, opens=first, closes=last),
    )


def switch_off(store: Store, signature: Signature, sheet: Sheet, poll: Poll) -> None:
    """Close the page at once. Raises ``Forbidden``, or ``Refused`` with ``poll_changed``."""
    _change_poll(
        store, signature, sheet, poll, "poll_close", lambda one: replace(one, switched_on=False)
    )


def set_address(store: Store, signature: Signature, sheet: Sheet, poll: Poll, address: str) -> None:
    """Keep what the code on paper leads to; blank for no code.

    Raises ``Forbidden``, or ``Refused``: ``link_invalid``, ``link_too_long``, ``round_closed``
    or ``poll_changed``.
    """
    kept = read_address(address) if address.strip() else ""
    _change_poll(
        store, signature, sheet, poll, "poll_address", lambda one: replace(one, address=kept)
    )


def set_count(
    store: Store, signature: Signature, sheet: Sheet, box: CountBox, typed: str
) -> int | None:
    """Keep a count that was added up by hand; blank takes it out again.

    Raises ``Forbidden``, or ``Refused``: a fault of the number, ``round_closed``, or
    ``poll_count_changed`` where a colleague typed something else meanwhile.
    """
    authorise(store, Action.POLL, sheet.community)
    count = int(parse_number(typed, COUNT)) if typed.strip() else None
    with store.writing() as connection:
        require_open(connection, sheet.round.id, signature.at)
        poll = begun_in(connection, signature, sheet.assessment.id)
        known = {one.id for one in polls.load(connection, poll.questionnaire).questions}
        if box.question not in known or box.choice not in CHOICES:
            raise Refused([Fault("poll_box_unknown")])
        now = polls.load_counts(connection, poll.id).of(box.question, box.choice)
        if now == count:
            return count
        if now != box.seen:
            raise Refused([Fault("poll_count_changed", values={"now": _written(now) or "–"})])
        by, at = signature.by, signature.at
        polls.write_count(connection, poll.id, box.question, box.choice, count, by, at)
        subject = f"{box.question}/{box.choice}"
        change = entry_about(
            signature, sheet, "poll_count", subject, _written(now), _written(count)
        )
        log.append(connection, change)
    return count


def begun_in(connection: Transaction, signature: Signature, assessment: int) -> Poll:
    """The poll of an assessment inside a transaction, begun if there was none."""
    found = polls.find_poll(connection, assessment)
    if found is not None:
        return found
    questions = polls.publish(connection, questions_content(), signature.at)
    token = "".join(secrets.choice(_LETTERS) for _ in range(_LETTERS_IN_TOKEN))
    fresh = Poll(assessment, questions.hash, token)
    return polls.add_poll(connection, fresh, signature.by, signature.at)


def _change_poll(
    store: Store,
    signature: Signature,
    sheet: Sheet,
    seen: Poll,
    action: str,
    change: Callable[[Poll], Poll],
) -> None:
    authorise(store, Action.POLL, sheet.community)
    with store.writing() as connection:
        if action != "poll_close":
            require_open(connection, sheet.round.id, signature.at)
        now = begun_in(connection, signature, sheet.assessment.id)
        wanted = change(now)
        if wanted == now:  # pressed twice
            return
        if now.revision != max(seen.revision, 1):
            raise Refused([Fault("poll_changed")])
        if not polls.write_poll(connection, wanted, signature.by, signature.at):
            raise Refused([Fault("poll_changed")])
        old, new = _words(action, now), _words(action, wanted)
        log.append(connection, entry_about(signature, sheet, action, "", old, new))


def _words(action: str, poll: Poll) -> str:
    """What the log keeps: the address, or the days on which the page is open."""
    if action == "poll_address":
        return poll.address
    return f"{poll.opens} – {poll.closes}" if poll.switched_on else ""


def _written(count: int | None) -> str:
    return "" if count is None else str(count)
