"""A second round: opened by whoever runs the product, confirmed, looked back on, talked about."""

from datetime import UTC, datetime

from playwright.sync_api import Locator, Page, expect

from assessment.domain.round_days import chinese_day
from tests.browser.conftest import Visit
from tests.browser.records import Records
from tests.browser.seen import button, card, choice, expect_saved, note, panel, seen, settled

BASIC = "/answer?community=P001&theme=facilities&group=basic"
CARRIED = (("F-01", "choice", "built"), ("F-01", "choice", "open"), ("F-03", "choice", "none"))


def popover(page: Page) -> Locator:
    """What lies behind a card, once it is open."""
    return seen(page.get_by_test_id("stPopoverBody"))


def test_a_second_round_from_its_opening_to_a_resolved_comment(
    visit: Visit, records: Records
) -> None:
    for item, name, value in CARRIED:
        records.colleague_saves("P001", item, name, value)
    _open_round(visit)
    page = visit(BASIC)
    _confirm_one_then_all(page, records)
    _look_back(page, records)
    _talk(page)


def _open_round(visit: Visit) -> None:
    page = visit("/rounds")
    seen(page.get_by_text("新建一轮自评")).click()
    fields = seen(page.locator(".st-key-add-round"))
    day = chinese_day(datetime.now(UTC))
    for label, value in (
        ("中文名称", "第二轮自评"),
        ("英文名称", "Second round"),
        ("开始日期", day),
        ("应交日期", "2000-01-01"),
    ):
        fields.get_by_label(label, exact=True).fill(value)
        fields.get_by_label(label, exact=True).press("Tab")
    button(page, "add_round").click()
    expect(page.get_by_text("早于开始日期")).to_be_visible()
    fields.get_by_label("应交日期", exact=True).fill("")
    button(page, "add_round").click()
    expect(page.locator("table.rounds")).to_contain_text("第二轮自评")


def _confirm_one_then_all(page: Page, records: Records) -> None:
    expect(panel(page)).to_contain_text("暂无得分")
    expect(panel(page)).to_contain_text("有 2 项沿用以前的内容，待确认")
    expect(card(page, "F-01")).to_contain_text("待确认（原答案：已开放）")
    expect(choice(page, "F-01", "已开放")).to_be_checked()
    button(page, "confirm-F-01").click()
    expect_saved(page, "F-01", 2)
    expect(card(page, "F-01")).not_to_contain_text("待确认（原答案")
    expect(panel(page)).to_contain_text("已填 1/66")
    button(page, "confirm_all").click()
    expect(panel(page)).to_contain_text("已填 2/66")
    expect_saved(page, "F-03", 2)
    assert not records.answer("P001", "F-03").to_confirm
    button(page, "confirm_undo").click()
    expect(panel(page)).to_contain_text("已填 1/66")
    choice(page, "F-03", "在建").click()
    expect(panel(page)).to_contain_text("已填 2/66")
    expect(page.locator(".st-key-confirm-bar")).to_have_count(0)


def _look_back(page: Page, records: Records) -> None:
    choice(page, "F-01", "无").click()
    expect_saved(page, "F-01", 3)
    settled(page)
    button(page, "records-F-01").click()
    expect(popover(page)).to_contain_text("现在：第 3 版")
    expect(popover(page)).to_contain_text("答案：已开放")
    button(page, "restore-F-01-2").click()
    expect_saved(page, "F-01", 4)
    expect(choice(page, "F-01", "已开放")).to_be_checked()
    assert records.answer("P001", "F-01").choice == "open"


def _talk(page: Page) -> None:
    expect(popover(page)).to_contain_text("已恢复第 2 版")
    words = "**开放时间**是几点？ <b>"
    popover(page).get_by_label("写留言").fill(words)
    popover(page).get_by_role("button", name="发送").click()
    expect(popover(page).locator(".comment .words")).to_have_text(words)
    expect(card(page, "F-01").locator(".open-comments")).to_have_text("1 条留言未解决")
    popover(page).get_by_role("button", name="标为已解决").click()
    expect(popover(page).locator(".comment.settled")).to_contain_text("标为已解决")
    expect(card(page, "F-01").locator(".open-comments")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(note(page, "F-01")).to_be_visible()
