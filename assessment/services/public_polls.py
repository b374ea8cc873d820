"""The page that anybody may answer on: what it shows, and taking one form.

It tells the name of the community and the questions, and nothing else. What comes back is a
count of forms, not of persons: nobody is asked who they are.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from assessment.domain.errors import Fault, Refused
from assessment.domain.poll import Poll, Reply
from assessment.domain.questionnaire import CHOICES, Questionnaire
from assessment.domain.records import Community
from assessment.domain.round_days import is_closed
from assessment.services.throttling import Limit, count_form, require_room
from assessment.store import communities, log, polls, rounds
from assessment.store.engine import Store, Transaction

POLL_PATH = "/poll"
BY = "resident"
# Far more than a community has residents: a flood ends here instead of filling the disk.
MOST_ONLINE = 20_000
_SUBMISSION = re.compile(r"[A-Za-z0-9_-]{16,64}")
# A whole meeting may share one address; a flood waits, and its poll alone.
_OF_ADDRESS = Limit(60, timedelta(minutes=10))
_OF_POLL = Limit(300, timedelta(minutes=1))


@dataclass(frozen=True)
class OpenPoll:
    """A poll that takes answers now."""

    poll: Poll
    questionnaire: Questionnaire
    community: Community
    sample: bool


def open_poll(store: Store, token: str, at: datetime) -> OpenPoll | None:
    """The poll at this address, if its page is open at this moment."""
    with store.reading() as connection:
        return _open_in(connection, token, at)


def take_reply(
    store: Store,
    token: str,
    submission: str,
    fields: Mapping[str, str],
    visitor: str,
    at: datetime,
) -> None:
    """Keep one form; sent twice (the same ``submission``) it is kept once.

    ``fields`` are choices by question, and ``age``; ``visitor`` is the network address, of which
    only a hash is kept for at most an hour. Raises ``Refused``: ``poll_not_open``,
    ``poll_form_broken``, ``poll_nothing_chosen``, ``poll_wait`` or ``poll_full``.
    """
    with store.reading() as connection:
        # A flood is turned away before it waits for its turn to write, where staff save.
        found = _required(connection, token, at)
        reply, key = _read(found.questionnaire, fields), _key(found, submission)
        limits = _limits(found, token, visitor)
        if polls.is_taken(connection, key):
            return
        require_room(connection, limits, at)
    with store.writing() as connection:
        found = _required(connection, token, at)
        if polls.is_taken(connection, key):
            return
        if polls.count_online(connection, found.poll.id) >= MOST_ONLINE:
            raise Refused([Fault("poll_full", values={"limit": f"{MOST_ONLINE:,}"})])
        count_form(connection, limits, at)
        reply_id = polls.add_reply(connection, found.poll.id, reply, key, at)
        if reply_id is not None:
            log.append(connection, _change(found, reply_id, reply, at))


def _required(connection: Transaction, token: str, at: datetime) -> OpenPoll:
    found = _open_in(connection, token, at)
    if found is None:
        raise Refused([Fault("poll_not_open")])
    return found


def _key(found: OpenPoll, submission: str) -> str:
    if not _SUBMISSION.fullmatch(submission):
        raise Refused([Fault("poll_form_broken")])
    return f"online/{found.poll.id}/{submission}"


def _limits(found: OpenPoll, token: str, visitor: str) -> Mapping[str, Limit]:
    hashed = hashlib.sha256(f"{token} {visitor}".encode()).hexdigest()[:32]
    return {f"poll:{found.poll.id}": _OF_POLL, f"poll:{hashed}": _OF_ADDRESS}


def _open_in(connection: Transaction, token: str, at: datetime) -> OpenPoll | None:
    poll = polls.find_by_token(connection, token)
    if poll is None or not poll.takes_answers(at):
        return None
    assessment = rounds.load_assessment(connection, poll.assessment)
    community = communities.load_community(connection, assessment.community) if assessment else None
    one_round = rounds.load_round(connection, assessment.round) if assessment else None
    if community is None or one_round is None or is_closed(one_round, at):
        return None
    questionnaire = polls.load(connection, poll.questionnaire)
    return OpenPoll(poll, questionnaire, community, one_round.sample)


def _read(questionnaire: Questionnaire, fields: Mapping[str, str]) -> Reply:
    known = {one.id for one in questionnaire.questions}
    choices = {name: value for name, value in fields.items() if name in known and value}
    age = fields.get("age", "")
    if any(one not in CHOICES for one in choices.values()):
        raise Refused([Fault("poll_form_broken")])
    if age and age not in {one.id for one in questionnaire.ages}:
        raise Refused([Fault("poll_form_broken")])
    if not choices:
        raise Refused([Fault("poll_nothing_chosen")])
    return Reply(choices, age)


def _change(found: OpenPoll, reply_id: int, reply: Reply, at: datetime) -> log.Change:
    said = [f"{question}={choice}" for question, choice in sorted(reply.choices.items())]
    return log.Change(
        BY,
        at,
        "poll_reply",
        community=found.community.code,
        assessment=found.poll.assessment,
        subject=str(reply_id),
        new=" ".join([*said, *([f"age={reply.age}"] if reply.age else [])]),
    )
