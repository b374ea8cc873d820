"""Typed text is saved whatever is tapped next, and the tap is not lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.records import Records
from tests.browser.seen import (
    button,
    card,
    centre,
    choice,
    expect_saved,
    fact_box,
    group,
    language,
    link,
    note,
    settled,
    theme,
)
from tests.running_server import RunningServer

PLACE = "/answer?community={code}&theme=facilities&group=basic"


def _theme(page: Page) -> Locator:
    return theme(page, "环境")


def _theme_came(page: Page) -> None:
    expect(theme(page, "环境")).to_be_checked()
    card(page, "E-01")


def _group(page: Page) -> Locator:
    return group(page, "便民购物餐饮")


def _group_came(page: Page) -> None:
    card(page, "F-08")


def _next_open(page: Page) -> Locator:
    return button(page, "next_open")


def _next_open_came(page: Page) -> None:
    card(page, "F-06")


def _other_item(page: Page) -> Locator:
    return choice(page, "F-02", "已开放")


def _other_item_came(page: Page) -> None:
    expect(choice(page, "F-02", "已开放")).to_be_checked()


def _own_item(page: Page) -> Locator:
    return choice(page, "F-01", "在建")


def _own_item_came(page: Page) -> None:
    expect(choice(page, "F-01", "在建")).to_be_checked()


def _link(page: Page) -> Locator:
    return link(page, "结果")


def _link_came(page: Page) -> None:
    expect(page.get_by_role("heading", name="缺口")).to_be_visible()


def _language(page: Page) -> Locator:
    return language(page, "English")


def _language_came(page: Page) -> None:
    expect(theme(page, "Facilities")).to_be_checked()


Find = Callable[[Page], Locator]
Came = Callable[[Page], None]
TAPS: dict[str, tuple[str, Find, Came]] = {
    "the theme switch": ("P001", _theme, _theme_came),
    "a group": ("P002", _group, _group_came),
    "the next open item": ("P003", _next_open, _next_open_came),
    "an answer of another item": ("P004", _other_item, _other_item_came),
    "an answer of the same item": ("P005", _own_item, _own_item_came),
    "a link of the navigation": ("P006", _link, _link_came),
    "the language switch": ("P007", _language, _language_came),
}


@pytest.mark.parametrize("what", TAPS)
def test_a_click_without_press_time_right_after_typing_saves_and_takes_effect(
    visit: Visit, records: Records, what: str
) -> None:
    code, find, came = TAPS[what]
    text = f"打字以后马上点{what}"
    page = visit(PLACE.format(code=code) + "&lang=zh")
    x, y = _type_and_find(page, find, text)
    page.mouse.click(x, y)
    came(page)
    records.note_becomes(code, "F-01", text)


@pytest.mark.parametrize("what", TAPS)
def test_a_tap_of_a_finger_right_after_typing_saves_and_takes_effect(
    visit: Visit, records: Records, what: str
) -> None:
    code, find, came = TAPS[what]
    text = f"用手指：打字以后马上点{what}"
    page = visit(PLACE.format(code=code) + "&lang=zh", has_touch=True)
    x, y = _type_and_find(page, find, text)
    page.touchscreen.tap(x, y)
    came(page)
    records.note_becomes(code, "F-01", text)


def test_a_link_right_after_typing_waits_for_a_server_that_is_busy(
    visit: Visit, server: RunningServer, records: Records
) -> None:
    page = visit(PLACE.format(code="P011"))
    x, y = _type_and_find(page, _link, "服务器正忙的时候")
    with server.paused():
        page.mouse.click(x, y)
        page.wait_for_timeout(700)  # the fault itself: a server that does not answer for a while
    _link_came(page)
    records.note_becomes("P011", "F-01", "服务器正忙的时候")


def test_going_back_right_after_typing_saves_and_goes_back(visit: Visit, records: Records) -> None:
    page = visit(PLACE.format(code="P012"))
    group(page, "便民购物餐饮").click()
    note(page, "F-08").click()
    settled(page)
    page.keyboard.type("后退之前写的")
    page.evaluate("history.back()")
    card(page, "F-01")
    records.note_becomes("P012", "F-08", "后退之前写的")


def test_the_tapped_answer_of_another_item_is_saved_too(visit: Visit, records: Records) -> None:
    page = visit(PLACE.format(code="P008"))
    x, y = _type_and_find(page, _other_item, "文字和答案一起")
    page.mouse.click(x, y)
    expect_saved(page, "F-01", 1)
    expect_saved(page, "F-02", 1)
    assert records.answer("P008", "F-01").note == "文字和答案一起"
    assert records.answer("P008", "F-02").choice == "open"


def test_a_typed_number_is_saved_when_the_theme_is_tapped_at_once(
    visit: Visit, records: Records
) -> None:
    page = visit("/answer?community=P009")
    x, y = centre(theme(page, "智能"))
    fact_box(page, "households").click()
    page.keyboard.type("1,240户")
    page.mouse.click(x, y)
    card(page, "S-01")
    records.fact_becomes("P009", "households", "1240")


def test_text_typed_between_two_taps_belongs_to_its_own_item(
    visit: Visit, records: Records
) -> None:
    page = visit(PLACE.format(code="P010"))
    note(page, "F-01").click()
    page.keyboard.type("第一项的说明")
    note(page, "F-02").click()
    page.keyboard.type("第二项的说明")
    note(page, "F-03").click()
    page.keyboard.type("第三项的说明")
    button(page, "next_open").click()
    for item, text in (("F-01", "第一项"), ("F-02", "第二项"), ("F-03", "第三项")):
        records.note_becomes("P010", item, f"{text}的说明")


def _type_and_find(page: Page, find: Find, text: str) -> tuple[float, float]:
    """Type into the first note; where the thing to tap is, measured before typing began."""
    box = note(page, "F-01")
    box.scroll_into_view_if_needed()
    target = find(page)
    target.scroll_into_view_if_needed()
    settled(page)
    x, y = centre(target)
    box.press("ControlOrMeta+a")
    page.keyboard.type(text)
    return x, y
