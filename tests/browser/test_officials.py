"""Officials at work: map, list and pictures follow each other, and the address keeps the way."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from assessment.domain.records import Signature
from assessment.services import sample
from tests.browser.conftest import Visit
from tests.browser.records import Records
from tests.browser.seen import button, map_frame, seen, settled
from tests.conftest import NOW

PAGE = "/overview?round=sample-2"


@pytest.fixture(autouse=True, scope="module")
def _sampled(records: Records) -> Iterator[None]:
    sample.load(records.store, Signature("tester", NOW))
    yield


def detail(page: Page) -> Locator:
    """The card of the picked community."""
    return page.locator(".st-key-overview-detail")


def switch(page: Page, name: str) -> None:
    """Choose what is shown below the map."""
    seen(page.locator(".st-key-overview-view").get_by_role("radio", name=name)).click()
    settled(page)


def test_what_is_picked_on_the_map_is_picked_in_the_list(visit: Visit) -> None:
    page = visit(PAGE)
    map_frame(page).get_by_label("示例·望湖社区").click()
    expect(detail(page)).to_contain_text("示例·望湖社区")
    settled(page)
    expect(page.locator('[data-testid="stDataFrame"] tr[aria-selected="true"]')).to_contain_text(
        "示例·望湖社区"
    )
    expect(map_frame(page).locator(".pick-ring")).to_have_count(1)


def test_a_coloured_area_leads_into_it_and_back_is_one_step(visit: Visit) -> None:
    page = visit(PAGE)
    page.get_by_text("按地区填色").click()
    settled(page)
    area = map_frame(page).locator('path[aria-label^="浙江省"]')
    area.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**area=330000**")
    settled(page)
    expect(page.locator(".figures-row")).to_have_text(re.compile(r"^1社区"))
    page.go_back()
    settled(page)
    assert "area=" not in page.url


def test_an_item_that_colours_leads_to_those_who_meet_it(visit: Visit) -> None:
    page = visit(f"{PAGE}&colour=item:F-03")
    expect(page.locator(".st-key-item-detail")).to_contain_text("F-03 托儿所")
    button(page, "item-who-met").click()
    settled(page)
    page.wait_for_url("**state=met**")
    expect(page.get_by_text("共 7 个")).to_be_visible()


def test_the_file_holds_the_communities_of_the_filter(visit: Visit, tmp_path: Path) -> None:
    page = visit(f"{PAGE}&standing=blocked")
    page.get_by_role("button", name="下载当前范围").click()
    with page.expect_download() as waiting:
        page.locator('a.download[href*="communities.csv"]').click()
    path = tmp_path / "wide.csv"
    waiting.value.save_as(path)
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()[1:]))
    assert len(rows) == 7
    assert {row["standing"] for row in rows} == {"blocked"}


def test_two_pins_go_on_to_the_comparison(visit: Visit) -> None:
    page = visit(PAGE)
    for name in ("示例·望湖社区", "示例·青禾社区"):
        map_frame(page).get_by_label(name).click()
        expect(detail(page)).to_contain_text(name)
        settled(page)
        page.get_by_role("button", name="加入对比").click()
        settled(page)
    page.wait_for_url("**pins=S02%2CS01**")


@pytest.mark.browser_context_args(viewport={"width": 390, "height": 844})
@pytest.mark.parametrize("view", ["list", "missing", "matrix", "distribution", "areas", "rounds"])
def test_no_view_moves_sideways_on_a_phone(visit: Visit, view: str) -> None:
    page = visit(f"{PAGE}&view={view}")
    width = page.evaluate("() => document.scrollingElement.scrollWidth")
    assert width <= 390
