"""Facts that are typed, the quantities that follow from them, and facts that contradict."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.domain.errors import Refused
from assessment.domain.facts import contradictions, number_form, numbers, read_fact
from assessment.domain.formulas import FORMULAS, Quantity, compute
from assessment.domain.framework import FactDefinition
from assessment.domain.typed_numbers import AREA, HOUSEHOLDS, PEOPLE
from tests.domain.frameworks import AREA_FACTS, make_fact, make_framework, make_item

COUNTS = st.decimals(0, 10_000_000, places=0)
AREAS = st.decimals(0, 1_000_000, places=4)


def fact(fact_id: str, kind: str = "area", options=()) -> FactDefinition:
    return FactDefinition.model_validate(make_fact(fact_id, kind, options))


def typed(**values: str) -> dict[str, Decimal]:
    return {key: Decimal(value) for key, value in values.items()}


def test_the_area_per_100_households_is_exact():
    facts = typed(households="1240", service_area="372")
    assert compute("area_per_100_households", facts).value == 30
    facts = typed(households="3", service_area="1")
    assert compute("area_per_100_households", facts).value == Fraction(100, 3)


def test_the_activity_share_is_of_the_actual_floor_area():
    facts = typed(service_area="310", activity_area="186")
    assert compute("activity_share", facts).value == 60
    facts = typed(service_area="310", activity_area="185.9999")
    assert compute("activity_share", facts).value < 60


def test_0_1_and_0_2_square_metres_are_0_3_and_nothing_else():
    facts = typed(service_area="0.3", activity_area="0.1")
    assert compute("activity_share", facts).value == Fraction(100, 3)


@pytest.mark.parametrize(
    ("name", "facts", "fault"),
    [
        ("area_per_100_households", {"households": "0", "service_area": "372"}, "households_zero"),
        ("area_per_100_households", {"households": "0", "service_area": "0"}, "households_zero"),
        ("activity_share", {"service_area": "0", "activity_area": "0"}, "area_zero"),
        ("activity_share", {"service_area": "0", "activity_area": "1"}, "activity_above_total"),
        (
            "activity_share",
            {"service_area": "9", "activity_area": "9.0001"},
            "activity_above_total",
        ),
    ],
)
def test_what_cannot_be_computed_has_a_reason_and_no_value(name, facts, fault):
    assert compute(name, typed(**facts)) == Quantity(None, fault)


@pytest.mark.parametrize("name", FORMULAS)
def test_missing_facts_are_named(name: str):
    needed = FORMULAS[name].facts
    assert compute(name, {}) == Quantity(None, "fact_missing", needed)
    one = typed(**{needed[0]: "5"})
    assert compute(name, one) == Quantity(None, "fact_missing", needed[1:])


def test_no_area_at_all_is_a_value_of_nil_and_not_a_fault():
    facts = typed(households="100", service_area="0")
    assert compute("area_per_100_households", facts) == Quantity(Fraction(0))
    facts = typed(service_area="10", activity_area="0")
    assert compute("activity_share", facts) == Quantity(Fraction(0))


def test_an_unknown_formula_is_an_error_of_the_program():
    with pytest.raises(KeyError):
        compute("area_per_person", {})


@given(COUNTS, AREAS, AREAS)
def test_a_quantity_has_a_value_or_a_fault_never_both(households, total, activity):
    facts = {"households": households, "service_area": total, "activity_area": activity}
    for name in FORMULAS:
        quantity = compute(name, facts)
        assert (quantity.value is None) == bool(quantity.fault)
        assert quantity.value is None or quantity.value >= 0


@given(COUNTS, AREAS)
def test_the_area_per_household_gives_the_area_back(households, total):
    quantity = compute("area_per_100_households", {"households": households, "service_area": total})
    if quantity.value is not None:
        assert quantity.value * Fraction(households) / 100 == Fraction(total)


def test_a_typed_number_is_read_in_the_form_of_its_fact():
    assert read_fact(fact("households", "count"), "1,240 户") == 1240
    assert read_fact(fact("service_area"), "372.5平方米") == Decimal("372.5")
    assert number_form(fact("households", "count")) is HOUSEHOLDS
    assert number_form(fact("population", "count")) is PEOPLE
    assert number_form(fact("activity_area")) is AREA


def test_a_blank_is_no_value_and_not_0():
    for blank in ("", "  ", "　"):
        assert read_fact(fact("households", "count"), blank) is None
        assert read_fact(fact("built", "choice", ("new", "existing")), blank) is None
    assert read_fact(fact("households", "count"), "0") == 0


def test_a_choice_takes_only_its_options():
    built = fact("built", "choice", ("new", "existing"))
    assert read_fact(built, "new") == "new"
    with pytest.raises(Refused) as refused:
        read_fact(built, "New")
    (fault,) = refused.value.faults
    assert (fault.code, fault.place, fault.values) == ("not_an_option", "built", {"text": "New"})


def test_only_numbers_go_into_the_formulas():
    assert numbers({"built": "new", "households": Decimal(3)}) == {"households": Decimal(3)}


def contradictions_of(facts: dict[str, Decimal], declared=AREA_FACTS) -> list[str]:
    framework = make_framework([make_item("A-01")], facts=declared)
    return [fault.code for fault in contradictions(framework, facts)]


def test_an_activity_area_above_the_total_contradicts():
    assert contradictions_of(typed(service_area="300", activity_area="300.5")) == [
        "activity_above_total"
    ]
    assert contradictions_of(typed(service_area="300", activity_area="300")) == []


def test_more_households_than_people_contradict():
    assert contradictions_of(typed(households="1001", population="1000")) == [
        "households_above_population"
    ]
    assert contradictions_of(typed(households="1000", population="1000")) == []


def test_what_is_blank_contradicts_nothing():
    assert contradictions_of({}) == []
    assert contradictions_of(typed(activity_area="300")) == []
    assert contradictions_of(typed(households="300")) == []


def test_areas_that_the_framework_does_not_ask_for_contradict_nothing():
    facts = typed(service_area="1", activity_area="2")
    assert contradictions_of(facts, declared=[make_fact("households", "count")]) == []
