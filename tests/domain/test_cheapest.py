"""The cheapest set of actions, held against trying every subset."""

from dataclasses import replace
from decimal import Decimal
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.answers import Answer, Outcome
from assessment.domain.cheapest import (
    Proposal,
    Wanted,
    cheapest,
    passes_all,
    standing_of,
    usable,
    way_out,
)
from assessment.domain.framework import Framework
from assessment.domain.plan import ActionState, Month, PlannedAction, after_actions
from assessment.domain.schedule import schedule
from assessment.domain.sheet import Sheet, with_kept
from tests.domain.frameworks import make_framework, make_item, make_rule
from tests.domain.sheets import make_sheet

TYPED = {"households": "1240", "service_area": "310", "activity_area": "150"}
MONTH = Month(2026, 12)


def planned_framework() -> Framework:
    """A gate, the two linked gates, three core items, of two themes."""
    area, share = make_rule("area_per_100_households", "30"), make_rule("activity_share", "60")
    return make_framework(
        [
            make_item("G-01", role="gate"),
            make_item("Q-01", role="gate", kind="quantity", rule=area),
            make_item("Q-02", role="gate", kind="quantity", rule=share),
            make_item("C-01"),
            make_item("C-02", weight=2.0),
            make_item("C-03", theme="two"),
        ],
        themes={"one": 1.0, "two": 1.0},
        linked={"area": "Q-01", "share": "Q-02"},
    )


FRAMEWORK = planned_framework()


def sheet_of(**choices: str) -> Sheet:
    said = {"G-01": "s0", "C-01": "s0", "C-02": "s1", "C-03": "s0"}
    return make_sheet(FRAMEWORK, said | choices, TYPED)


def action(number: int, item: str, cost: int, **others) -> PlannedAction:
    return PlannedAction(number, item, item, cost=Decimal(cost), **others)


def area(number: int, cost: int, added: int, residents: int, **others) -> PlannedAction:
    areas = {"service_area": Decimal(added), "activity_area": Decimal(residents)}
    return action(number, "Q-01", cost, **areas, **others)


def every_set(sheet: Sheet, actions, wanted: Wanted):
    """Cost and sheet of every set that the limits allow, without the code under test."""
    spans = schedule(actions)
    sets = chain.from_iterable(combinations(actions, n) for n in range(len(actions) + 1))
    for some in sets:
        chosen = {one.id for one in some}
        cost = sum((one.cost for one in some), Decimal(0))
        complete = all(one.after is None or one.after in chosen for one in some)
        in_time = wanted.by is None or all(spans[one.id].ends <= wanted.by for one in some)
        within = wanted.budget is None or cost <= wanted.budget
        if complete and in_time and within and not chosen & wanted.without:
            yield cost, after_actions(sheet, some)


def by_trying(sheet: Sheet, actions, wanted: Wanted) -> Decimal | None:
    """The least cost of any set that reaches what is wanted."""
    sets = every_set(sheet, actions, wanted)
    return min((cost for cost, then in sets if passes_all(then, wanted.target)), default=None)


def nearest_by_trying(sheet: Sheet, actions, wanted: Wanted) -> tuple[int, float, Decimal]:
    """Most gates, then most points, then the lowest cost of any set."""
    found = [(*standing_of(then), cost) for cost, then in every_set(sheet, actions, wanted)]
    gates = max(one[0] for one in found)
    low = max(one[1] for one in found if one[0] == gates)
    close = [one[2] for one in found if one[0] == gates and one[1] > low - 1e-9]
    return gates, low, min(close)


WHEN = st.tuples(st.integers(0, 12), st.integers(1, 12))
COSTS = st.one_of(st.integers(0, 50), st.integers(0, 5_000_000_000))
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["G-01", "C-01", "C-02", "C-03"]), COSTS, st.booleans(), WHEN),
        st.tuples(st.tuples(st.integers(0, 120), st.integers(0, 120)), COSTS, st.booleans(), WHEN),
    ),
    max_size=6,
)
FACTS = st.sampled_from(
    [
        TYPED,
        {"households": "1000", "service_area": "300", "activity_area": "180"},
        {"households": "900", "service_area": "300", "activity_area": "120.5"},
        {"households": "100", "service_area": "0", "activity_area": "0"},
        {"households": "0", "service_area": "310", "activity_area": "150"},
        {"service_area": "310", "activity_area": "150"},
        {"households": "1240", "service_area": "310", "activity_area": "330"},
    ]
)


def built(drawn) -> list[PlannedAction]:
    made = []
    for number, (about, cost, waits, (begins, months)) in enumerate(drawn, start=1):
        after = number - 1 if waits and number > 1 else None
        dates = {"after": after, "starts": MONTH.plus(begins), "months": months}
        if isinstance(about, str):
            made.append(action(number, about, cost, **dates))
        else:
            made.append(area(number, cost, *about, **dates))
    return made


@settings(max_examples=60)
@given(
    ACTIONS,
    FACTS,
    st.integers(0, 100),
    st.one_of(st.none(), st.integers(0, 150), st.integers(0, 9_000_000_000)),
    st.one_of(st.none(), st.integers(0, 30)),
    st.frozensets(st.integers(1, 7), max_size=2),
)
def test_no_set_is_cheaper_and_what_is_nearest_is(drawn, facts, target, budget, by, without):
    said = {"G-01": "s0", "C-01": "s0", "C-02": "s1", "C-03": "s0"}
    sheet, actions = make_sheet(FRAMEWORK, said, facts), built(drawn)
    limit = None if budget is None else Decimal(budget)
    last = None if by is None else MONTH.plus(by)
    wanted = Wanted(float(target), limit, last, without)
    best, found = by_trying(sheet, actions, wanted), cheapest(sheet, actions, wanted)
    assert found.reaches == (best is not None)
    if best is not None:
        assert found.cost == best
    else:
        gates, low, cost = nearest_by_trying(sheet, actions, wanted)
        assert standing_of(found.sheet) == (gates, pytest.approx(low, abs=1e-8))
        assert found.cost == cost


