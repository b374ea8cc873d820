"""A community's poll: whether its page is open, what came back, and what was counted by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from assessment.domain.errors import Fault, Refused
from assessment.domain.questionnaire import CHOICES
from assessment.domain.round_days import chinese_day

MOST_DAYS_OPEN = 366


class Source(StrEnum):
    """How answers came in. They are never added up without saying so."""

    COUNTED = "counted"
    FILE = "file"
    ONLINE = "online"


@dataclass(frozen=True)
class Poll:
    """The poll of one assessment, bound to one version of the questions by its hash.

    ``token`` is the last part of the page's address. The page takes answers while it is
    ``switched_on``, from the day ``opens`` to the end of the day ``closes``. ``address`` is what
    the code on paper leads to; blank for none. ``revision`` 0 was never saved.
    """

    assessment: int
    questionnaire: str
    token: str = ""
    switched_on: bool = False
    opens: str = ""
    closes: str = ""
    address: str = ""
    revision: int = 0
    id: int = 0

    def takes_answers(self, at: datetime) -> bool:
        """Whether the page is open at a moment."""
        return self.switched_on and self.opens <= chinese_day(at) <= self.closes


@dataclass(frozen=True)
class Reply:
    """What one form says: choices by question, without those left out; ``age`` may be blank."""

    choices: Mapping[str, str]
    age: str = ""


@dataclass(frozen=True)
class Brought:
    """A file of replies that was brought in; its replies count until it is taken out again."""

    id: int
    name: str
    replies: int
    by: str
    at: datetime
    removed_at: datetime | None = None


@dataclass(frozen=True)
class CountedAnswers:
    """Counts by question and choice that somebody added up by hand; what is not typed is absent."""

    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def of(self, question: str, choice: str) -> int | None:
        """One count; ``None`` where none was typed."""
        return self.counts.get(question, {}).get(choice)

    def missing(self, question: str) -> int:
        """How many counts a question still lacks; 0 where nothing was begun, or all is there."""
        typed = len(self.counts.get(question, {}))
        return len(CHOICES) - typed if typed else 0


def read_days(opens: date | None, closes: date | None, at: datetime) -> tuple[str, str]:
    """The first and last day on which a page takes answers.

    Raises ``Refused``: ``poll_days_missing``, ``poll_days_order``, ``poll_days_past`` or
    ``poll_days_long``.
    """
    if opens is None or closes is None:
        raise Refused([Fault("poll_days_missing")])
    days = {"opens": opens.isoformat(), "closes": closes.isoformat()}
    if closes < opens:
        raise Refused([Fault("poll_days_order", values=days)])
    if days["closes"] < chinese_day(at):
        raise Refused([Fault("poll_days_past", values=days)])
    if (closes - opens).days > MOST_DAYS_OPEN:
        raise Refused([Fault("poll_days_long", values={"limit": str(MOST_DAYS_OPEN)})])
    return days["opens"], days["closes"]
