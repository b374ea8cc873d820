"""From the first hand-over to the approval, and what a later change does to it."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.records import Records
from tests.browser.seen import button, card, choice, expect_saved, open_page, seen, settled
from tests.running_server import RunningServer

CODE = re.compile(r"^([2-9A-Z]{4}-){2}[2-9A-Z]{4}$")
CHECK, REVIEW = "/check?community=P001", "/review?community=P001"
BASIC = "/answer?community=P001&theme=facilities&group=basic"


def prepared(records: Records) -> None:
    """A community with a mended contradiction in its facts, a gate, and a "not applicable"."""
    for item, name, value in (
        ("F-01", "choice", "open"),
        ("F-03", "choice", "none"),
        ("G-05", "choice", "not_applicable"),
        ("G-05", "reason", "本期没有此类事项"),
    ):
        records.colleague_saves("P001", item, name, value)


def code_on(page: Page) -> str:
    """The code that the page shows."""
    shown = seen(page.locator(".code-line code"))
    expect(shown).to_have_text(CODE)
    return shown.inner_text()


def give_reason(page: Page, popover: str, button_key: str, words: str) -> None:
    """Open a popover, type a reason, and press the button in it."""
    page.locator(popover).get_by_test_id("stPopover").get_by_role("button").first.click()
    body = seen(page.get_by_test_id("stPopoverBody"))
    body.locator("textarea").fill(words)
    body.locator("textarea").press("Tab")
    settled(page)
    seen(page.locator(f'[class*="st-key-{button_key}"] button')).click()
    settled(page)


def shown_in_review(page: Page) -> list[str]:
    """The items that the review shows, in order."""
    cards = page.locator('[class*="st-key-review-"] > div .item-id')
    return cards.all_inner_texts()


def hand_in(page: Page, server: RunningServer) -> None:
    """Staff hand the assessment in from the check page."""
    open_page(page, server, CHECK)
    button(page, "submit").click()
    expect(page.get_by_text("已提交。审核人员可以看到了。")).to_be_visible()


def accept_one_and_return_another(page: Page, server: RunningServer) -> None:
    """The reviewer accepts the "not applicable", pins one item, and returns."""
    open_page(page, server, REVIEW)
    expect(button(page, "approve")).to_be_disabled()
    seen(page.locator('[class*="st-key-accept-G-05"] button')).click()
    expect(page.get_by_text("已同意“不适用”")).to_be_visible()
    give_reason(page, ".st-key-review-F-03", "pin-F-03", "在建的也要如实填写")
    expect(page.get_by_text("F-03 已列入退回项")).to_be_visible()
    button(page, "return").click()
    expect(page.get_by_text("已退回，社区会先看到退回的项目。")).to_be_visible()


def change_the_returned_item_and_another(page: Page, server: RunningServer) -> None:
    """Staff see the returned item first, on top and on its card; they change it and one other."""
    open_page(page, server, "/answer?community=P001")
    notice = seen(page.locator(".st-key-returned-items"))
    expect(notice).to_contain_text("审核退回 1 项")
    notice.get_by_role("button", name="F-03").click()
    expect(card(page, "F-03")).to_contain_text("在建的也要如实填写")
    choice(page, "F-03", "在建").click()
    expect_saved(page, "F-03", 2)
    choice(page, "F-04", "已开放").click()
    expect_saved(page, "F-04", 1)


def test_an_assessment_is_returned_changed_approved_and_opened_again(
    visit: Visit, records: Records, server: RunningServer
) -> None:
    prepared(records)
    page = visit(CHECK)
    expect(page.locator(".st-key-finding-gate_open")).to_contain_text("底线项")
    hand_in(page, server)
    accept_one_and_return_another(page, server)
    change_the_returned_item_and_another(page, server)
    hand_in(page, server)

    # The reviewer sees what changed, pinned or not, and nothing else.
    open_page(page, server, REVIEW)
    expect(page.locator(".st-key-review-F-03")).to_be_visible()
    assert shown_in_review(page) == ["F-03", "F-04"]
    code = code_on(page)
    button(page, "approve").click()
    expect(page.get_by_text("已审定，只能查看。")).to_be_visible()
    assert code_on(page) == code

    # The code verifies, until somebody changes an answer.
    assert "这就是审定的数据" in verified(page, server, code)
    open_page(page, server, BASIC)
    expect(page.get_by_text("已审定。现在修改会变回草稿")).to_be_visible()
    choice(page, "F-04", "无").click()
    expect(seen(page.locator(".st-key-opened-again"))).to_contain_text("审定后又有修改")
    expect(page.locator(".st-key-place-line")).to_contain_text("草稿")

    words = verified(page, server, code)
    assert "曾经审定" in words
    assert "现在有 1 项不同" in words
    expect(page.get_by_test_id("stTable")).to_contain_text("F-04")


def verified(page: Page, server: RunningServer, code: str) -> str:
    """What the page for codes says of one that was copied in small letters without dashes."""
    open_page(page, server, "/verify")
    box = seen(page.locator(".st-key-verify-code input"))
    box.fill(code.replace("-", " ").lower())
    button(page, "verify").click()
    seen(page.locator(".st-key-verified"))
    settled(page)
    return page.get_by_test_id("stMain").inner_text()
