"""The cheapest set of actions, held against trying every subset."""

from decimal import Decimal
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.cheapest import Proposal, Wanted, cheapest, passes_all, usable
from assessment.domain.framework import Framework
from assessment.domain.plan import Month, PlannedAction, after_actions, staircase, starts_too_early
from assessment.domain.sheet import Sheet
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


def by_trying(sheet: Sheet, actions, wanted: Wanted) -> Decimal | None:
    """The least cost of any subset that reaches what is wanted, found by trying all."""
    may = usable(actions, wanted)
    subsets = chain.from_iterable(combinations(may, n) for n in range(len(may) + 1))
    costs = []
    for some in subsets:
        chosen = {one.id for one in some}
        if any(one.after and one.after not in chosen for one in some):
            continue
        cost = sum((one.cost for one in some), Decimal(0))
        within = wanted.budget is None or cost <= wanted.budget
        if within and passes_all(after_actions(sheet, some), wanted.target):
            costs.append(cost)
    return min(costs, default=None)


ACTIONS = st.lists(
    st.one_of(
        st.builds(
            lambda item, cost, after: ("item", item, cost, after),
            st.sampled_from(["G-01", "C-01", "C-02", "C-03"]),
            st.integers(0, 50),
            st.booleans(),
        ),
        st.builds(
            lambda added, residents, cost, after: ("area", (added, residents), cost, after),
            st.integers(0, 120),
            st.integers(0, 120),
            st.integers(0, 50),
            st.booleans(),
        ),
    ),
    max_size=7,
)


def built(drawn) -> list[PlannedAction]:
    made = []
    for number, (kind, about, cost, waits) in enumerate(drawn, start=1):
        after = number - 1 if waits and number > 1 else None
        if kind == "item":
            made.append(action(number, about, cost, after=after))
        else:
            made.append(area(number, cost, *about, after=after))
    return made


@settings(max_examples=60)
@given(ACTIONS, st.integers(0, 100), st.one_of(st.none(), st.integers(0, 150)))
def test_no_subset_is_cheaper_and_none_is_missed(drawn, target, budget):
    sheet, actions = sheet_of(), built(drawn)
    wanted = Wanted(float(target), None if budget is None else Decimal(budget))
    best = by_trying(sheet, actions, wanted)
    found = cheapest(sheet, actions, wanted)
    assert found.reaches == (best is not None)
    if best is not None:
        assert found.cost == best
    if budget is not None:
        assert found.cost <= budget


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


def test_a_staircase_rises_by_the_month_and_never_falls():
    actions = [
        action(1, "C-01", 1, starts=MONTH, months=3),
        action(2, "G-01", 1, starts=MONTH, months=1),
        action(3, "C-03", 1, starts=MONTH, months=3),
        action(4, "C-02", 1),
    ]
    steps = staircase(sheet_of(), actions)
    assert [(str(one.month), len(one.actions)) for one in steps] == [("2026-12", 1), ("2027-02", 2)]
    lows = [float(one.sheet.scores.overall.low[0]) for one in steps]
    assert lows == sorted(lows)


def test_an_action_that_starts_before_the_one_it_waits_for_is_named():
    first = action(1, "C-01", 1, starts=MONTH, months=3)
    early = action(2, "G-01", 1, starts=Month(2027, 2), months=1, after=1)
    right = action(3, "G-01", 1, starts=Month(2027, 3), months=1, after=1)
    others = {1: first}
    assert starts_too_early(early, others) == first
    assert starts_too_early(right, others) is None


@pytest.mark.parametrize("typed", ["", "2026", "2026-13", "2026-0", "26-01", "二〇二六-01", "x-y"])
def test_what_is_no_month_is_none(typed: str):
    assert Month.read(typed) is None


def test_months_are_counted_over_the_turn_of_the_year():
    assert Month(2026, 11).plus(3) == Month(2027, 2)
    assert str(Month.read(" 2027-02 ")) == "2027-02"


def chosen(proposal: Proposal) -> list[int]:
    return [one.id for one in proposal.actions]
