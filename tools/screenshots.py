"""Make the screenshots of the README from the running product, with sample data only.

python -m tools.screenshots
"""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.running_server import CHROMIUM_OPTIONS, PROJECT, RunningServer, usual_chromium

FOLDER = PROJECT / "docs" / "screenshots"
DESKTOP = {"width": 1280, "height": 900}
TALL = {"width": 1280, "height": 1250}
PHONE = {"width": 390, "height": 844}
SAMPLE = "community=S03&round=sample-2"
PICTURES = (
    ("answer", f"/answer?{SAMPLE}&theme=facilities&group=basic", "zh-CN", DESKTOP),
    ("result", f"/result?{SAMPLE}", "zh-CN", DESKTOP),
    ("overview", "/overview?round=sample-2", "zh-CN", TALL),
    ("compare", "/compare?round=sample-2&pins=S01,S02,S03", "zh-CN", TALL),
    ("phone", f"/answer?{SAMPLE}&theme=facilities&group=basic", "zh-CN", PHONE),
    ("english", f"/result?{SAMPLE}&lang=en", "en-US", DESKTOP),
)


def main() -> None:
    """Start the product, load the sample, and take every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=30_000)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        server = RunningServer(Path(home)).start()
        browser = playwright.chromium.launch(
            executable_path=usual_chromium(), args=CHROMIUM_OPTIONS
        )
        try:
            _load_sample(browser, server)
            for name, address, language, size in PICTURES:
                _take(browser, server, name, address, language, size)
        finally:
            browser.close()
            server.stop()


def _load_sample(browser: Browser, server: RunningServer) -> None:
    page = browser.new_page(locale="zh-CN")
    page.goto(server.url)
    page.get_by_role("button", name="载入示例").click()
    expect(page.locator(".st-key-sample-notice")).to_be_visible()
    page.close()


def _take(
    browser: Browser,
    server: RunningServer,
    name: str,
    address: str,
    language: str,
    size: dict[str, int],
) -> None:
    context = browser.new_context(
        locale=language,
        timezone_id="Asia/Shanghai",
        viewport={"width": size["width"], "height": size["height"]},
    )
    page = context.new_page()
    page.goto(server.url + address)
    _wait_until_quiet(page)
    page.screenshot(path=FOLDER / f"{name}.png")
    context.close()


def _wait_until_quiet(page: Page) -> None:
    """Until the script has run and maps and charts are drawn."""
    expect(page.locator(".st-key-sample-notice")).to_be_visible()
    expect(page.locator('[data-testid="stApp"]')).to_have_attribute(
        "data-test-script-state", "notRunning"
    )
    page.wait_for_timeout(2500)


if __name__ == "__main__":
    main()
