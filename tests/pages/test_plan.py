"""The plan page: an action is typed, counted in and out, and the cheapest set is told."""

from collections.abc import Callable, Sequence

import pytest
from streamlit.testing.v1 import AppTest

from assessment.domain.plan import PlannedAction
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
    # The last text comes with the very click, as from a quick hand on a slow machine.
    at.text_input(key=field(at, "months")).input("6")
    return at.button(key="plan:save").click().run()


def actions_of(code: str) -> Sequence[PlannedAction]:
    """The plan of a community as it is kept."""
    found = find_community(open_installation(), code)
    assert found
    return list_actions(open_installation(), found.community)


def outcome_of(at: AppTest) -> str:
    return next(str(one.proto.body) for one in at.get("html") if "plan-outcome" in one.proto.body)


def said(at: AppTest) -> str:
    every = (*at.success, *at.warning, *at.error, *at.markdown, *at.info)
    return "\n".join(str(one.value).replace("\\", "") for one in every)


def test_an_action_is_added_and_changes_what_would_be(plan: AppTest, text: Translator) -> None:
    at = type_action(plan, "180000")
    assert not at.exception
    (action,) = actions_of("P001")
    assert (action.words, action.cost, action.months) == ("开办托儿所", 180000, 6)
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
    assert text("plan.cannot") in said(at)
    assert text("plan.nearest").split("{")[0] in said(at)
    action = actions_of("P001")[0]
    label = at.checkbox(key=f"plan:take:{action.id}").label.replace("\\", "")
    assert text("plan.why_gate").split("{")[0] in label
    at.text_input(key="plan:budget").input("abc").run()
    assert text.has("fault.number_not_a_number")
    assert "abc" in said(at)
    at.text_input(key="plan:budget").input("").run()
    at.text_input(key="plan:by").input("2027").run()
    assert "2027" in said(at)


def test_one_press_takes_a_usual_action_into_the_plan(plan: AppTest, text: Translator) -> None:
    pills = next(one for one in plan.pills if (one.key or "").startswith("plan:usual:F-03"))
    at = pills.set_value("facility_lease").run()
    assert not at.exception
    (action,) = actions_of("P001")
    assert (action.item, action.means, action.months) == ("F-03", "lease", 6)
    assert action.cost is None
    assert text("plan.cost_unknown") in "".join(str(one.proto.body) for one in at.get("html"))
    assert not [one for one in at.pills if (one.key or "").startswith("plan:usual:F-03")]


def test_an_action_that_is_unticked_gives_the_next_best(plan: AppTest, text: Translator) -> None:
    at = type_action(plan, "180000")
    first = actions_of("P001")[0]
    at = type_action(at, "200000")
    second = actions_of("P001")[1]
    at.checkbox(key=f"plan:take:{first.id}").uncheck().run()
    assert not at.checkbox(key=f"plan:take:{first.id}").value
    assert at.checkbox(key=f"plan:take:{second.id}").value
    at.checkbox(key=f"plan:take:{first.id}").check().run()
    assert at.checkbox(key=f"plan:take:{first.id}").value
    assert f"plan:take:{second.id}" not in [one.key for one in at.checkbox]


def test_a_budget_that_is_too_small_is_said_with_what_would_be_enough(
    plan: AppTest, text: Translator
) -> None:
    at = type_action(plan, "180000")
    at.number_input(key="plan:target").set_value(0)
    at.text_input(key="plan:budget").input("100000").run()
    assert text("plan.cannot_within_budget", cost=text("plan.yuan", cost="100,000")) in said(at)
