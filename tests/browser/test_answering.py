"""A click and a typed note are saved at once, say so, and leave the person where they are."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.conftest import Visit
from tests.browser.records import Records
from tests.browser.seen import (
    button,
    card,
    choice,
    expect_saved,
    group,
    note,
    open_page,
    panel,
    saved_mark,
    settled,
    theme,
)
from tests.running_server import RunningServer

# A run may begin and end between two pictures: every change of the mark is looked at.
UNTIL_RUNNING = """() => new Promise((done, fail) => {
  const app = document.querySelector("[data-testid=stApp]");
  const running = () => app.dataset.testScriptState === "running";
  if (running()) return done();
  const changes = new MutationObserver((all) => {
    if (!running() && !all.some((one) => one.oldValue === "running")) return;
    changes.disconnect();
    done();
  });
  const mark = "data-test-script-state";
  changes.observe(app, { attributes: true, attributeFilter: [mark], attributeOldValue: true });
  setTimeout(() => fail(new Error("the page did not run")), 15000);
})"""
BASIC = "/answer?community={code}&theme=facilities&group=basic"


def test_one_click_saves_and_shows_the_revision_that_the_database_holds(
    visit: Visit, records: Records
) -> None:
    page = visit(BASIC.format(code="P001"))
    choice(page, "F-03", "已开放").click()
    expect_saved(page, "F-03", 1)
    kept = records.answer("P001", "F-03")
    assert (kept.choice, kept.revision) == ("open", 1)
    choice(page, "F-03", "无").click()
    expect_saved(page, "F-03", 2)
    assert records.revisions("P001", "F-03")[-1].count('"none"') == 1


def test_a_click_moves_panel_and_counts_but_not_the_page(visit: Visit) -> None:
    page = visit(BASIC.format(code="P002"))
    clicked = choice(page, "F-04", "在建")
    clicked.scroll_into_view_if_needed()
    page.mouse.wheel(0, 300)
    expect(panel(page)).to_contain_text("已填 0/66")
    place = _steady(page, lambda: (_scrolled(page), clicked.bounding_box()))
    clicked.click()
    expect_saved(page, "F-04", 1)
    expect(panel(page)).to_contain_text("已填 1/66")
    expect(page.locator(".progress-row")).to_contain_text("1/")
    settled(page)
    assert (_scrolled(page), clicked.bounding_box()) == place
    expect(clicked).to_be_focused()


def test_a_typed_note_is_saved_without_leaving_the_box(visit: Visit, records: Records) -> None:
    page = visit(BASIC.format(code="P003"))
    box = note(page, "F-01")
    box.click()
    page.keyboard.type("三层办公楼一层，", delay=20)
    expect_saved(page, "F-01", 1)
    records.note_becomes("P003", "F-01", "三层办公楼一层，")
    settled(page)
    expect(box).to_be_focused()
    assert box.evaluate("box => box.selectionStart") == len("三层办公楼一层，")
    page.keyboard.press("Home")
    page.keyboard.type("位于", delay=20)
    records.note_becomes("P003", "F-01", "位于三层办公楼一层，")
    expect_saved(page, "F-01", 2)
    assert box.evaluate("box => box.selectionStart") == 2


def test_forty_fast_key_strokes_over_several_saves_arrive_whole(
    visit: Visit, records: Records
) -> None:
    page = visit(BASIC.format(code="P004"))
    box = note(page, "F-02")
    box.click()
    text = "".join(chr(ord("a") + k % 26) for k in range(40))
    page.keyboard.type(text[:13], delay=15)
    expect_saved(page, "F-02", 1)
    page.keyboard.type(text[13:27], delay=15)
    expect_saved(page, "F-02", 2)
    page.keyboard.type(text[27:], delay=15)
    records.note_becomes("P004", "F-02", text)
    expect(box).to_have_value(text)
    expect(box).to_be_focused()


def test_key_strokes_while_a_save_is_under_way_are_kept(visit: Visit, records: Records) -> None:
    page = visit(BASIC.format(code="P005"))
    note(page, "F-02").click()
    parts = ("每月第一个星期六开放，", "登记表在服务台，", "可提前电话预约，", "节假日照常。")
    for part in parts:
        page.keyboard.type(part)
        page.evaluate(UNTIL_RUNNING)
    records.note_becomes("P005", "F-02", "".join(parts))
    expect(note(page, "F-02")).to_have_value("".join(parts))


def test_chinese_composed_with_an_input_method_arrives_whole(
    visit: Visit, records: Records
) -> None:
    page = visit(BASIC.format(code="P014"))
    box = note(page, "F-02")
    box.click()
    keys = page.context.new_cdp_session(page)
    for word, spelled in (("养老", "yang lao"), ("服务站", "fu wu zhan")):
        for end in range(1, len(spelled) + 1):
            shown = {"text": spelled[:end], "selectionStart": end, "selectionEnd": end}
            keys.send("Input.imeSetComposition", shown)
        keys.send("Input.insertText", {"text": word})
    records.note_becomes("P014", "F-02", "养老服务站")
    expect(box).to_have_value("养老服务站")
    assert [one.count("note") for one in records.revisions("P014", "F-02")] == [1]


def test_refreshing_right_after_the_mark_keeps_the_answer(
    visit: Visit, server: RunningServer
) -> None:
    page = visit(BASIC.format(code="P006"))
    choice(page, "F-05", "已建未开放").click()
    expect_saved(page, "F-05", 1)
    open_page(page, server, BASIC.format(code="P006"))
    expect(choice(page, "F-05", "已建未开放")).to_be_checked()
    expect_saved(page, "F-05", 1)


def test_refreshing_with_unsaved_text_warns_and_saves(visit: Visit, records: Records) -> None:
    page = visit(BASIC.format(code="P007"))
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    note(page, "F-01").click()
    page.keyboard.type("还没来得及保存")
    page.evaluate("() => { location.reload() }")
    records.note_becomes("P007", "F-01", "还没来得及保存")
    assert asked == ["beforeunload"]
    expect(note(page, "F-01")).to_have_value("还没来得及保存")


def test_a_double_click_on_an_answer_is_one_revision(visit: Visit, records: Records) -> None:
    page = visit(BASIC.format(code="P008"))
    choice(page, "F-02", "已开放").dblclick()
    expect_saved(page, "F-02", 1)
    settled(page)
    choice(page, "F-01", "无").click()
    expect_saved(page, "F-01", 1)
    assert len(records.revisions("P008", "F-02")) == 1


def test_undo_puts_the_last_change_back_as_a_new_revision(visit: Visit, records: Records) -> None:
    page = visit(BASIC.format(code="P009"))
    choice(page, "F-01", "已开放").click()
    expect_saved(page, "F-01", 1)
    choice(page, "F-01", "在建").click()
    expect_saved(page, "F-01", 2)
    button(page, "undo").click()
    expect_saved(page, "F-01", 3)
    expect(choice(page, "F-01", "已开放")).to_be_checked()
    assert records.answer("P009", "F-01").choice == "open"
    expect(page.get_by_text("已撤销 F-01 的上一次改动。")).to_be_visible()


def test_the_back_button_goes_back_one_place(visit: Visit) -> None:
    page = visit(BASIC.format(code="P010"))
    group(page, "便民购物餐饮").click()
    card(page, "F-08")
    theme(page, "治理").click()
    card(page, "G-01")
    settled(page)
    page.go_back()
    card(page, "F-08")
    expect(group(page, "便民购物餐饮")).to_be_checked()
    settled(page)
    page.go_back()
    card(page, "F-01")
    expect(theme(page, "设施")).to_be_checked()


def test_the_next_open_item_is_jumped_to_and_focused(visit: Visit) -> None:
    page = visit(BASIC.format(code="P011"))
    button(page, "next_open").click()
    expect(note(page, "F-06")).to_be_focused()
    expect(card(page, "F-06")).to_be_in_viewport()
    settled(page)
    button(page, "next_open").click()
    expect(choice(page, "F-08", "无")).to_be_focused()


def test_the_keyboard_alone_reaches_and_gives_an_answer(visit: Visit, records: Records) -> None:
    page = visit(BASIC.format(code="P012"))
    group(page, "基本公共服务").focus()
    _tab_into(page, "F-01", "[role=radio]")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect_saved(page, "F-01", 1)
    expect(choice(page, "F-01", "已建未开放")).to_be_checked()
    assert records.answer("P012", "F-01").choice == "built"
    settled(page)
    expect(choice(page, "F-01", "已建未开放")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect_saved(page, "F-01", 2)
    expect(choice(page, "F-01", "已开放")).to_be_focused()
    _tab_into(page, "F-01", "[class*='-note'] textarea")
    page.keyboard.type("用键盘写的说明")
    records.note_becomes("P012", "F-01", "用键盘写的说明")


def test_a_mark_is_never_shown_before_the_database_has_the_answer(
    visit: Visit, records: Records
) -> None:
    page = visit(BASIC.format(code="P013"))
    for step in ("无", "在建", "已建未开放", "已开放", "待核实"):
        before = records.answer("P013", "F-03").revision
        choice(page, "F-03", step).click()
        expect(saved_mark(page, "F-03")).to_contain_text(f"第 {before + 1} 版")
        assert records.answer("P013", "F-03").revision == before + 1


def _scrolled(page: Page) -> float:
    return float(page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop"))


def _steady(page: Page, look: Callable[[], object]) -> object:
    """What is seen once it no longer changes from one picture to the next."""
    last = look()
    for _ in range(50):
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => done()))")
        now = look()
        if now == last:
            return now
        last = now
    pytest.fail("the page does not come to rest")


def _tab_into(page: Page, item: str, selector: str) -> None:
    """Press Tab until the focus is on such an element of the card."""
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate(
            "([item, selector]) => document.activeElement.matches("
            "`.st-key-card-${item} ${selector}`)",
            [item, selector],
        ):
            return
    pytest.fail(f"Tab does not reach {selector} of {item}")
