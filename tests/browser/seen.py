"""What a person finds on the pages. Each helper returns a locator that is on the screen."""

import re
from collections.abc import Iterator, Sequence

from playwright.sync_api import Frame, Locator, Page, expect

from tests.browser.records import wait_until
from tests.running_server import RunningServer

LONG_MS = 15_000
expect.set_options(timeout=LONG_MS)


def open_page(page: Page, server: RunningServer, address: str = "/") -> Page:
    """Go to an address and wait until the page can be used."""
    page.goto(server.url + address)
    settled(page)
    return page


def settled(page: Page) -> None:
    """Wait until the page is drawn and nothing runs."""
    page.locator(".page-state").wait_for(state="attached", timeout=LONG_MS)
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED")
    expect(app).to_have_attribute("data-test-script-state", "notRunning")


def seen(locator: Locator) -> Locator:
    """The same, once it is on the screen, and what it replaced is gone."""
    expect(locator).to_have_count(1)
    expect(locator).to_be_visible()
    return locator


def card(page: Page, item: str) -> Locator:
    """The card of an item."""
    return seen(page.locator(f".st-key-card-{item}"))


def choice(page: Page, item: str, label: str) -> Locator:
    """A button of an item's answer."""
    group = card(page, item).locator('[class*="-choice"]').get_by_role("radio")
    return seen(group.filter(has_text=re.compile(f"^{re.escape(label)}$")))


def note(page: Page, item: str) -> Locator:
    """The note of an item."""
    return seen(card(page, item).locator('[class*="-note"] textarea'))


def saved_mark(page: Page, item: str) -> Locator:
    """What the card says about saving."""
    return seen(card(page, item).locator(".saved"))


def expect_saved(page: Page, item: str, revision: int) -> None:
    """The card says that this revision is saved."""
    mark = re.compile(rf"第 {revision} 版$|version {revision}$")
    expect(saved_mark(page, item)).to_have_text(mark)


def fact_box(page: Page, fact: str) -> Locator:
    """The box of a typed fact."""
    return seen(page.locator(f'[class*="-{fact}-value"] input'))


def panel(page: Page) -> Locator:
    """The score panel beside the cards."""
    return seen(page.locator(".panel.wide"))


def theme(page: Page, name: str) -> Locator:
    """A button of the theme switch."""
    return seen(page.locator(".st-key-walk_theme").get_by_role("radio").filter(has_text=name))


def group(page: Page, name: str) -> Locator:
    """A button of the group switch."""
    return seen(page.locator("[class*=st-key-walk_group]").get_by_role("radio", name=name))


def button(page: Page, key: str) -> Locator:
    """A button by its key."""
    return seen(page.locator(f".st-key-{key} button"))


def link(page: Page, name: str) -> Locator:
    """A link of the navigation."""
    return seen(page.get_by_test_id("stTopNavLink").filter(has_text=name))


def language(page: Page, name: str) -> Locator:
    """A button of the language switch."""
    return seen(page.locator(".st-key-language_switch").get_by_role("radio", name=name))


def centre(locator: Locator) -> tuple[float, float]:
    """Where a finger would hit it; the element is brought into view first."""
    locator.scroll_into_view_if_needed()
    box = locator.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def charts_drawn(page: Page) -> None:
    """Wait until every chart of the page has its picture."""
    charts = page.get_by_test_id("stVegaLiteChart")
    for place in range(charts.count()):
        expect(charts.nth(place).locator("svg, canvas").first).to_be_visible()


def map_frame(page: Page) -> Frame:
    """The frame of the map, once its points are drawn and nothing pushes it about."""
    page.locator("iframe[title*=st_folium]").first.wait_for()
    settled(page)
    charts_drawn(page)  # they push the map down as they come
    page.locator("iframe[title*=st_folium]").last.scroll_into_view_if_needed()
    settled(page)
    # For a moment there may be two: the one that is being replaced is never moved.
    frames = wait_until(lambda: _drawn_maps(page), lambda found: len(found) == 1)
    assert len(frames) == 1, "no map was drawn, or two"
    return frames[0]


def _drawn_maps(page: Page) -> Sequence[Frame]:
    maps = [one for one in page.frames if "/component/streamlit_folium" in one.url]
    return [one for one in maps if one.locator(".leaflet-marker-icon").count()]


def every_text(page: Page) -> Iterator[str]:
    """The visible text of the page and of every frame in it, line by line."""
    for frame in page.frames:
        yield from frame.locator("body").inner_text().splitlines()
