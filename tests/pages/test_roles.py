"""Pages as every role: nothing that may not be done, and a way on for who has no place here."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.domain.permissions import LOCAL, NOBODY, Grant, Person, Role
from assessment.language.translator import LANGUAGES, Language, Translator
from assessment.services.communities import begin, list_rounds
from assessment.services.people import list_people
from assessment.services.setup import open_installation
from assessment.store import tables
from assessment.ui.frame import page_names
from tests.pages.conftest import Be, Visit, person, sent, turn_to
from tests.people import BY, EVERY_ROLE, Cast, add_person, make_cast


@pytest.fixture
def cast(installation: Path) -> Cast:
    """The communities of the test, each with an assessment that was begun."""
    store = open_installation()
    made = make_cast(store)
    for one in (made.near, made.beside, made.far):
        begin(store, BY, one, list_rounds(store)[0])
    return made


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_inputs_are_there_for_who_may_use_them_and_for_nobody_else(
    visit: Visit, cast: Cast, be: Be, role: Role
) -> None:
    be(person(cast, role))
    answers = role in (Role.STAFF, Role.ADMIN)
    at = visit("answer", community=cast.near.code, theme="facilities", lang="zh")
    assert bool(at.text_area) == answers
    assert any(Translator("zh")("who.read_only") in one.value for one in at.info) != answers
    assert ("placing:button" in keys(turn_to(at, "result"))) == answers
    registers = role in (Role.REVIEWER, Role.ADMIN)
    assert ("register:name" in keys(turn_to(at, "communities"))) == registers
    assert ("load_sample" in keys(turn_to(at, "start"))) == (role is Role.ADMIN)


def keys(at: AppTest) -> set[str]:
    """The keys of all buttons and text boxes."""
    return {one.key for one in (*at.button, *at.text_input) if one.key}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_people_page_is_for_administrators(
    visit: Visit, cast: Cast, be: Be, lang: Language
) -> None:
    account = add_person(open_installation(), "li", cast.grant(Role.STAFF))
    be(person(cast, Role.ADMIN))
    at = visit("people", lang=lang)
    at.button(key=f"people:open:{account.id}").click().run()
    assert not at.exception
    assert at.title[0].value == Translator(lang)("page.people")
    assert f"people:active:{account.id}" in keys(at)
    for role in (Role.STAFF, Role.REVIEWER, Role.VIEWER):
        be(person(cast, role))
        words = sent(visit("start", lang=lang))
        assert Translator(lang)("page.people").encode() not in words


def test_the_community_that_is_chosen_with_the_very_click_is_the_one_that_is_given(
    visit: Visit, cast: Cast, be: Be
) -> None:
    account = add_person(open_installation(), "li", Grant(Role.VIEWER))
    be(person(cast, Role.ADMIN))
    at = visit("people", lang="zh")
    at.button(key=f"people:open:{account.id}").click().run()
    box = f"people:choose:community:{account.id}:zh"
    at.selectbox(key=box).set_value(cast.near.code).run()
    at.selectbox(key=box).set_value(cast.far.code)
    at.button(key=f"people:grant:{account.id}").click().run()
    assert not at.exception
    (found,) = [one for one in list_people(open_installation()) if one.id == account.id]
    assert {one.community for one in found.grants if one.role is Role.STAFF} == {cast.far.code}


def test_an_administrator_adds_a_person_and_gets_the_link_once(
    visit: Visit, cast: Cast, be: Be
) -> None:
    be(person(cast, Role.ADMIN))
    at = visit("people", lang="zh")
    at.text_input(key="people:name").input("李四")
    at.text_input(key="people:login").input("lisi")
    at.button(key="people:add").click().run()
    assert "/invitation?token=" in at.code[0].value
    at.button(key="people:link_done").click().run()
    assert not at.code
    at.text_input(key="people:name").input("别人")
    at.text_input(key="people:login").input("LISI")
    at.button(key="people:add").click().run()
    assert Translator("zh")("fault.login_taken", name="lisi") in at.error[0].value.replace("\\", "")
    assert at.text_input(key="people:name").value == "别人"


@pytest.mark.parametrize(
    ("who", "key"), [(NOBODY, "who.signed_out"), (Person("u-9", "新人"), "who.no_roles")]
)
def test_who_has_no_place_here_is_told_what_to_do(
    visit: Visit, cast: Cast, be: Be, who: Person, key: str
) -> None:
    be(who)
    at = visit("start", lang="zh", community=cast.near.code)
    assert [one.value.replace("\\", "") for one in at.info] == [Translator("zh")(key, name="新人")]
    assert not at.title
    assert cast.near.name_zh.encode() not in sent(at)


def test_a_tab_of_one_person_is_not_carried_on_by_the_next(
    visit: Visit, cast: Cast, be: Be
) -> None:
    be(person(cast, Role.STAFF))
    at = visit("answer", community=cast.near.code, theme="facilities", lang="zh")
    assert at.text_area
    be(Person("u-next", "下一位", (cast.grant(Role.STAFF),)))
    at.run()
    assert not at.text_area
    assert "下一位" in at.warning[0].value


def test_a_click_after_the_role_was_taken_away_changes_nothing(
    visit: Visit, cast: Cast, be: Be
) -> None:
    be(person(cast, Role.STAFF))
    at = visit("answer", community=cast.near.code, theme="facilities", lang="zh")
    be(NOBODY)
    at.text_area[0].input("还想写一点").run()
    with open_installation().reading() as connection:
        assert connection.execute(tables.answer.select()).all() == []


def test_without_accounts_there_is_no_page_of_people(visit: Visit, cast: Cast) -> None:
    assert "people" not in page_names()
    at = visit("start", lang="zh")
    assert "sign_out" not in keys(at)
    assert LOCAL.reach.is_everything