@settings(max_examples=20)
@given(ACTIONS, st.integers(0, 100), st.integers(0, 150), st.integers(0, 30))
def test_the_way_out_is_enough_and_nothing_less_is(drawn, target, budget, by):
    sheet, actions = sheet_of(), built(drawn)
    wanted = Wanted(float(target), Decimal(budget), MONTH.plus(by))
    if by_trying(sheet, actions, wanted) is not None:
        return
    out = way_out(sheet, actions, wanted)
    assert out.budget == by_trying(sheet, actions, replace(wanted, budget=None))
    months = sorted({span.ends for span in schedule(actions).values()})
    enough = (
        month
        for month in months
        if by_trying(sheet, actions, replace(wanted, by=month)) is not None
    )
    assert out.by == next(enough, None)


def test_a_yuan_decides_among_millions():
    dear, cheap = action(1, "G-01", 90_000_001), action(2, "G-01", 90_000_000)
    rooms = area(3, 123_456_789, 90, 90)
    found = cheapest(sheet_of(), [dear, cheap, rooms], Wanted(0, Decimal("213456789")))
    assert chosen(found) == [2, 3]
    short = cheapest(sheet_of(), [dear, cheap, rooms], Wanted(0, Decimal("213456788.99")))
    assert not short.reaches


def test_what_is_done_is_neither_paid_nor_counted_again():
    done = action(1, "G-01", 5, state=ActionState.DONE)
    assert usable([done], Wanted(0)) == ()
    assert after_actions(sheet_of(), [done]).judged == sheet_of().judged
    waiting = action(2, "C-01", 1, after=1)
    assert usable([done, waiting], Wanted(0)) == (waiting,)


def test_what_waited_for_a_removed_action_waits_no_longer():
    waiting = action(2, "G-01", 1, after=77)
    assert usable([waiting], Wanted(0)) == (waiting,)


def test_a_carried_answer_that_nobody_confirmed_counts_once_it_is_acted_on():
    carried = Answer("G-01", "s1", to_confirm=True)
    sheet = with_kept(sheet_of(), {**sheet_of().answers, "G-01": carried}, sheet_of().saved_facts)
    then = after_actions(sheet, [action(1, "G-01", 1)])
    assert then.judged["G-01"].outcome is Outcome.MET


def test_area_that_is_added_also_raises_what_residents_must_have():
    cheap_but_empty, enough = area(1, 10, 62, 0), area(2, 90, 90, 90)
    gate = action(3, "G-01", 5)
    found = cheapest(sheet_of(), [cheap_but_empty, enough, gate], Wanted(0))
    assert found.reaches
    assert [one.id for one in found.actions] == [2, 3]


def test_adding_and_converting_together_can_be_cheaper():
    add, convert, gate = area(1, 40, 62, 62), area(2, 5, 0, 12), action(3, "G-01", 5)
    dear = area(4, 90, 90, 90)
    found = cheapest(sheet_of(), [add, convert, gate, dear], Wanted(0))
    assert [one.id for one in found.actions] == [1, 2, 3]
    assert found.cost == 50


def test_what_cannot_be_done_within_the_budget_is_told_with_the_nearest():
    actions = [area(1, 90, 90, 90), action(2, "G-01", 20), action(3, "C-01", 10)]
    found = cheapest(sheet_of(), actions, Wanted(0, Decimal(30)))
    assert not found.reaches
    assert [one.id for one in found.actions] == [2, 3], "a gate and points, but no area"


def test_an_action_that_is_set_aside_gives_the_next_best():
    actions = [area(1, 50, 90, 90), area(2, 60, 100, 100), action(3, "G-01", 1)]
    assert chosen(cheapest(sheet_of(), actions, Wanted(0))) == [1, 3]
    assert chosen(cheapest(sheet_of(), actions, Wanted(0, without=frozenset({1})))) == [2, 3]


def test_only_what_ends_in_time_and_has_a_cost_is_chosen():
    late = action(1, "G-01", 1, starts=MONTH, months=6)
    unknown = PlannedAction(2, "G-01", "?", starts=MONTH, months=1)
    in_time = action(3, "G-01", 9, starts=MONTH, months=2)
    wanted = Wanted(0, by=Month(2027, 1))
    assert [one.id for one in usable([late, unknown, in_time], wanted)] == [3]


def test_what_waits_for_something_impossible_is_impossible():
    first = action(1, "C-01", 1, starts=MONTH, months=24)
    second = action(2, "G-01", 1, starts=MONTH, months=1, after=1)
    assert usable([first, second], Wanted(0, by=Month(2027, 3))) == ()


def test_without_any_action_the_sheet_stays_as_it_is():
    found = cheapest(sheet_of(), [], Wanted(0))
    assert (found.reaches, found.actions, found.cost) == (False, (), 0)


@pytest.mark.parametrize("typed", ["", "2026", "2026-13", "2026-0", "26-01", "二〇二六-01", "x-y"])
def test_what_is_no_month_is_none(typed: str):
    assert Month.read(typed) is None


def test_months_are_counted_over_the_turn_of_the_year():
    assert Month(2026, 11).plus(3) == Month(2027, 2)
    assert str(Month.read(" 2027-02 ")) == "2027-02"


def chosen(proposal: Proposal) -> list[int]:
    return [one.id for one in proposal.actions]
