"""When actions run, how the score rises with them, and what became of them."""

from decimal import Decimal

import pytest

from assessment.domain.action_check import Check, check_actions
from assessment.domain.answers import Outcome
from assessment.domain.plan import ActionState, Month, PlannedAction
from assessment.domain.records import Programme
from assessment.domain.schedule import (
    Span,
    after_window,
    missing_first,
    schedule,
    staircase,
)
from tests.domain.sheets import make_sheet
from tests.domain.test_cheapest import FRAMEWORK, sheet_of

MONTH = Month(2026, 12)
DONE = ActionState.DONE


def action(number: int, item: str = "C-01", **others) -> PlannedAction:
    return PlannedAction(number, item, item, cost=Decimal(1), **others)


def test_what_waits_begins_the_month_after_and_not_before():
    first = action(1, starts=MONTH, months=3)
    open_start = action(2, months=2, after=1)
    too_early = action(3, starts=Month(2027, 1), months=1, after=1)
    in_time = action(4, starts=Month(2027, 6), months=1, after=1)
    spans = schedule([too_early, open_start, in_time, first])
    assert spans[1] == Span(MONTH, Month(2027, 2))
    assert spans[2] == Span(Month(2027, 3), Month(2027, 4))
    assert spans[3] == Span(Month(2027, 3), Month(2027, 3), moved=True)
    assert spans[4] == Span(Month(2027, 6), Month(2027, 6))


def test_delays_run_through_a_whole_chain():
    chain = [action(3, starts=MONTH, months=1, after=2), action(2, starts=MONTH, months=1, after=1)]
    spans = schedule([*chain, action(1, starts=MONTH, months=12)])
    assert [str(spans[one].ends) for one in (1, 2, 3)] == ["2027-11", "2027-12", "2028-01"]


@pytest.mark.parametrize("state", [ActionState.UNDER_WAY, DONE])
def test_what_has_begun_stays_where_it_is(state: ActionState):
    first = action(1, starts=MONTH, months=3)
    assert schedule([first, action(2, starts=MONTH, months=1, after=1, state=state)])[2] == Span(
        MONTH, MONTH
    )


def test_nobody_waits_for_what_is_done():
    first = action(1, starts=MONTH, months=3, state=DONE)
    assert not schedule([first, action(2, starts=MONTH, months=1, after=1)])[2].moved


def test_what_has_no_length_or_no_beginning_has_no_span():
    unknown = [action(1, starts=MONTH), action(2, months=3), action(3, months=3, after=2)]
    assert schedule(unknown) == {}


def test_a_circle_of_old_records_ends():
    ring = [action(1, starts=MONTH, months=1, after=2), action(2, starts=MONTH, months=1, after=1)]
    assert set(schedule(ring)) == {1, 2}


def test_a_staircase_rises_by_the_month_and_never_falls():
    actions = [
        action(1, "C-01", starts=MONTH, months=3),
        action(2, "G-01", starts=MONTH, months=1),
        action(3, "C-03", starts=MONTH, months=3),
        action(4, "C-02"),
        action(5, "C-02", starts=MONTH, months=2, state=DONE),
    ]
    steps = staircase(sheet_of(), actions, schedule(actions))
    assert [(str(one.month), len(one.actions)) for one in steps] == [("2026-12", 1), ("2027-02", 2)]
    lows = [float(one.sheet.scores.overall.low[0]) for one in steps]
    assert lows == sorted(lows)


def test_who_waits_for_something_that_was_not_chosen_is_named():
    first, second = action(1), action(2, after=1)
    assert missing_first([first, second], [second]) == [2]
    assert missing_first([first, second], [first, second]) == []
    assert missing_first([second], [second]) == [], "the first was removed"
    done = action(1, state=DONE)
    assert missing_first([done, second], [second]) == []


def test_the_window_of_the_latest_list_counts():
    lists = [
        Programme(str(k), "", "", "", "2023-07", end, "")
        for k, end in enumerate(["2024-10", "2025-07"])
    ]
    assert after_window(Span(MONTH, MONTH), lists)
    assert not after_window(Span(MONTH, Month(2025, 7)), lists)
    assert not after_window(None, lists)
    assert not after_window(Span(MONTH, MONTH), [])


@pytest.mark.parametrize(
    ("choice", "state", "ends", "expected"),
    [
        ("s2", DONE, "2026-01", Check.DONE_MET),
        ("s1", DONE, "2026-01", Check.DONE_NOT_MET),
        ("unknown", DONE, "2026-01", Check.DONE_OPEN),
        ("", DONE, "2026-01", Check.DONE_OPEN),
        ("s2", ActionState.PLANNED, "2027-12", Check.MET_BEFORE_DONE),
        ("s0", ActionState.UNDER_WAY, "2026-11", Check.OVERDUE),
        ("s0", ActionState.UNDER_WAY, "2026-12", Check.WAITING),
        ("s0", ActionState.PLANNED, "2027-12", Check.WAITING),
    ],
)
def test_an_action_is_held_against_the_new_answer(choice, state, ends, expected):
    before = sheet_of()
    now = make_sheet(FRAMEWORK, {"G-01": choice})
    one = action(1, "G-01", starts=Month.read(ends), months=1, state=state)
    (checked,) = check_actions(now, before, [one], MONTH)
    assert checked.check is expected
    assert checked.before is Outcome.NOT_MET


def test_an_item_that_the_new_checklist_does_not_ask_is_said_to_be_gone():
    (checked,) = check_actions(sheet_of(), None, [action(1, "X-01")], MONTH)
    assert (checked.check, checked.before, checked.now) == (Check.NOT_ASKED, None, None)
