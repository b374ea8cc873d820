"""The map of an area: what a click gives back, what stays, and what never reaches the server."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import FloatRect, Locator, ViewportSize, expect

from tests.browser.conftest import NewContext
from tests.browser.map_page_body import HOSTILE
from tests.browser.map_server import MapPage, start_map_page
from tests.running_server import RunningServer

Open = Callable[..., MapPage]
SHOWN_LABELS = ".area-label span:visible"
DESKTOP: ViewportSize = {"width": 1280, "height": 1000}
PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def map_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The map page, without a tile service."""
    running = start_map_page(tmp_path_factory.mktemp("map"))
    yield running
    running.stop()
    assert "Traceback" not in running.log, running.log[-4000:]


@pytest.fixture
def open_map(new_context: NewContext, map_server: RunningServer) -> Iterator[Open]:
    """Open the map of an area; nothing in it may go wrong in silence."""
    opened: list[MapPage] = []

    def go(scope: str = "", size: ViewportSize | None = None) -> MapPage:
        page = new_context().new_page()
        page.set_viewport_size(size or DESKTOP)
        opened.append(MapPage(page, map_server, scope))
        return opened[-1]

    yield go
    assert [one.errors for one in opened if one.errors] == []


def test_a_click_on_an_area_gives_its_code_and_not_its_outline(open_map: Open) -> None:
    page = open_map("330000")
    page.area("宁波市").click(position={"x": 30, "y": 60})
    page.expect_clicked("area:330200")
    assert page.ask("__GLOBAL_DATA__.last_active_drawing") == {
        "type": "Feature",
        "properties": {"id": "area:330200"},
        "geometry": None,
    }


def test_the_country_is_drawn_whole(open_map: Open) -> None:
    page = open_map()
    expect(page.areas).to_have_count(34)
    lines = page.map.locator('.leaflet-areas-pane path[fill="none"][stroke="#475467"]')
    expect(lines).to_have_count(8)
    assert page.ask("map.getBounds().contains([[3.5, 108], [24.7, 124.6]])")
    assert page.ask("map.getBounds().contains([[18, 73.6], [53.5, 135]])")


def test_a_municipality_shows_its_districts_and_a_city_its_own_only(open_map: Open) -> None:
    expect(open_map("110000").areas).to_have_count(16)
    expect(open_map("330100").areas).to_have_count(13)
    expect(open_map("330106").areas).to_have_count(1)


def test_names_are_shown_as_they_are_and_run_nowhere(open_map: Open) -> None:
    page = open_map("330000")
    page.areas.first.hover()
    expect(page.map.locator(".leaflet-tooltip")).to_have_text(HOSTILE)
    page.point("✔").hover()
    expect(page.map.locator(".leaflet-tooltip").last).to_have_text(HOSTILE)
    page.point("✔").click()
    page.expect_clicked("one")


def test_moving_and_zooming_runs_nothing_and_picking_leaves_the_view(open_map: Open) -> None:
    page = open_map("330000")
    expect(page.rings).to_have_count(0)
    page.drag(-60, 40)
    page.map.locator(".leaflet-control-zoom-in").click()
    assert page.runs() == 1
    moved = page.view()
    seen = []
    for symbol, clicked in (("…", "three"), ("✖", "two")):
        page.point(symbol).click()
        page.expect_clicked(clicked)
        expect(page.rings).to_have_count(1)
        page.runs()
        assert page.view() == moved
        seen.append(middle(page.rings))
        assert seen[-1] == pytest.approx(middle(page.point(symbol)), abs=1)
    assert seen[0] != seen[1]


def test_other_colours_leave_the_view_and_a_page_opened_anew_begins_with_the_whole(
    open_map: Open,
) -> None:
    page = open_map("330000")
    whole = page.view()
    before = page.areas.nth(1).get_attribute("fill")
    page.drag(-60, 40)
    page.map.locator(".leaflet-control-zoom-in").click()
    page.runs()
    moved = page.view()
    assert all(one != first for one, first in zip(moved, whole, strict=True))
    page.page.get_by_text("other colours").click()
    expect(page.areas.nth(1)).not_to_have_attribute("fill", str(before))
    page.runs()
    assert page.view() == pytest.approx(moved, abs=1e-6)
    page.page.reload()
    expect(page.areas.first).to_be_attached()
    page.runs()
    assert page.view() == pytest.approx(whole, abs=1e-6)


