"""The way of a newcomer, from the start page to a first result; by mouse, by keyboard, for all."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PAGES, Visit
from tests.browser.looks import barriers
from tests.browser.records import Records, wait_until
from tests.browser.seen import (
    button,
    card,
    choice,
    expect_saved,
    fact_box,
    link,
    map_frame,
    panel,
    seen,
    settled,
)

TABS = 60

pytestmark = pytest.mark.usefixtures("something_answered")


def opened(box: Locator, option: str, wanted: Locator) -> bool:
    """Type into a box until its list stays open: it closes whenever the page moves below it."""
    box.fill("")
    box.fill(option)
    box.page.wait_for_timeout(300)
    return wanted.is_visible()


def pick(page: Page, label: str, option: str) -> None:
    """Choose in a box that drops down."""
    settled(page)
    box, wanted = (
        page.get_by_role("combobox", name=label),
        page.get_by_role("option", name=option, exact=True),
    )
    wait_until(lambda: opened(box, option, wanted), bool)
    expect(wanted).to_be_visible()
    state = page.locator(".page-state")
    before = state.get_attribute("data-state") or ""
    page.keyboard.press("Enter")
    expect(state).not_to_have_attribute("data-state", before)
    settled(page)


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the focus is on such an element."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            return
    pytest.fail(f"Tab does not reach {wanted}")


def test_from_the_start_page_over_the_search_to_a_first_result(
    visit: Visit, records: Records
) -> None:
    page = visit("/")
    button(page, "begin").click()
    seen(page.get_by_label("查找社区")).fill("长沙 金科园")
    expect(page.get_by_text("共 1 个社区")).to_be_visible()
    button(page, "choose-P002").click()
    page.get_by_role("link", name="去填报").click()
    fact_box(page, "households").fill("1240")
    records.fact_becomes("P002", "households", "1240")
    button(page, "next_group").click()
    choice(page, "F-03", "在建").click()
    expect_saved(page, "F-03", 1)
    expect(panel(page)).to_contain_text("已填 1/66")
    link(page, "结果").click()
    expect(seen(page.get_by_role("heading", level=1))).to_have_text("金科园社区")
    expect(page.get_by_text("66 项中 1 项已填")).to_be_visible()
    expect(page.get_by_role("heading", name="缺口")).to_be_visible()


def test_a_community_that_is_not_in_the_list_is_registered_and_answered(visit: Visit) -> None:
    page = visit("/communities")
    page.get_by_text("登记一个社区").click()
    page.get_by_role("combobox").wait_for()
    settled(page)
    button(page, "register").click()
    expect(page.get_by_role("alert").filter(has_text="名称没有填写")).to_be_visible()
    pick(page, "省、自治区、直辖市", "湖南省")
    pick(page, "市、州", "长沙市")
    pick(page, "区、县", "岳麓区")
    page.get_by_label("社区名称（中文）").fill("望月湖社区")
    page.keyboard.press("Enter")
    settled(page)
    button(page, "register").click()
    expect(page.locator(".st-key-place-line")).to_contain_text("望月湖社区")
    button(page, "next_group").click()
    choice(page, "F-01", "已开放").click()
    expect_saved(page, "F-01", 1)


def test_the_sample_is_loaded_marked_and_left(visit: Visit) -> None:
    page = visit("/")
    button(page, "load_sample").click()
    expect(page.locator(".st-key-sample-notice")).to_contain_text("虚构")
    link(page, "结果").click()
    expect(page.get_by_role("heading", name="缺口")).to_be_visible()
    expect(page.locator(".st-key-sample-notice")).to_be_visible()
    button(page, "leave_sample").click()
    expect(page.locator(".st-key-sample-notice")).to_have_count(0)


def test_the_keyboard_alone_leads_from_the_start_to_an_answer(
    visit: Visit, records: Records
) -> None:
    page = visit("/")
    tab_to(page, ".st-key-begin button")
    page.keyboard.press("Enter")
    page.get_by_label("查找社区").wait_for()
    settled(page)
    tab_to(page, ".st-key-search input")
    page.keyboard.type("虎形山")
    expect(page.get_by_text("共 1 个社区")).to_be_visible()
    settled(page)
    tab_to(page, ".st-key-choose-P004 button")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="去填报").wait_for()
    settled(page)
    tab_to(page, ".st-key-community-P004 a[href]")
    page.keyboard.press("Enter")
    fact_box(page, "households")
    settled(page)
    tab_to(page, ".st-key-next_group button")
    page.keyboard.press("Enter")
    card(page, "F-01")
    settled(page)
    tab_to(page, ".st-key-card-F-01 [role=radio]")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    records.choice_becomes("P004", "F-01", "building")
    expect_saved(page, "F-01", 1)


@pytest.mark.parametrize("name", PAGES)
def test_no_page_shuts_anyone_out(visit: Visit, name: str) -> None:
    page = visit(PAGES[name])
    if name in ("result", "overview"):
        map_frame(page)
    assert barriers(page) == {}
