"""Long files leave others their turn, alone and together."""

import time

import pytest

from assessment.services import pacing
from assessment.services.pacing import TURN_SECONDS, paced


@pytest.fixture
def rests(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long it rested each time; the clock only moves with the work that a test says."""
    taken: list[float] = []
    monkeypatch.setattr(pacing.time, "sleep", taken.append)
    return taken


def work(seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


def test_every_row_comes_through_in_order(rests: list[float]) -> None:
    assert list(paced(range(1000))) == list(range(1000))


def test_it_rests_as_long_as_it_worked(rests: list[float]) -> None:
    for _ in paced(range(5)):
        work(TURN_SECONDS * 1.5)
    assert rests == [TURN_SECONDS] * 5


def test_many_files_together_take_no_more_than_half(rests: list[float]) -> None:
    others = [paced(range(3)) for _ in range(2)]
    for other in others:
        next(other)
    for _ in paced(range(1)):
        work(TURN_SECONDS * 1.5)
    # Three work one turn and rest five: each a sixth, together a half.
    assert rests == [TURN_SECONDS * 5]
    for other in others:
        other.close()
    rests.clear()
    for _ in paced(range(1)):
        work(TURN_SECONDS * 1.5)
    assert rests == [TURN_SECONDS]


def test_a_file_that_fails_is_no_longer_counted(rests: list[float]) -> None:
    def failing() -> object:
        yield 1
        raise RuntimeError

    with pytest.raises(RuntimeError):
        list(paced(failing()))
    assert pacing._running == [0]
