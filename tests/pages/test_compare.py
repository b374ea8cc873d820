"""The comparison page, run as Streamlit runs it, in both languages."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.domain.records import Signature
from assessment.language.translator import LANGUAGES, Translator
from assessment.services import sample, setup
from assessment.settings import PROJECT
from assessment.ui.pins import MOST

PAGE = str(PROJECT / "assessment" / "pages" / "compare.py")
Open = Callable[..., AppTest]


@pytest.fixture(params=LANGUAGES)
def text(request: pytest.FixtureRequest) -> Translator:
    """Texts, once in each language."""
    return Translator(request.param)


@pytest.fixture
def opened(home: Path, text: Translator) -> Iterator[Open]:
    """Open the page with the sample loaded and these places in the address."""
    sample.load(setup.open_installation(), Signature("tester", datetime.now(UTC)))

    def go(**places: str) -> AppTest:
        app = AppTest.from_file(str(PROJECT / "streamlit_app.py"), default_timeout=60)
        for name, value in {"round": "sample-2", "lang": text.language, **places}.items():
            app.query_params[name] = value
        app.run().switch_page(PAGE).run()
        assert not app.exception
        return app

    yield go


def words(app: AppTest) -> str:
    """Everything that the page says, without markup."""
    parts = [one.proto.body for one in app.get("html")]
    kinds = ("title", "header", "subheader", "caption", "info", "warning", "markdown")
    parts += [one.value for kind in kinds for one in app.get(kind)]
    return re.sub(r"<[^>]+>", " ", "\n".join(parts))


def tables(app: AppTest) -> list[str]:
    """The bodies of the comparison tables, in their order."""
    return [one.proto.body for one in app.get("html") if '<table class="compare"' in one.proto.body]


def place(app: AppTest, name: str) -> str:
    """What the address holds; Streamlit gives a list until the script has set it."""
    value = app.query_params[name]
    return value[0] if isinstance(value, list) else value


def test_without_pins_the_page_says_how_to_begin(opened: Open, text: Translator):
    app = opened()
    assert text("pins.none", most=MOST) in words(app).replace("\\", "")
    assert tables(app) == []


def test_pins_of_the_address_stand_side_by_side_with_the_baseline_marked(
    opened: Open, text: Translator
):
    app = opened(pins="S01,S03,S12", baseline="S03")
    summary, items, *_ = tables(app)
    heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', summary)
    assert len(heads) == 4
    assert text("pins.baseline") in heads[2]
    assert text("pins.baseline") not in heads[1] + heads[3]
    assert text("compare.not_begun") in summary
    assert text("compare.better") in items
    assert len(re.findall(r'<th scope="col"', items)) == 3
    assert text("compare.not_begun_banner", names="").strip(" .。") in words(app)


def test_unknown_codes_and_those_of_the_other_kind_are_told_and_the_others_kept(
    opened: Open, text: Translator
):
    app = opened(pins="S01,NIX,P001,S03")
    said = words(app).replace("\\", "")
    assert text("pins.unknown", codes="NIX") in said
    assert text("pins.other_kind", names="@").partition("@")[2] in said
    assert len(re.findall(r'<th scope="col"', tables(app)[0])) == 3
    app.button(key="tidy_pins").click().run()
    assert place(app, "pins") == "S01,S03"
    assert not app.warning


def test_a_seventh_pin_is_refused_in_words(opened: Open, text: Translator):
    app = opened(pins="S01,S02,S03,S04,S05,S06")
    app.text_input(key="pin_search").set_value("S07").run()
    app.button(key="pin:S07").click().run()
    assert not app.exception
    assert text("pins.full", most=MOST) in words(app).replace("\\", "")
    assert place(app, "pins") == "S01,S02,S03,S04,S05,S06"


def test_pilots_are_added_by_search_and_taken_out_again(opened: Open):
    app = opened(pins="S01")
    app.text_input(key="pin_search").set_value("110105 朝阳").run()
    app.text_input(key="pin_search").set_value("松涛").run()
    app.button(key="pin:S03").click().run()
    assert place(app, "pins") == "S01,S03"
    app.button(key="unpin:S01").click().run()
    assert not app.exception
    assert place(app, "pins") == "S03"


def test_another_baseline_goes_into_the_address(opened: Open):
    app = opened(pins="S01,S03")
    app.selectbox(key="baseline_choice").set_value("S03").run()
    assert not app.exception
    assert place(app, "baseline") == "S03"
    app.button(key="unpin:S03").click().run()
    assert "baseline" not in app.query_params


def test_the_switch_shows_differences_shared_gaps_or_all(opened: Open):
    app = opened(pins="S01,S03")
    rows = {}
    for show in ("differences", "shared", "all"):
        app.segmented_control(key="compare_show").set_value(show).run()
        assert not app.exception
        rows[show] = len(re.findall('<th scope="row">', tables(app)[1]))
    assert rows["all"] == 87
    assert 0 < rows["shared"] < rows["differences"] < rows["all"]


def test_the_lead_says_shares_method_and_why_not(opened: Open, text: Translator):
    said = words(opened(pins="S01,S03,S11", baseline="S03"))
    assert "2,000" in said and "20221028" in said and "2008" in said
    assert text("compare.lead_clear", name="").strip() in said
    assert text("compare.no_lead_answers") in said


def test_two_rounds_of_one_pilot_show_what_moved(opened: Open, text: Translator):
    app = opened(pins="S01,S12")
    app.segmented_control(key="compare_mode").set_value("rounds").run()
    said = words(app)
    for movement in ("better", "worse", "newly_answered"):
        assert text(f"movement.{movement}") in said
    app.selectbox(key="rounds_pilot").set_value("S12").run()
    assert not app.exception
    assert text("compare.one_round") in words(app).replace("\\", "")


def test_what_people_typed_is_shown_as_it_is(opened: Open):
    """A code out of the address is words, never markup."""
    app = opened(pins="S01,<b>x</b>")
    assert all("<b>x</b>" not in one for one in tables(app))
    assert any("<b\\>x" in one.value or "\\<b" in one.value for one in app.warning)


def test_nothing_is_left_in_the_other_language(opened: Open, text: Translator):
    said = words(opened(pins="S01,S03,S12", baseline="S03"))
    if text.language == "en":
        assert not re.search(r"[\u3400-\u9fff]", said)
    assert not re.search(r"\b(compare|pins|movement)\.[a-z_]+", said)
