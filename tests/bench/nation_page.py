"""The officials' page with a nation of 100 000 communities against the same page with 106.

    python -m tests.bench.nation_page [--home FOLDER] [--communities 100000] [--loads 8]

``--home`` names a folder that already holds a generated nation; without it one is made (without
answers), which takes minutes. Both servers run at once and are asked in turn. Printed are medians
and ratios for: opening the page until map, table and counts are there; a filter change until the
list has changed; and for each picture of the page. Floors: every ratio at most 2; bytes to the
browser for one opening below 2 MB; memory of the server below 1.5 GB.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, Response, WebSocket, expect, sync_playwright

from tests.running_server import CHROMIUM_OPTIONS, RunningServer, usual_chromium

FEW = 106
LAST_ROUND = "nation-3"
PAGE = f"/overview?round={LAST_ROUND}"
PICTURES = ("missing", "matrix", "distribution", "areas", "rounds")
WINDOW = {"width": 1280, "height": 1000}
expect.set_options(timeout=60_000)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--communities", type=int, default=100_000)
    parser.add_argument("--loads", type=int, default=8)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        many = wanted.home or make_nation(Path(folder) / "many", wanted.communities)
        few = make_nation(Path(folder) / "few", FEW)
        servers = RunningServer(many).start(), RunningServer(few).start()
        browser = playwright.chromium.launch(
            executable_path=usual_chromium(), args=CHROMIUM_OPTIONS
        )
        try:
            _measure(browser, *servers, wanted.loads)
        finally:
            browser.close()
            for server in servers:
                server.stop()


def make_nation(home: Path, communities: int) -> Path:
    """A sample nation without answers in ``home``."""
    home.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "assessment.commands", "sample-nation", "--no-answers"]
    command += ["--communities", str(communities)]
    subprocess.run(command, env={**os.environ, "ASSESSMENT_HOME": str(home)}, check=True)
    return home


def _measure(browser: Browser, many: RunningServer, few: RunningServer, loads: int) -> None:
    first, payload = _open_counting(browser, many)
    print(f"first opening after the start, {first:.0f} ms; to the browser {payload / 1e6:.2f} MB")
    _print(
        "page to interactive, ms",
        [(_open(browser, many), _open(browser, few)) for _ in range(loads + 1)][1:],
    )
    pages = [_page(browser, server) for server in (many, few)]
    _print("filter change, ms", [tuple(_filter(page, k) for page in pages) for k in range(loads)])
    for name in PICTURES:
        address = f"{PAGE}&view={name}"
        pairs = [(_open(browser, many, address), _open(browser, few, address)) for _ in range(5)]
        _print(f"page with {name}, ms", pairs[1:])
    print(f"memory of the server: {many.memory_megabytes():.0f} MB (floor 1500)")


def _wait(page: Page) -> None:
    """Until counts, map and table are drawn and nothing runs."""
    page.locator(".figures-row").wait_for()
    page.locator("iframe[title*=st_folium]").last.wait_for()
    page.locator(".page-state").wait_for(state="attached")
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning")


def _open(browser: Browser, server: RunningServer, address: str = PAGE) -> float:
    context = browser.new_context(locale="zh-CN", viewport=WINDOW)
    page = context.new_page()
    start = time.perf_counter()
    page.goto(server.url + address)
    _wait(page)
    took = (time.perf_counter() - start) * 1000
    context.close()
    return took


def _open_counting(browser: Browser, server: RunningServer) -> tuple[float, int]:
    """One opening with all bytes that the product's own data take: frames and fetched outlines."""
    context = browser.new_context(locale="zh-CN", viewport=WINDOW)
    page = context.new_page()
    counted = [0]

    def count_frames(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: counted.__setitem__(0, counted[0] + len(frame)))

    def count_outlines(response: Response) -> None:
        if "/boundaries/" in response.url:
            counted[0] += len(response.body())

    page.on("websocket", count_frames)
    page.on("response", count_outlines)
    start = time.perf_counter()
    page.goto(server.url + PAGE)
    _wait(page)
    took = (time.perf_counter() - start) * 1000
    page.wait_for_timeout(1500)
    context.close()
    return took, counted[0]


def _page(browser: Browser, server: RunningServer) -> Page:
    page = browser.new_page(locale="zh-CN", viewport=WINDOW)
    page.goto(server.url + PAGE)
    _wait(page)
    page.wait_for_timeout(1500)
    return page


def _filter(page: Page, turn: int) -> float:
    """Choose another standing; until the list shows it."""
    page.bring_to_front()
    counts = page.get_by_test_id("stCaptionContainer").filter(has_text="个，共")
    before = counts.inner_text()
    page.locator('[class*="st-key-filter-standing"] input').click()
    option = page.get_by_role("option").nth(1 if turn % 2 == 0 else 2)
    option.wait_for()
    start = time.perf_counter()
    option.click()
    expect(counts).not_to_have_text(before)
    _wait(page)
    return (time.perf_counter() - start) * 1000


def _print(what: str, pairs: list[tuple[float, ...]]) -> None:
    many, few = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{what}: many {many:.0f}, few {few:.0f}, ratio {many / few:.2f} (floor 2)")


if __name__ == "__main__":
    main()
