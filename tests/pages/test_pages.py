"""Every page is drawn in both languages: empty, with answers, and at a wrong address."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from assessment.language.translator import LANGUAGES, Language, Translator
from assessment.ui.frame import page_names
from tests.pages.conftest import Visit

OF_A_COMMUNITY = ("answer", "check", "result", "plan", "voice")
RUBBISH = ("\x00", "'; DROP TABLE answers;--", "<b>", "P001/../..", "9" * 5000, "社区")

pytestmark = pytest.mark.parametrize("lang", LANGUAGES)


def whole(at: AppTest) -> str:
    """Everything that the page says, and that it ended without a fault."""
    assert not at.exception, at.exception
    parts = (at.title, at.header, at.subheader, at.markdown, at.caption, at.info, at.success)
    return "\n".join(str(one.value) for part in parts for one in part)


@pytest.mark.parametrize("script", page_names())
def test_a_page_is_drawn_before_anything_was_answered(
    visit: Visit, script: str, lang: Language
) -> None:
    at = visit(script, lang=lang)
    words = whole(at)
    assert not at.error
    if script in OF_A_COMMUNITY:
        assert Translator(lang)("choose.first").rstrip("。.") in words.replace("\\", "")
    elif script != "start":
        assert at.title[0].value == Translator(lang)(f"page.{script}")


@pytest.mark.parametrize("script", page_names())
def test_a_page_is_drawn_with_answers(
    visit: Visit, answered: Callable[[str], None], script: str, lang: Language
) -> None:
    answered("P001")
    at = visit(script, lang=lang, community="P001")
    whole(at)
    assert not at.error
    assert not at.warning


@pytest.mark.parametrize("theme", ["facilities", "environment", "smart", "governance"])
def test_every_theme_is_drawn(
    visit: Visit, answered: Callable[[str], None], theme: str, lang: Language
) -> None:
    answered("P001")
    at = visit("answer", lang=lang, community="P001", theme=theme)
    whole(at)
    assert not at.error
    assert at.text_area


@pytest.mark.parametrize("script", ("start", *OF_A_COMMUNITY))
@pytest.mark.parametrize("wrong", RUBBISH)
def test_an_unknown_community_leads_to_the_choice_of_one(
    visit: Visit, script: str, wrong: str, lang: Language
) -> None:
    at = visit(script, lang=lang, community=wrong)
    words = whole(at)
    assert not at.error
    if script in OF_A_COMMUNITY:
        assert Translator(lang)("choose.first").rstrip("。.") in words.replace("\\", "")


@pytest.mark.parametrize("name", ["theme", "group", "round"])
@pytest.mark.parametrize("script", OF_A_COMMUNITY)
def test_a_wrong_place_in_the_address_falls_back_to_one_that_exists(
    visit: Visit, script: str, name: str, lang: Language
) -> None:
    at = visit(script, lang=lang, community="P001", **{name: RUBBISH[1]})
    whole(at)
    assert not at.error
    if script == "answer" and name == "theme":
        assert at.segmented_control(key="walk_theme").value == "facts"


def test_an_unknown_language_is_read_as_the_browsers(visit: Visit, lang: Language) -> None:
    at = visit("overview", lang=f"{lang}-unknown")
    assert at.title[0].value in {Translator(one)("page.overview") for one in LANGUAGES}
