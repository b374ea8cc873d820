"""Two tabs, a colleague, a refresh, a killed server and a stuck database lose nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewContext, Visit
from tests.browser.records import Records
from tests.browser.seen import (
    button,
    card,
    choice,
    expect_saved,
    fact_box,
    link,
    note,
    open_page,
    panel,
    saved_mark,
    seen,
    settled,
    theme,
)
from tests.running_server import RunningServer

BASIC = "/answer?community={code}&theme=facilities&group=basic"


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[RunningServer]:
    """A server of its own, for a test that kills it."""
    running = RunningServer(tmp_path / "mortal").start()
    yield running
    running.stop()


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """Another program holds the database for writing."""
    with closing(sqlite3.connect(home / "assessment.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def settle_button(page: Page, item: str, name: str) -> Locator:
    """One of the two ways out of a clash."""
    return seen(card(page, item).get_by_role("button", name=name))


def expect_both_values(page: Page, item: str, theirs: str, mine: str) -> None:
    """The card names the other value and one's own, and calls nothing saved."""
    warning = card(page, item).get_by_role("alert")
    expect(warning).to_contain_text(theirs)
    expect(warning).to_contain_text(mine)
    expect(saved_mark(page, item)).to_have_text("未保存")


def two_tabs(visit: Visit, server: RunningServer, code: str) -> tuple[Page, Page]:
    """The same community in two tabs of one browser."""
    first = visit(BASIC.format(code=code))
    second = open_page(first.context.new_page(), server, BASIC.format(code=code))
    return first, second


def test_another_field_of_the_same_item_in_a_second_tab_is_kept_beside_mine(
    visit: Visit, server: RunningServer, records: Records
) -> None:
    first, second = two_tabs(visit, server, "P001")
    note(second, "F-01").click()
    second.keyboard.type("第二个标签页写的")
    expect_saved(second, "F-01", 1)
    choice(first, "F-01", "已开放").click()
    expect_saved(first, "F-01", 2)
    kept = records.answer("P001", "F-01")
    assert (kept.choice, kept.note) == ("open", "第二个标签页写的")
    button(first, "next_open").click()
    open_page(first, server, BASIC.format(code="P001"))
    expect(note(first, "F-01")).to_have_value("第二个标签页写的")
    expect(choice(first, "F-01", "已开放")).to_be_checked()


def test_the_same_field_in_two_tabs_shows_both_values_and_keeps_mine_if_asked(
    visit: Visit, server: RunningServer, records: Records
) -> None:
    first, second = two_tabs(visit, server, "P002")
    note(second, "F-01").click()
    second.keyboard.type("第二页的说法")
    expect_saved(second, "F-01", 1)
    note(first, "F-01").click()
    first.keyboard.type("第一页的说法")
    expect_both_values(first, "F-01", theirs="第二页的说法", mine="第一页的说法")
    expect(note(first, "F-01")).to_have_value("第一页的说法")
    assert records.answer("P002", "F-01").note == "第二页的说法"
    settle_button(first, "F-01", "保留我填的").click()
    records.note_becomes("P002", "F-01", "第一页的说法")
    expect_saved(first, "F-01", 2)
    expect(card(first, "F-01").get_by_role("alert")).to_have_count(0)


def test_the_other_value_can_be_taken_instead(
    visit: Visit, server: RunningServer, records: Records
) -> None:
    first, second = two_tabs(visit, server, "P003")
    choice(second, "F-03", "已开放").click()
    expect_saved(second, "F-03", 1)
    choice(first, "F-03", "在建").click()
    expect_both_values(first, "F-03", theirs="已开放", mine="在建")
    settle_button(first, "F-03", "采用已保存的").click()
    expect(choice(first, "F-03", "已开放")).to_be_checked()
    expect_saved(first, "F-03", 1)
    assert records.revisions("P003", "F-03")[-1].count('"open"') == 1


def test_a_colleagues_answer_appears_beside_what_i_am_doing(visit: Visit, records: Records) -> None:
    page = visit(BASIC.format(code="P004"))
    records.colleague_saves("P004", "F-02", "choice", "open")
    records.colleague_saves("P004", "F-02", "note", "同事写的")
    note(page, "F-01").click()
    page.keyboard.type("我写的")
    expect_saved(page, "F-01", 1)
    expect(note(page, "F-02")).to_have_value("同事写的")
    expect(choice(page, "F-02", "已开放")).to_be_checked()
    expect_saved(page, "F-02", 2)
    expect(panel(page)).to_contain_text("已填 1/66")
    expect(note(page, "F-01")).to_be_focused()


def test_a_colleagues_change_of_what_i_am_changing_is_never_overwritten(
    visit: Visit, records: Records
) -> None:
    page = visit(BASIC.format(code="P005"))
    choice(page, "F-04", "无").click()
    expect_saved(page, "F-04", 1)
    records.colleague_saves("P005", "F-04", "choice", "open")
    choice(page, "F-04", "在建").click()
    expect_both_values(page, "F-04", theirs="已开放", mine="在建")
    assert records.answer("P005", "F-04").choice == "open"


def test_a_refresh_in_the_middle_of_an_answer_shows_what_was_done(
    visit: Visit, server: RunningServer, records: Records
) -> None:
    page = visit(BASIC.format(code="P006"))
    choice(page, "F-01", "已开放").click()
    page.reload()
    settled(page)
    kept = records.answer("P006", "F-01")
    if kept.revision:  # the click arrived before the page went
        expect(choice(page, "F-01", "已开放")).to_be_checked()
        expect_saved(page, "F-01", 1)
    else:
        expect(saved_mark(page, "F-01")).to_have_text("尚未填写")
    expect(theme(page, "设施")).to_be_checked()


