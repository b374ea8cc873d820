"""A round's window by the day in China, and which round work is for."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assessment.domain.records import Round
from assessment.domain.round_days import Window, current_round, is_closed, window_of

ONE = Round("1", "一", "One", "2026-07-01", "2026-11-30", "f", closes="2026-12-31")


@pytest.mark.parametrize(
    ("at", "window", "left"),
    [
        (datetime(2026, 6, 30, 15, 59, tzinfo=UTC), Window.EARLY, 153),
        (datetime(2026, 6, 30, 16, 0, tzinfo=UTC), Window.OPEN, 152),
        (datetime(2026, 11, 30, 15, 59, tzinfo=UTC), Window.OPEN, 0),
        (datetime(2026, 11, 30, 16, 0, tzinfo=UTC), Window.LATE, -1),
        (datetime(2026, 12, 31, 15, 59, tzinfo=UTC), Window.LATE, -31),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), Window.CLOSED, -32),
    ],
)
def test_a_day_ends_at_midnight_in_china(at: datetime, window: Window, left: int) -> None:
    found = window_of(ONE, at)
    assert (found.window, found.days_to_due) == (window, left)
    assert is_closed(ONE, at) == (window is Window.CLOSED)


def test_without_days_a_round_is_never_late_or_closed() -> None:
    far = datetime(2099, 1, 1, tzinfo=UTC)
    found = window_of(replace(ONE, due="", closes=""), far)
    assert (found.window, found.days_to_due) == (Window.OPEN, None)


def test_work_is_for_the_latest_round_that_has_opened() -> None:
    now = datetime(2026, 11, 24, tzinfo=UTC)
    later = replace(ONE, id="2", opens="2027-01-01")
    sample = replace(ONE, id="s", opens="2026-10-01", sample=True)
    assert current_round([later, sample, ONE], now) == ONE
    assert current_round([later], now) == later
    assert current_round([later, sample, ONE], now, sample=True) == sample
    assert current_round([], now) is None
