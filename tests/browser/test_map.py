"""The maps: drawn without internet, placed on by a click or by coordinates, quiet when moved."""

import json

import pytest
from playwright.sync_api import Frame, Page, expect

from assessment.domain.coordinates import Datum, distance, to_wgs84
from tests.browser.conftest import NewContext, Visit
from tests.browser.records import Records, wait_until
from tests.browser.seen import button, map_frame, open_page, seen, settled
from tests.running_server import RunningServer

RESULT = "/result?community={code}"
GIVEN = (106.55, 29.56)


# How far down the page the form below pictures and map stands, each time it is elsewhere.
WATCH_FORM = """
window.formPlaces = [];
addEventListener("DOMContentLoaded", () => {
  const look = () => {
    const form = [...document.querySelectorAll("summary")]
      .find((one) => one.textContent.includes("登记位置"));
    const main = document.querySelector("[data-testid=stMain]");
    const place = form && form.getBoundingClientRect().top + main.scrollTop;
    if (form && place !== formPlaces.at(-1)) formPlaces.push(place);
    requestAnimationFrame(look);
  };
  look();
});
"""
A_LINE_OR_TWO = 60


def opened_form(page: Page) -> None:
    """Unfold the form under the map."""
    page.get_by_text("登记位置：社区或设施").click()
    expect(page.get_by_label("经度", exact=True)).to_be_visible()


def type_place(page: Page, longitude: str, latitude: str, datum: str = "WGS-84") -> None:
    """Fill the coordinates in, and press the button once the page has taken them over."""
    page.get_by_label("经度", exact=True).fill(longitude)
    page.get_by_label("纬度", exact=True).fill(latitude)
    chosen = page.get_by_role("radio", name=datum)
    chosen.click()
    expect(chosen).to_be_checked()
    settled(page)
    button(page, "placing-button").click()


def run_number(page: Page) -> str:
    """What changes with every run of the page."""
    state = page.locator(".page-state").get_attribute("data-state")
    return str(json.loads(state or "{}")["run"])


def corner(frame: Frame) -> object:
    """Where the first and the last point are drawn: they move with the map and apart with zoom."""
    return frame.locator(".leaflet-marker-icon[role=button]").evaluate_all(
        """(all) => [all[0], all.at(-1), document.querySelector(".leaflet-map-pane")]
          .map((one) => one.style.transform)"""
    )


def test_coordinates_of_a_chinese_web_map_are_kept_as_wgs84_and_draw_the_rings(
    visit: Visit, records: Records
) -> None:
    page = visit(RESULT.format(code="P014"))
    expect(page.get_by_text("社区位置还没有登记")).to_be_visible()
    opened_form(page)
    type_place(page, str(GIVEN[0]), str(GIVEN[1]), "GCJ-02")
    expect(page.get_by_text("已登记。")).to_be_visible()
    kept = records.community("P014")
    wanted = to_wgs84(*GIVEN, Datum.GCJ02)
    assert kept.place
    assert distance(kept.place, wanted) < 0.01
    assert 100 < distance(kept.place, to_wgs84(*GIVEN, Datum.WGS84)) < 1000
    assert (kept.given_datum, kept.given_longitude, kept.given_latitude) == ("GCJ-02", *GIVEN)
    settled(page)
    frame = map_frame(page)
    for metres in (300, 500, 1000):
        expect(frame.get_by_text(f"{metres} 米（步行约")).to_be_visible()
    expect(frame.get_by_label("民主村社区")).to_be_visible()
    expect(frame.locator(".leaflet-control-scale-line")).to_be_visible()


def test_swapped_coordinates_are_refused_and_stay_in_the_boxes(
    visit: Visit, records: Records
) -> None:
    page = visit(RESULT.format(code="P002"))
    opened_form(page)
    type_place(page, "28.1", "113.0")
    expect(page.get_by_role("alert").filter(has_text="像是填反了")).to_be_visible()
    expect(page.get_by_label("经度", exact=True)).to_have_value("28.1")
    assert records.community("P002").place is None


def test_what_stands_below_pictures_and_map_does_not_jump_away(
    new_context: NewContext, server: RunningServer
) -> None:
    page = new_context().new_page()
    page.add_init_script(WATCH_FORM)
    # Pictures and map come much later than the page, as on an old computer.
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    open_page(page, server, RESULT.format(code="P005"))
    map_frame(page)
    places = page.evaluate("formPlaces")
    assert max(places) - min(places) < A_LINE_OR_TWO, places


def test_a_click_on_the_map_places_a_facility_that_can_be_removed_and_restored(
    visit: Visit, records: Records
) -> None:
    page = visit(RESULT.format(code="P003"))
    opened_form(page)
    map_frame(page).locator(".leaflet-container").click(position={"x": 150, "y": 120})
    longitude = page.get_by_label("经度", exact=True)
    expect(longitude).not_to_have_value("")
    settled(page)
    page.get_by_role("radio", name="幼儿园").click()
    seen(page.get_by_label("名称（可不填）")).fill("小苗幼儿园")
    page.keyboard.press("Enter")
    settled(page)
    button(page, "placing-button").click()
    expect(page.get_by_text("已登记 1 处设施")).to_be_visible()
    [placed] = records.facilities("P003")
    assert (placed.kind, placed.name, placed.given_datum) == (
        "kindergarten",
        "小苗幼儿园",
        "WGS-84",
    )
    assert f"{placed.given_longitude:.6f}" == longitude.input_value()
    settled(page)
    expect(map_frame(page).get_by_label("幼儿园：小苗幼儿园")).to_be_visible()
    page.get_by_text("已登记 1 处设施").click()
    page.get_by_role("button", name="移除").click()
    expect(page.get_by_text("已登记 1 处设施")).to_be_hidden()
    assert records.facilities("P003") == []
    page.get_by_role("button", name="恢复刚移除的").click()
    expect(page.get_by_text("已登记 1 处设施")).to_be_visible()
    assert [one.name for one in records.facilities("P003")] == ["小苗幼儿园"]


@pytest.mark.parametrize("address", [RESULT.format(code="P014"), "/overview"])
def test_panning_and_zooming_runs_nothing(visit: Visit, address: str) -> None:
    page = visit(address)
    frame = map_frame(page)
    before, run = corner(frame), run_number(page)
    frame.locator(".leaflet-container").press("ArrowRight")
    moved = wait_until(lambda: corner(frame), lambda now: now != before)
    assert moved != before
    frame.get_by_role("button", name="Zoom in").click()
    zoomed = wait_until(lambda: corner(frame), lambda now: now != moved)
    assert zoomed != moved
    page.wait_for_timeout(500)  # the fault itself: a run that comes late
    settled(page)
    assert run_number(page) == run


def test_a_click_on_the_overview_map_opens_that_community(visit: Visit) -> None:
    page = visit("/overview")
    expect(page.get_by_text("在地图或下面的表格中选一个社区")).to_be_visible()
    map_frame(page).get_by_label("牡丹社区").click()
    detail = page.locator(".st-key-overview-detail")
    expect(detail).to_contain_text("牡丹社区")
    button(page, "open_result").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("牡丹社区")
    assert "community=P015" in page.url
