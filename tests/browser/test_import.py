"""A real file through the real chooser: shown, written, taken back."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.records import Records
from tests.browser.seen import settled
from tests.services.broken_files import workbook

ROWS = [
    ("编号", "答案", "说明"),
    ("item", "answer", "note"),
    ("F-01", "已开放", "**不是** <b>标记</b>"),
    ("F-02", "没有这个", ""),
]


def test_a_workbook_is_shown_before_it_is_written_and_can_be_taken_back(
    visit: Visit, records: Records
) -> None:
    page = visit("/import_files?community=P001")
    payload = {"name": "填好.xlsx", "mimeType": "application/zip", "buffer": workbook(ROWS)}
    page.locator("input[type=file]").set_input_files([payload])  # type: ignore[list-item]
    table = page.get_by_role("region", name="会写入的内容")
    expect(table).to_contain_text("**不是** <b>标记</b>")
    refused = page.get_by_role("region", name="不接受的内容")
    expect(refused).to_contain_text("items B4 答案：没有这个")
    expect(refused).to_contain_text("无 / 在建 / 已建未开放 / 已开放")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载全部1条（CSV）").click()
    assert "没有这个" in download.value.path().read_text(encoding="utf-8-sig")
    page.locator(".st-key-import-write button").click()
    expect(page.get_by_test_id("stAlertContentSuccess")).to_contain_text("写入1项")
    assert records.answer("P001", "F-01").choice == "open"
    page.locator('[class*="st-key-import-undo"] button').click()
    expect(page.get_by_test_id("stAlertContentSuccess")).to_contain_text("已撤销")
    settled(page)
    assert records.answer("P001", "F-01").choice == ""