def test_a_double_click_is_one_change(visit: Visit, records: Records) -> None:
    page = visit(BASIC.format(code="P007"))
    choice(page, "F-05", "已开放").dblclick()
    expect_saved(page, "F-05", 1)
    settled(page)
    expect(choice(page, "F-05", "已开放")).to_be_checked()
    assert records.answer("P007", "F-05").choice == "open"
    assert len(records.revisions("P007", "F-05")) == 1


def test_two_quick_different_clicks_end_at_the_last(visit: Visit, records: Records) -> None:
    page = visit(BASIC.format(code="P008"))
    last = choice(page, "F-05", "已开放")
    choice(page, "F-05", "无").click()
    last.click()
    records.choice_becomes("P008", "F-05", "open")
    settled(page)
    expect(last).to_be_checked()
    expect(saved_mark(page, "F-05")).to_contain_text("已保存")


def test_while_the_database_is_locked_nothing_is_called_saved_and_nothing_is_lost(
    visit: Visit, server: RunningServer, records: Records
) -> None:
    page = visit(BASIC.format(code="P009"))
    records.sheet("P009")
    with locked(server.home):
        note(page, "F-01").click()
        page.keyboard.type("锁住时写的")
        alert = card(page, "F-01").get_by_role("alert")
        expect(alert).to_contain_text("未保存：数据正被别的程序占用")
        expect(note(page, "F-01")).to_have_value("锁住时写的")
        expect(saved_mark(page, "F-01")).to_have_text("未保存")
        expect(page.locator(".st-key-unsaved-notice")).to_contain_text("F-01")
        assert records.answer("P009", "F-01").revision == 0
    button(page, "retry_saving").click()
    records.note_becomes("P009", "F-01", "锁住时写的")
    expect_saved(page, "F-01", 1)
    expect(page.locator(".st-key-unsaved-notice")).to_have_count(0)


def test_a_server_that_was_killed_and_started_again_takes_the_first_text_and_the_first_click(
    new_context: NewContext, mortal: RunningServer
) -> None:
    page = open_page(new_context().new_page(), mortal, BASIC.format(code="P001"))
    choice(page, "F-01", "已开放").click()
    expect_saved(page, "F-01", 1)
    restart_under(page, mortal)
    note(page, "F-02").click()
    page.keyboard.type("重启以后写的")
    expect_saved(page, "F-02", 1)
    restart_under(page, mortal)
    choice(page, "F-03", "在建").click()
    expect_saved(page, "F-03", 1)
    expect_saved(page, "F-01", 1)
    with closing(Records(mortal.home)) as kept:
        assert kept.answer("P001", "F-01").choice == "open"
        assert kept.answer("P001", "F-02").note == "重启以后写的"
        assert kept.answer("P001", "F-03").choice == "building"


def test_text_typed_while_the_server_is_dead_is_saved_when_it_is_back(
    new_context: NewContext, mortal: RunningServer
) -> None:
    page = open_page(new_context().new_page(), mortal, "/answer?community=P002")
    box = fact_box(page, "households")
    box.click()
    page.keyboard.type("124")
    mortal.kill()
    expect(page.locator("#connection-bar")).to_be_visible()
    expect(box).to_have_value("124")
    mortal.start()
    back(page)
    with closing(Records(mortal.home)) as kept:
        kept.fact_becomes("P002", "households", "124")
    expect(fact_box(page, "households")).to_have_value("124")


def test_a_colleagues_words_during_a_restart_are_not_undone_by_the_open_page(
    new_context: NewContext, mortal: RunningServer
) -> None:
    page = open_page(new_context().new_page(), mortal, BASIC.format(code="P003"))
    note(page, "F-01").click()
    page.keyboard.type("我先写的")
    expect_saved(page, "F-01", 1)
    settled(page)
    mortal.kill()
    with closing(Records(mortal.home)) as kept:
        kept.colleague_saves("P003", "F-01", "note", "同事后写的")
        mortal.start()
        back(page)
        expect(note(page, "F-01")).to_have_value("同事后写的")
        expect_saved(page, "F-01", 2)
        choice(page, "F-02", "在建").click()
        expect_saved(page, "F-02", 1)
        assert kept.answer("P003", "F-01").note == "同事后写的"


def test_a_page_that_only_asks_for_a_community_is_no_dead_end_after_a_restart(
    new_context: NewContext, mortal: RunningServer
) -> None:
    page = open_page(new_context().new_page(), mortal, "/")
    link(page, "结果").click()
    way_out = seen(page.get_by_test_id("stPageLink-NavLink").filter(has_text="选择社区"))
    settled(page)
    restart_under(page, mortal)
    way_out.click()
    expect(page.get_by_role("heading", name="选择社区")).to_be_visible()


def restart_under(page: Page, server: RunningServer) -> None:
    """Kill the server below an open page, start it again, and wait until the page is back."""
    server.kill()
    expect(page.locator("#connection-bar")).to_contain_text("连接断开")
    server.start()
    back(page)


def back(page: Page) -> None:
    """Wait until the page says that it is connected again."""
    expect(page.locator("#connection-bar")).to_be_hidden(timeout=30_000)
    settled(page)
