"""What an answer is worth: every kind of item, the six states, and what leaves an item open."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.domain.answers import (
    Answer,
    Decision,
    Judged,
    Outcome,
    State,
    choices,
    judge,
    judge_all,
    passes,
)
from tests.domain.frameworks import (
    make_framework,
    make_item,
    make_linked_framework,
    make_rule,
    make_steps,
    make_ticks,
    words,
)

ITEM = "A-01"
GROUND = {"ground": words("ground")}
STEPPED = make_item(ITEM, not_applicable=GROUND)
UPKEEP = make_item(ITEM, kind="upkeep", ticks=make_ticks("intact", "safe", "stable"))
NEW_ONLY = make_item(ITEM, applies={"fact": "built", "equals": "new", "otherwise": words("new")})
AREA = make_linked_framework().item("Q-01")
SHARE = make_linked_framework().item("Q-02")


def result(item, choice: str = "", **keys) -> tuple[Outcome, float | None]:
    judged = judge(item, Answer(ITEM, choice, **keys), {})
    return judged.outcome, judged.credit


def of_facts(item, **facts: str) -> Judged:
    return judge(item, None, {key: Decimal(value) for key, value in facts.items()})


@pytest.mark.parametrize("kind", ["facility", "mechanism"])
def test_a_step_earns_the_credit_that_the_file_gives_it(kind: str):
    steps = make_steps((0, 0, 0.25, 1))
    item = make_item(ITEM, kind=kind, steps=steps)
    assert [result(item, f"s{k}") for k in range(4)] == [
        (Outcome.NOT_MET, 0),
        (Outcome.NOT_MET, 0),
        (Outcome.PARTLY, 0.25),
        (Outcome.MET, 1),
    ]


def test_an_upkeep_item_earns_a_third_for_each_tick():
    assert result(UPKEEP, "all") == (Outcome.MET, 1)
    assert result(UPKEEP, "none_of_them") == (Outcome.NOT_MET, 0)
    assert result(UPKEEP, "some", ticks=("safe",)) == (Outcome.PARTLY, pytest.approx(1 / 3))
    two = result(UPKEEP, "some", ticks=("safe", "stable"))
    assert two == (Outcome.PARTLY, pytest.approx(2 / 3))
    assert result(UPKEEP, "some", ticks=("safe", "stable", "intact")) == (Outcome.MET, 1)


def test_some_with_no_tick_chosen_is_still_unanswered():
    assert result(UPKEEP, "some") == (Outcome.UNANSWERED, None)
    assert result(UPKEEP, "some", ticks=("gone_since",)) == (Outcome.UNANSWERED, None)


def test_a_tick_counts_once_however_often_it_was_kept():
    twice = result(UPKEEP, "some", ticks=("safe", "safe", "gone_since"))
    assert twice == (Outcome.PARTLY, pytest.approx(1 / 3))


def test_ticks_without_a_choice_are_no_answer():
    assert result(UPKEEP, "", ticks=("safe", "stable")) == (Outcome.UNANSWERED, None)


def test_nothing_chosen_and_no_answer_at_all_are_unanswered():
    for item in (STEPPED, UPKEEP):
        assert result(item) == (Outcome.UNANSWERED, None)
        assert judge(item, None, {}) == Judged(Outcome.UNANSWERED)


def test_dont_know_yet_is_a_state_of_its_own_and_has_no_credit():
    for item in (STEPPED, UPKEEP):
        assert result(item, "unknown") == (Outcome.UNKNOWN, None)


def test_a_choice_that_the_item_does_not_offer_is_unanswered():
    assert result(STEPPED, "s9") == (Outcome.UNANSWERED, None)
    assert result(UPKEEP, "s1") == (Outcome.UNANSWERED, None)


@pytest.mark.parametrize("kind", ["survey", "remark"])
def test_a_survey_or_a_remark_is_never_judged(kind: str):
    item = make_item(ITEM, kind=kind, role="context")
    details = {"positive": "90", "asked": "100"}
    assert result(item, "", details=details, note="words") == (Outcome.UNANSWERED, None)
    assert not item.scored


def test_not_applicable_is_pending_until_it_is_accepted_and_open_again_when_refused():
    pending = {"reason": "no residents yet"}
    accepted = pending | {"decision": Decision.ACCEPTED}
    refused = pending | {"decision": Decision.REFUSED}
    assert result(STEPPED, "not_applicable", **pending) == (Outcome.SET_ASIDE_PENDING, None)
    assert result(STEPPED, "not_applicable", **accepted) == (Outcome.SET_ASIDE, None)
    assert result(STEPPED, "not_applicable", **refused) == (Outcome.UNANSWERED, None)


def test_not_applicable_without_a_reason_is_never_accepted():
    for reason in ("", "   "):
        keys = {"reason": reason, "decision": Decision.ACCEPTED}
        assert result(STEPPED, "not_applicable", **keys) == (Outcome.SET_ASIDE_PENDING, None)


def test_an_item_that_cannot_be_set_aside_stays_unanswered():
    keys = {"reason": "because", "decision": Decision.ACCEPTED}
    assert result(UPKEEP, "not_applicable", **keys) == (Outcome.UNANSWERED, None)


def test_a_decision_on_not_applicable_means_nothing_for_another_answer():
    keys = {"reason": "because", "decision": Decision.ACCEPTED}
    assert result(STEPPED, "s2", **keys) == (Outcome.MET, 1)


def test_an_item_with_a_condition_is_open_not_asked_or_asked():
    met = Answer(ITEM, "s2")
    assert judge(NEW_ONLY, met, {}).outcome is Outcome.UNANSWERED
    assert judge(NEW_ONLY, met, {"built": "existing"}).outcome is Outcome.NOT_ASKED
    assert judge(NEW_ONLY, met, {"built": "new"}) == Judged(Outcome.MET, 1.0)
    assert judge(NEW_ONLY, None, {"built": "new"}).outcome is Outcome.UNANSWERED


@pytest.mark.parametrize(
    ("households", "area", "outcome"),
    [
        ("1240", "372", Outcome.MET),
        ("1240", "371.9999", Outcome.PARTLY),
        ("1240", "372.0001", Outcome.MET),
        ("100", "30.0", Outcome.MET),
        ("100", "29.96", Outcome.PARTLY),
        ("3", "0.9", Outcome.MET),
        ("10000000", "2999999.9999", Outcome.PARTLY),
        ("100", "0", Outcome.NOT_MET),
    ],
)
def test_a_quantity_passes_on_the_unrounded_value(households, area, outcome):
    assert of_facts(AREA, households=households, service_area=area).outcome is outcome


@pytest.mark.parametrize(("activity", "met"), [("186", True), ("185.9999", False), ("310", True)])
def test_the_share_passes_at_exactly_60_percent(activity: str, met: bool):
    judged = of_facts(SHARE, service_area="310", activity_area=activity)
    assert (judged.outcome is Outcome.MET) == met


def test_a_quantity_that_fails_earns_its_share_of_the_way():
    judged = of_facts(AREA, households="100", service_area="15")
    assert judged == Judged(Outcome.PARTLY, 0.5, judged.quantity)
    assert judged.quantity.value == 15


def test_a_quantity_a_hair_below_its_threshold_earns_less_than_full_credit():
    rule = make_rule("area_per_100_households", "30." + "0" * 20 + "1")
    item = make_item(ITEM, kind="quantity", rule=rule)
    judged = of_facts(item, households="100", service_area="30")
    assert judged.outcome is Outcome.PARTLY
    assert judged.credit < 1


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"households": "0", "service_area": "100"},
        {"service_area": "100"},
        {"households": "100"},
    ],
)
def test_a_quantity_that_cannot_be_computed_stays_open(facts: dict[str, str]):
    judged = of_facts(AREA, **facts)
    assert (judged.outcome, judged.credit) == (Outcome.UNANSWERED, None)
    assert judged.quantity.fault


def test_a_quantity_follows_from_the_facts_and_never_from_a_choice():
    facts = {"households": Decimal(100), "service_area": Decimal(10)}
    for choice in ("all", "unknown", "not_applicable", "s2"):
        assert judge(AREA, Answer("Q-01", choice), facts).outcome is Outcome.PARTLY


def test_a_quantity_at_most_passes_at_or_below_its_threshold():
    rule = make_rule("area_per_100_households", "40", "at_most")
    item = make_item(ITEM, kind="quantity", rule=rule)
    assert of_facts(item, households="100", service_area="40").outcome is Outcome.MET
    assert of_facts(item, households="100", service_area="0").outcome is Outcome.MET
    assert of_facts(item, households="100", service_area="80").credit == 0.5


@given(st.integers(1, 10_000_000), st.decimals(0, 100_000_000, places=4))
def test_a_quantity_earns_full_credit_exactly_where_it_passes(households: int, area: Decimal):
    judged = judge(AREA, None, {"households": Decimal(households), "service_area": area})
    enough = Fraction(area) * 100 >= 30 * households
    assert (judged.credit == 1) == (judged.outcome is Outcome.MET) == enough
    assert 0 <= judged.credit <= 1
    assert passes(AREA, judged.quantity.value) == enough


def test_passing_is_only_asked_of_an_item_with_a_rule():
    with pytest.raises(ValueError, match=ITEM):
        passes(STEPPED, Fraction(1))


def test_the_buttons_are_the_steps_then_dont_know_then_not_applicable():
    assert choices(STEPPED) == ("s0", "s1", "s2", "unknown", "not_applicable")
    assert choices(UPKEEP) == ("none_of_them", "some", "all", "unknown")
    assert choices(AREA) == ()


def test_every_outcome_shows_as_one_of_the_six_states():
    assert {outcome.state for outcome in Outcome} == set(State)
    left_out = {outcome for outcome in Outcome if outcome.left_out}
    assert left_out == {Outcome.SET_ASIDE, Outcome.NOT_ASKED}
    assert {outcome for outcome in Outcome if outcome.known} == {
        Outcome.MET,
        Outcome.PARTLY,
        Outcome.NOT_MET,
    }
    assert {outcome for outcome in Outcome if outcome.to_do} == {
        Outcome.UNANSWERED,
        Outcome.UNKNOWN,
    }


def test_all_items_are_judged_in_the_order_of_the_file():
    framework = make_framework([make_item("B-02"), make_item("A-01")])
    judged = judge_all(framework, {"A-01": Answer("A-01", "s2"), "Z-99": Answer("Z-99", "s1")}, {})
    assert list(judged) == ["B-02", "A-01"]
    assert [one.outcome for one in judged.values()] == [Outcome.UNANSWERED, Outcome.MET]
