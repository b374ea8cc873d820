"""The plan page: an action is typed, counted in and out, and the cheapest set is told."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from assessment.language.translator import LANGUAGES, Translator
from assessment.services.communities import find_community
from assessment.services.planning import list_actions
from assessment.services.setup import open_installation
from tests.pages.conftest import Visit


@pytest.fixture(params=LANGUAGES)
def text(request: pytest.FixtureRequest) -> Translator:
    return Translator(request.param)


@pytest.fixture
def plan(visit: Visit, answered: Callable[[str], None], text: Translator) -> AppTest:
    answered("P001")
    return visit("plan", lang=text.language, community="P001")


def field(at: AppTest, name: str) -> str:
    """The key of a field of the form that is drawn now."""
    keys = [one.key for one in (*at.text_input, *at.selectbox) if one.key]
    return next(key for key in keys if key.startswith("plan:") and key.endswith(f":{name}"))


def type_action(at: AppTest, cost: str) -> AppTest:
    at.text_input(key=field(at, "words")).input("开办托儿所")
    at.text_input(key=field(at, "cost")).input(cost)
    at.text_input(key=field(at, "starts")).input("2027-03")
    at.text_input(key=field(at, "months")).input("6")
    at.run()
    return at.button(key="plan:save").click().run()


def outcome_of(at: AppTest) -> str:
    return next(str(one.proto.body) for one in at.get("html") if "plan-outcome" in one.proto.body)


def said(at: AppTest) -> str:
    every = (*at.success, *at.warning, *at.error, *at.markdown, *at.info)
    return "\n".join(str(one.value).replace("\\", "") for one in every)


def test_an_action_is_added_and_changes_what_would_be(plan: AppTest, text: Translator) -> None:
    at = type_action(plan, "180000")
    assert not at.exception
    found = find_community(open_installation(), "P001")
    assert found
    (action,) = list_actions(open_installation(), found.community)
    with_it = outcome_of(at)
    at.checkbox(key=f"plan:tick:{action.id}").uncheck().run()
    without = outcome_of(at)
    assert with_it != without
    assert text.plural("plan.then", 1) in with_it
    assert text.plural("plan.then", 0) in without


def test_what_cannot_be_taken_is_said_and_stays_in_the_form(
    plan: AppTest, text: Translator
) -> None:
    at = type_action(plan, "很多钱")
    assert "很多钱" in said(at)
    assert at.text_input(key=field(at, "words")).value == "开办托儿所"
    assert at.text_input(key=field(at, "cost")).value == "很多钱"


def test_a_target_out_of_reach_is_told_with_the_nearest_set(
    plan: AppTest, text: Translator
) -> None:
    at = type_action(plan, "180000")
    assert text("plan.not_enough").split("{")[0].split("。")[0] in said(at)
    assert text("plan.why_gate") in said(at)
    at.text_input(key="plan:budget").input("abc").run()
    assert text.has("fault.number_not_a_number")
    assert "abc" in said(at)
    at.text_input(key="plan:budget").input("").run()
    at.text_input(key="plan:by").input("2027").run()
    assert "2027" in said(at)
