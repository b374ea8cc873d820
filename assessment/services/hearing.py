"""What residents said about a community, for who may see it. Nothing here writes."""

from assessment.domain.poll import CountedAnswers
from assessment.domain.poll_results import Voice, hear
from assessment.domain.sheet import Sheet
from assessment.services.authorising import sees
from assessment.services.polling import poll_of, questions_of
from assessment.store import polls
from assessment.store.engine import Store


def voice_of(store: Store, sheet: Sheet) -> Voice:
    """All that residents said; nothing for who may not see the community."""
    poll = poll_of(store, sheet)
    questions = questions_of(store, poll)
    if not poll.id or not sees(store, sheet.community):
        return hear(questions, CountedAnswers(), {})
    with store.reading() as connection:
        counted = polls.load_counts(connection, poll.id)
        return hear(questions, counted, polls.load_replies(connection, poll.id))
