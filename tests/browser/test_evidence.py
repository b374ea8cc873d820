"""A photo by the chooser of files: seen small, downloaded whole, removed and brought back."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.records import Records
from tests.browser.seen import button, card, choice, expect_saved, seen, settled
from tests.services.evidence_files import PDF, photo

BASIC = "/answer?community={code}&theme=facilities&group=basic&lang={lang}"
NAMES = {"zh": ("已开放", "无佐证"), "en": ("Open", "unsupported")}
PHONE = pytest.mark.browser_context_args(
    viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
)


def chosen(page: Page, item: str, *files: tuple[str, str, bytes]) -> None:
    """Choose files in the item's chooser, which is open."""
    payloads: Sequence[dict[str, object]] = [
        {"name": name, "mimeType": kind, "buffer": content} for name, kind, content in files
    ]
    with page.expect_file_chooser() as chooser:
        seen(card(page, item).get_by_test_id("stFileUploaderDropzone").locator("button")).click()
    chooser.value.set_files(payloads)


@pytest.mark.parametrize(
    ("lang", "code"), [("zh", "P001"), pytest.param("en", "P002", marks=PHONE)]
)
def test_a_photo_is_added_seen_downloaded_and_removed(
    visit: Visit, records: Records, lang: str, code: str
) -> None:
    page = visit(BASIC.format(code=code, lang=lang))
    met, lacking = NAMES[lang]
    choice(page, "F-01", met).click()
    expect_saved(page, "F-01", 1)
    expect(card(page, "F-01").locator(".unsupported")).to_contain_text(lacking)
    button(page, "evidence-F-01").click()
    settled(page)
    chosen(page, "F-01", ("活动室.jpg", "image/jpeg", photo()), ("a.jpg", "image/jpeg", PDF))
    picture = seen(card(page, "F-01").locator("ul.evidence img"))
    expect(picture).to_have_js_property("naturalWidth", 240)
    expect(card(page, "F-01").locator(".unsupported")).to_have_count(0)
    expect(card(page, "F-01").get_by_test_id("stAlertContentError")).to_contain_text("a.jpg")
    assert records.sheet(code).community.place is None
    assert page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth")
    with page.expect_download() as download:
        card(page, "F-01").locator("ul.evidence a").click()
    assert download.value.suggested_filename == "活动室.jpg"
    stored = Image.open(BytesIO(download.value.path().read_bytes()))
    assert stored.size == (480, 640)
    assert not dict(stored.getexif())
    card(page, "F-01").locator('[class*="st-key-evidence-remove"] button').click()
    expect(picture).to_have_count(0)
    expect(card(page, "F-01").locator(".unsupported")).to_contain_text(lacking)
    button(page, "evidence-undo").click()
    expect(picture).to_have_count(1)
    assert records.sheet(code).evidence == {"F-01": 1}


def test_the_browser_says_in_chinese_what_it_does_not_take(
    visit: Visit, records: Records, tmp_path: Path
) -> None:
    page = visit(BASIC.format(code="P003", lang="zh"))
    button(page, "evidence-F-02").click()
    settled(page)
    uploader = seen(card(page, "F-02").get_by_test_id("stFileUploader"))
    expect(uploader.locator("button").first).to_contain_text("选择文件")
    large = tmp_path / "big.pdf"
    large.write_bytes(PDF + b"0" * 21_000_000)
    card(page, "F-02").locator("input[type=file]").set_input_files(large)
    expect(uploader).to_contain_text("文件太大")
    assert records.sheet("P003").evidence == {}