def seen_box(shown: Locator) -> FloatRect:
    """Where something is on the screen, once it is there alone."""
    expect(shown).to_have_count(1)
    box = shown.bounding_box()
    assert box
    return box


def middle(shown: Locator) -> tuple[float, float]:
    """Where the middle of something is on the screen."""
    box = seen_box(shown)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_picked_ring_lets_clicks_through(open_map: Open) -> None:
    page = open_map("330000")
    page.point("⬚").click()
    page.expect_clicked("four")
    box = seen_box(page.rings)
    page.page.mouse.click(box["x"] + 3, box["y"] + box["height"] / 2)
    page.expect_clicked("area:331100")


def test_points_at_one_place_stand_beside_each_other(open_map: Open) -> None:
    page = open_map("330000")
    one, two = (page.point(sign).bounding_box() for sign in "✔✖")
    assert one and two
    apart = max(abs(one["x"] - two["x"]), abs(one["y"] - two["y"]))
    assert 20 <= apart <= 40
    assert abs(one["x"] - two["x"]) + abs(one["y"] - two["y"]) >= 26


def test_no_data_is_hatched_and_the_hatch_exists(open_map: Open) -> None:
    page = open_map("330000")
    hatched = page.map.locator('path[role=button][fill="url(#no-data)"]')
    expect(hatched).to_have_count(2)
    expect(page.map.locator("svg pattern#no-data")).to_have_count(1)


def test_labels_that_have_no_room_are_hidden_until_there_is(open_map: Open) -> None:
    page = open_map()
    few = page.map.locator(SHOWN_LABELS).count()
    assert 3 <= few <= 15
    assert labels_overlap(page) == 0
    page.map.locator(".leaflet-control-zoom-in").click()
    page.map.locator(".leaflet-control-zoom-in").click()
    assert page.runs() == 1
    assert page.map.locator(SHOWN_LABELS).count() > few
    assert labels_overlap(page) == 0


def labels_overlap(page: MapPage) -> int:
    """How many pairs of labels lie over each other."""
    boxes = [one.bounding_box() for one in page.map.locator(SHOWN_LABELS).all()]
    known = [one for one in boxes if one]
    return sum(
        abs(a["x"] + a["width"] / 2 - b["x"] - b["width"] / 2) < (a["width"] + b["width"]) / 2 - 1
        and abs(a["y"] - b["y"]) < (a["height"] + b["height"]) / 2 - 1
        for at, a in enumerate(known)
        for b in known[:at]
    )


def test_a_label_does_not_stop_a_click(open_map: Open) -> None:
    page = open_map("330000")
    label = page.map.locator(SHOWN_LABELS, has_text="6/40").bounding_box()
    assert label
    page.page.mouse.click(label["x"] + label["width"] / 2, label["y"] + label["height"] / 2)
    page.expect_clicked("area:330700")


def test_areas_are_one_tab_stop_with_arrows_and_enter(open_map: Open) -> None:
    page = open_map("330000")
    expect(page.map.locator('path[tabindex="0"]')).to_have_count(1)
    page.runs()
    view = page.view()
    page.area("<img").focus()
    page.page.keyboard.press("ArrowRight")
    expect(page.area("宁波市")).to_be_focused()
    names = page.map.locator(".leaflet-tooltip")
    expect(names).to_have_count(1)
    expect(names).to_contain_text("宁波市")
    page.page.keyboard.press("Enter")
    page.expect_clicked("area:330200")
    assert page.view() == view
    page.page.keyboard.press("Tab")
    expect(page.area("宁波市")).not_to_be_focused()
    page.point("✖").focus()
    page.page.keyboard.press("Enter")
    page.expect_clicked("two")


def test_a_map_fits_a_phone(open_map: Open) -> None:
    page = open_map("330000", PHONE)
    wide = page.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    assert page.ask("map.getBounds().contains([[27.1, 118.1], [31.1, 122.9]])")
