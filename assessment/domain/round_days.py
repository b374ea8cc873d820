"""The days of a round: when it opens, is due and closes, and what a round may be called."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

from assessment.domain.errors import Fault
from assessment.domain.names import compare_key
from assessment.domain.records import Round

# A day in China begins and ends everywhere in the country at the same moment.
CHINA = timezone(timedelta(hours=8))
_DAYS = ("opens", "due", "closes")
_LABELS = ("label_zh", "label_en")


class Window(StrEnum):
    """Where a moment stands in a round."""

    EARLY = "early"
    OPEN = "open"
    LATE = "late"
    CLOSED = "closed"


@dataclass(frozen=True)
class WindowDays:
    """A round's window at a moment, with the days until it is due (negative after)."""

    window: Window
    days_to_due: int | None


def chinese_day(at: datetime) -> str:
    """The day that a moment lies in, as 2026-12-31."""
    return at.astimezone(CHINA).date().isoformat()


def window_of(one: Round, at: datetime) -> WindowDays:
    """Whether a round is open, late or closed at a moment; days include their whole last hour."""
    today = chinese_day(at)
    left = (date.fromisoformat(one.due) - date.fromisoformat(today)).days if one.due else None
    if is_closed(one, at):
        return WindowDays(Window.CLOSED, left)
    if today < one.opens:
        return WindowDays(Window.EARLY, left)
    return WindowDays(Window.LATE if left is not None and left < 0 else Window.OPEN, left)


def is_closed(one: Round, at: datetime) -> bool:
    """Whether nothing may be saved in the round any more."""
    return bool(one.closes) and chinese_day(at) > one.closes


def current_round(rounds: Sequence[Round], at: datetime, sample: bool = False) -> Round | None:
    """The round of a kind that work is for: the latest that has opened, else the next one.

    ``rounds`` has the latest first; ``None`` if none is of this kind.
    """
    alike = [one for one in rounds if one.sample == sample]
    today = chinese_day(at)
    return next((one for one in alike if one.opens <= today), alike[-1] if alike else None)


def round_faults(one: Round, others: Iterable[Round]) -> Iterator[Fault]:
    """Everything that is wrong with a round beside the others."""
    yield from _day_faults(one)
    for name in _LABELS:
        label = getattr(one, name)
        if not compare_key(label):
            yield Fault("round_label_empty", name)
        elif any(compare_key(getattr(other, name)) == compare_key(label) for other in others):
            yield Fault("round_label_taken", name, values={"label": label})


def _day_faults(one: Round) -> Iterator[Fault]:
    wrong = [name for name in _DAYS if getattr(one, name) and not _is_day(getattr(one, name))]
    for name in wrong:
        yield Fault("day_unreadable", name, values={"text": getattr(one, name)[:20]})
    if not one.opens:
        yield Fault("round_opens_empty", "opens")
    if wrong:
        return
    if one.due and one.due < one.opens:
        yield Fault("round_due_early", "due", values={"due": one.due, "opens": one.opens})
    last = one.due or one.opens
    if one.closes and one.closes < last:
        yield Fault("round_closes_early", "closes", values={"closes": one.closes, "last": last})


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
