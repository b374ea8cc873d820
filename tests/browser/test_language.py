"""Each page speaks one language: the browser's, or the one that was chosen."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PAGES, Visit
from tests.browser.looks import CHINESE, chinese_lines, raw_keys
from tests.browser.seen import every_text, language, link, map_frame, open_page, seen, settled
from tests.running_server import RunningServer

BASIC = PAGES["answer"]

pytestmark = pytest.mark.usefixtures("something_answered")
TITLES = {"zh": "完整社区建设自评", "en": "Complete Community self-assessment"}


def unfolded(page: Page) -> list[str]:
    """Every line of the page and its maps, with everything unfolded."""
    if any(name in page.url for name in ("/result", "/overview")):
        map_frame(page)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    return list(every_text(page))


@pytest.mark.browser_context_args(locale="en-US")
@pytest.mark.parametrize("address", PAGES.values())
def test_an_english_browser_reads_english_only(visit: Visit, address: str) -> None:
    page = visit(address)
    lines = unfolded(page)
    assert chinese_lines(lines) == []
    assert raw_keys(lines) == []
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("address", PAGES.values())
def test_a_chinese_browser_reads_chinese(visit: Visit, address: str) -> None:
    page = visit(address)
    lines = unfolded(page)
    assert raw_keys(lines) == []
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    headings = page.get_by_role("heading").all_inner_texts()
    assert all(CHINESE.search(one) for one in headings)


def test_the_chosen_language_is_kept_across_pages_and_refreshes(
    visit: Visit, server: RunningServer
) -> None:
    page = visit("/")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLES["zh"])
    language(page, "English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLES["en"])
    expect(page.locator("html")).to_have_attribute("lang", "en")
    link(page, "Overview").click()
    expect(seen(page.get_by_role("heading", level=1))).to_have_text("Overview")
    page.reload()
    settled(page)
    expect(seen(page.get_by_role("heading", level=1))).to_have_text("Overview")
    language(page, "中文").click()
    expect(seen(page.get_by_role("heading", level=1))).to_have_text("总览")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    open_page(page, server, "/?lang=en")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLES["en"])


def test_switching_the_language_keeps_place_and_answers(visit: Visit) -> None:
    page = visit(BASIC)
    language(page, "English").click()
    card = seen(page.locator(".st-key-card-F-01"))
    expect(card.get_by_role("radio", name="Open", exact=True)).to_be_checked()
    expect(card.locator(".saved")).to_contain_text("version 1")
