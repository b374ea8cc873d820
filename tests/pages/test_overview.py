"""The officials' page in every view, colour and language, and at wrong addresses."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.domain.records import Signature
from assessment.language.translator import LANGUAGES, Language, Translator
from assessment.services import sample
from assessment.services.communities import list_rounds
from assessment.services.frameworks import framework_of
from assessment.services.setup import open_installation
from assessment.services.unsupported import unsupported_of
from tests.conftest import NOW
from tests.pages.conftest import Visit, sent

ROUND = "sample-2"
VIEWS = ("list", "missing", "matrix", "distribution", "areas", "rounds")
COLOURS = ("theme:facilities", "item:F-03")
RUBBISH = "\x00'; DROP TABLE community;--" + "9" * 5000

pytestmark = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture
def sampled(installation: Path) -> None:
    """The sample is loaded."""
    sample.load(open_installation(), Signature("tester", NOW))


def drawn(at: AppTest) -> AppTest:
    """The page ended without a fault."""
    assert not at.exception, at.exception
    assert not at.error
    return at


def captions(at: AppTest) -> str:
    """All quiet lines of the page, as a person reads them."""
    return "\n".join(str(one.value) for one in at.caption).replace("\\", "")


@pytest.mark.usefixtures("sampled")
@pytest.mark.parametrize(
    ("view", "colour"),
    [*((view, "standing") for view in VIEWS), *(("list", colour) for colour in COLOURS)],
)
def test_every_view_and_colour_is_drawn(
    visit: Visit, view: str, colour: str, lang: Language
) -> None:
    at = drawn(visit("overview", lang=lang, round=ROUND, view=view, colour=colour))
    assert at.dataframe or view == "distribution"


@pytest.mark.usefixtures("sampled")
def test_a_claim_without_evidence_is_hatched_on_the_map_and_named_in_the_list(
    visit: Visit, lang: Language
) -> None:
    store, text = open_installation(), Translator(lang)
    one = next(each for each in list_rounds(store) if each.id == ROUND)
    framework = framework_of(store, one.framework)
    codes = [f"S{number:02d}" for number in range(1, 13)]
    place = [item.id for item in framework.items].index("F-01")
    lacking = sum(one[place] for one in unsupported_of(store, one, framework, codes).values())
    at = drawn(visit("overview", lang=lang, round=ROUND, view="list", colour="item:F-01"))
    column = at.dataframe[0].value["F-01"]
    assert sum(text("unsupported.short") in cell for cell in column) == lacking > 0
    assert sent(at).count(b"repeating-linear-gradient") == lacking + 1, "and once in the legend"
    at = drawn(visit("overview", lang=lang, round=ROUND, view="matrix", colour="item:F-01"))
    assert sum("╱" in cell for cell in at.dataframe[0].value["F-01"]) == lacking


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_drawn_where_nobody_answered(visit: Visit, view: str, lang: Language) -> None:
    drawn(visit("overview", lang=lang, view=view))


@pytest.mark.usefixtures("sampled")
def test_the_address_selects_and_the_list_says_how_many(visit: Visit, lang: Language) -> None:
    text = Translator(lang)
    at = drawn(visit("overview", lang=lang, round=ROUND, area="330000"))
    assert text("overview.rows", first="1", last="1", total="1") in captions(at)
    at = drawn(visit("overview", lang=lang, round=ROUND, standing="blocked"))
    assert text("overview.rows", first="1", last="7", total="7") in captions(at)
    at = drawn(visit("overview", lang=lang, round=ROUND, search="青禾"))
    assert text("overview.rows", first="1", last="1", total="1") in captions(at)


@pytest.mark.usefixtures("sampled")
def test_a_filter_does_not_change_what_the_coverage_is_counted_of(
    visit: Visit, lang: Language
) -> None:
    def coverage(**filters: str) -> list[str]:
        at = drawn(visit("overview", lang=lang, round=ROUND, **filters))
        return [str(one.value) for one in at.markdown if "12" in str(one.value)]

    assert coverage() == coverage(standing="passed") == coverage(search="青禾")
    assert coverage()


@pytest.mark.usefixtures("sampled")
@pytest.mark.parametrize("name", ["area", "programme", "search", "standing", "colour", "view"])
def test_a_wrong_address_is_no_fault(visit: Visit, name: str, lang: Language) -> None:
    drawn(visit("overview", lang=lang, round=ROUND, **{name: RUBBISH}))
