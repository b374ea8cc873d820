"""Every page works without internet, without script errors, and behind the security headers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.conftest import PAGES, NewContext, Visit
from tests.browser.records import wait_until
from tests.browser.seen import choice, expect_saved, map_frame, open_page, settled
from tests.running_server import RunningServer

MAPS = ("result", "overview")

pytestmark = pytest.mark.usefixtures("something_answered")


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What the browser complained about; a test that drew anything must leave it empty."""
    found: list[str] = []
    yield found
    assert found == []


def listened(page: Page, complaints: list[str]) -> Page:
    """The page, with every script error and every refused or failed request noted."""
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on(
        "console",
        lambda told: complaints.append(told.text) if told.type == "error" else None,
    )
    page.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
    return page


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_drawn_without_internet_and_without_complaint(
    new_context: NewContext, server: RunningServer, complaints: list[str], name: str
) -> None:
    page = listened(new_context().new_page(), complaints)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    open_page(page, server, PAGES[name])
    if name in MAPS:
        map_frame(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert [one.url for one in answers if one.status >= 400] == []
    assert all(one.headers["x-content-type-options"] == "nosniff" for one in answers)
    assert all(one.headers["x-frame-options"] == "SAMEORIGIN" for one in answers)
    assert all(
        "frame-ancestors 'self'" in one.headers["content-security-policy"] for one in answers
    )


def test_a_page_refuses_scripts_that_are_not_its_own(visit: Visit) -> None:
    page = visit("/communities")
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.__hit = 'inline'";
          document.body.append(script);
          const image = document.createElement("img");
          image.setAttribute("onerror", "window.__hit = 'handler'");
          image.src = "/assets/none.png";
          document.body.append(image);
          return new Promise((done) => image.addEventListener("error", done));
        }"""
    )
    assert page.evaluate("window.__hit") is None


def test_another_site_cannot_show_a_page_in_a_frame(
    new_context: NewContext, server: RunningServer
) -> None:
    page = new_context().new_page()
    stranger = "http://127.0.0.1:9/"
    body = f'<iframe src="{server.url}/" id="stolen"></iframe>'
    page.route(stranger, lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto(stranger)
    inside = wait_until(lambda: [one.url for one in page.frames][1:], lambda urls: urls != [""])
    assert inside == ["chrome-error://chromewebdata/"]


@pytest.mark.parametrize(
    ("label", "holds"),
    [
        ("逐项结果（CSV）", "F-03"),
        ("汇总（CSV）", "总分"),
        ("字段说明（CSV）", "字段代码"),
    ],
)
def test_a_clicked_download_is_a_file_that_excel_reads_as_chinese(
    visit: Visit, tmp_path: Path, label: str, holds: str
) -> None:
    page = visit("/result?community=P001")
    with page.expect_download() as started:
        page.get_by_role("link", name=label).click()
    assert started.value.suggested_filename.endswith(".csv")
    started.value.save_as(tmp_path / "file.csv")
    content = (tmp_path / "file.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert holds in content.decode("utf-8-sig")


def test_a_download_holds_the_answer_that_was_just_given(visit: Visit, tmp_path: Path) -> None:
    page = visit("/answer?community=P002&theme=facilities&group=basic")
    choice(page, "F-04", "在建").click()
    expect_saved(page, "F-04", 1)
    page.get_by_test_id("stTopNavLink").filter(has_text="结果").click()
    settled(page)
    with page.expect_download() as started:
        page.get_by_role("link", name="逐项结果（CSV）").click()
    started.value.save_as(tmp_path / "file.csv")
    lines = (tmp_path / "file.csv").read_text(encoding="utf-8-sig").splitlines()
    assert ["在建" in line for line in lines if line.startswith("F-04") or ",F-04," in line] == [
        True
    ]
