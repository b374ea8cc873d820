"""What people type is shown as they typed it, and none of it runs, on any page or map."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Frame, Page, expect

from assessment.domain.coordinates import Datum
from assessment.domain.records import Signature
from assessment.services.communities import Registration, move, register
from assessment.services.facilities import place_facility
from tests.browser.conftest import Visit
from tests.browser.records import Records
from tests.browser.seen import map_frame, note, seen, settled

NAME = "<img src=x onerror=__hit=1>**b**$x$:smile:[a](javascript:1)"
ENGLISH = "`{{7*7}}` :red[r] _i_ ~~s~~ <b>t</b> {% raw %} :material/home:"
TURNED = "安全\u202e区社"
FACILITIES = ("</script><script>__hit=2</script>", "';__hit=3;//${__hit=4}")
NOTE = (
    f"{NAME}\n# {ENGLISH}\n<script>__hit=5</script>\n| a | b |\n|---|---|\n"
    '<a href="javascript:__hit=6">x</a>\n[l](javascript:__hit=7) https://example.com'
)
BASIC = "/answer?community={code}&theme=facilities&group=basic"


@pytest.fixture(scope="module")
def hostile(records: Records) -> str:
    """The code of a community whose every text is an attack."""
    by = Signature("stranger", datetime.now(UTC))
    made = register(records.store, by, Registration(NAME, "110105", NAME, ENGLISH, NOTE))
    made = move(records.store, by, made, 116.45, 39.92, Datum.WGS84)
    for number, name in enumerate(FACILITIES):
        lon = 116.452 + number / 500
        place_facility(
            records.store, by, made, f"s{number}", "shop", name, lon, 39.922, Datum.WGS84
        )
    for item in ("F-01", "F-03"):
        records.colleague_saves(made.code, item, "note", NOTE)
        records.colleague_saves(made.code, item, "choice", "none")
    return made.code


@pytest.fixture(params=[False, True], ids=["with the policy", "without the policy"])
def look(request: pytest.FixtureRequest, visit: Visit) -> Visit:
    """``visit``, also in a browser that does not heed the content security policy."""

    def go(address: str = "/") -> Page:
        return visit(address, bypass_csp=request.param)

    return go


def expect_nothing_ran(page: Page) -> None:
    """No text became a script, a picture, a link or a formula, in the page or a frame."""
    for frame in page.frames:
        assert frame.evaluate("window.__hit") is None
        assert frame.locator('img[src="x"], a[href^="javascript"], .katex').count() == 0


def expect_text(place: Page | Frame, text: str) -> None:
    """The text stands somewhere on the screen, sign for sign."""
    expect(place.get_by_text(text).first).to_be_visible()


def on_communities(page: Page) -> None:
    expect_text(page, NAME)


def on_answer(page: Page) -> None:
    expect_text(page, NAME)
    expect(note(page, "F-01")).to_have_value(NOTE)


def on_result(page: Page) -> None:
    expect(seen(page.get_by_role("heading", level=1))).to_have_text(NAME)
    page.get_by_text("逐项结果表").click()
    expect(page.get_by_role("row", name="F-01")).to_contain_text("<script>__hit=5</script>")
    page.get_by_text("已登记 2 处设施").click()
    for name in FACILITIES:
        expect_text(page, name)
    frame = map_frame(page)
    for name in (NAME, *FACILITIES):
        frame.get_by_label(name).hover()
        expect(frame.locator(".leaflet-tooltip").filter(has_text=name)).to_be_visible()


def on_overview(page: Page) -> None:
    frame = map_frame(page)
    mark = frame.get_by_label(NAME)
    mark.dispatch_event("mouseover")
    expect(frame.locator(".leaflet-tooltip").filter(has_text=NAME)).to_be_visible()
    mark.dispatch_event("click")
    expect(page.locator(".st-key-overview-detail")).to_contain_text(NAME)


PLACES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "communities": ("/communities?community={code}", on_communities),
    "start": ("/?community={code}", on_communities),
    "answer": (BASIC, on_answer),
    "result": ("/result?community={code}", on_result),
    "overview": ("/overview", on_overview),
}


@pytest.mark.parametrize("place", PLACES)
def test_hostile_text_is_shown_as_typed_and_does_nothing(
    look: Visit, hostile: str, place: str
) -> None:
    address, shows = PLACES[place]
    page = look(address.format(code=hostile))
    shows(page)
    settled(page)
    expect_nothing_ran(page)


def test_the_english_name_is_as_harmless(look: Visit, hostile: str) -> None:
    page = look(f"/result?community={hostile}&lang=en")
    expect(seen(page.get_by_role("heading", level=1))).to_have_text(ENGLISH)
    map_frame(page)
    expect_nothing_ran(page)


def test_a_refused_text_is_quoted_as_typed(look: Visit, hostile: str) -> None:
    page = look(f"/answer?community={hostile}")
    page.locator('[class*="-households-value"] input').fill("<img src=x onerror=__hit=8> **9**")
    expect(page.get_by_role("alert")).to_contain_text("<img src=x onerror=__hit=8> **9**")
    expect_nothing_ran(page)


def test_a_name_that_turns_the_direction_of_writing_turns_only_itself(
    visit: Visit, records: Records
) -> None:
    by = Signature("stranger", datetime.now(UTC))
    made = register(records.store, by, Registration(TURNED, "110105"))
    page = visit(f"/answer?community={made.code}")
    line = seen(page.locator(".st-key-place-line").get_by_text("自评"))
    lefts = line.evaluate(
        """(line) => {
          const range = document.createRange();
          const text = line.lastChild;
          const left = (at) => {
            range.setStart(text, at); range.setEnd(text, at + 1);
            return range.getBoundingClientRect().left;
          };
          const start = text.data.indexOf("自评");
          return [left(start), left(start + 1)];
        }"""
    )
    assert lefts[0] < lefts[1]
