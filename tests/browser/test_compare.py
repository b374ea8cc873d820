"""Comparing in a real browser: pin, choose a baseline, read the tables, follow a peer."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from assessment.domain.records import Signature
from assessment.services import sample
from tests.browser.conftest import Visit
from tests.browser.records import Records, wait_until
from tests.browser.seen import seen, settled

ROUND = "round=sample-2&lang=zh"
PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def _loaded(records: Records) -> Iterator[None]:
    sample.load(records.store, Signature("tester", datetime.now(UTC)))
    yield


def table(page: Page, caption: str):
    """A comparison table by its caption."""
    return seen(page.locator("table.compare", has=page.locator("caption", has_text=caption)))


def heads(page: Page, caption: str) -> list[str]:
    return table(page, caption).locator("thead th").all_inner_texts()


def test_pilots_are_pinned_compared_and_shared_by_the_address(visit: Visit) -> None:
    page = visit(f"/compare?{ROUND}")
    for name, code in (("青禾", "S01"), ("松涛", "S03")):
        box = seen(page.get_by_label("查找社区"))
        box.fill(name)
        box.press("Enter")
        seen(page.locator(f".st-key-pin-{code} button")).click()
        seen(page.locator(f".st-key-unpin-{code} button"))
    settled(page)
    assert "pins=S01%2CS03" in page.url or "pins=S01,S03" in page.url
    seen(page.locator(".st-key-baseline_choice")).get_by_role("combobox").click()
    page.get_by_role("option", name="示例·松涛社区").click()
    expect(table(page, "得分区间").locator("thead th.baseline")).to_contain_text("松涛")
    again = visit(page.url[page.url.index("/compare") :])
    expect(table(again, "得分区间").locator("thead th.baseline")).to_contain_text("松涛")
    assert len(heads(again, "逐项")) == 3


def test_a_seventh_pin_is_refused_in_words_that_stay(visit: Visit) -> None:
    page = visit(f"/compare?{ROUND}&pins=S01,S02,S03,S04,S05,S06")
    page.get_by_text("添加试点").click()
    box = seen(page.get_by_label("查找社区"))
    box.fill("锦屏")
    box.press("Enter")
    seen(page.locator(".st-key-pin-S07 button")).click()
    seen(page.get_by_text("最多同时对比 6 个试点"))
    settled(page)
    seen(page.get_by_text("最多同时对比 6 个试点"))


def test_headings_stay_in_sight_and_the_box_takes_the_keyboard(visit: Visit) -> None:
    page = visit(f"/compare?{ROUND}&pins=S01,S03,S08,S04")
    box = table(page, "逐项").locator("xpath=..")

    def scrolled_by_key() -> float:
        box.press("PageDown")
        return float(box.evaluate("one => one.scrollTop"))

    assert wait_until(scrolled_by_key, lambda far: far > 100) > 100
    # Both at one moment, for the scrolling may go on.
    apart = box.evaluate(
        "box => box.querySelector('thead th').getBoundingClientRect().top"
        " - box.getBoundingClientRect().top"
    )
    assert abs(apart) < 3


@pytest.mark.parametrize("language", ["zh", "en"])
def test_on_a_phone_only_the_box_scrolls_sideways(visit: Visit, language: str) -> None:
    address = f"/compare?round=sample-2&lang={language}&pins=S01,S03,S08,S12,S04,S02"
    page = visit(address)
    page.set_viewport_size(PHONE)
    main = page.get_by_test_id("stMain")
    assert main.evaluate("one => one.scrollWidth - one.clientWidth") == 0
    for box in page.locator(".compare-box").all():
        assert box.evaluate("one => one.getBoundingClientRect().right") <= PHONE["width"]
    first = page.locator(".compare-box").first
    assert first.evaluate("one => one.scrollWidth - one.clientWidth") > 0
    first.evaluate("one => { one.scrollLeft = 300 }")
    name = first.locator("tbody th[scope=row]").first.bounding_box()
    assert name and name["x"] >= 0


def test_a_peer_is_pinned_and_opened_by_its_links(visit: Visit) -> None:
    page = visit(f"/compare?{ROUND}&pins=S03&baseline=S03")
    seen(page.get_by_role("link", name="把示例·青禾社区加入对比").first)
    page.get_by_role("link", name="把示例·青禾社区加入对比").first.click()
    seen(page.locator(".st-key-unpin-S01 button"))
    settled(page)
    expect(table(page, "得分区间").locator("thead th.baseline")).to_contain_text("松涛")
    page.get_by_role("link", name="看示例·青禾社区的结果").first.click()
    page.wait_for_url(re.compile("/result"))
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("青禾")
    seen(page.get_by_test_id("stTopNavLink").filter(has_text="对比")).click()
    seen(page.locator(".st-key-unpin-S01 button"))


def test_the_page_has_no_serious_faults_for_a_screen_reader(visit: Visit) -> None:
    page = visit(f"/compare?{ROUND}&pins=S01,S03,S12&baseline=S03")
    seen(page.get_by_text("是否真的领先"))
    found = Axe().run(page, context=".compare-box, .compare-leads, .compare-caution")
    serious = [
        one for one in found.response["violations"] if one["impact"] in ("serious", "critical")
    ]
    assert serious == []
