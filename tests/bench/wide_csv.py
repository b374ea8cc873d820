"""Whether a file of 100 000 communities starts at once, stays small, and stops nobody's click.

    python -m tests.bench.wide_csv HOME [--round nation-3] [--clicks 40]

HOME is a folder with the records of a nation; a copy of it is served. Printed are, each against
its floor: from the request to the first byte and to the first rows (with a nation that nobody has
looked at yet, and again); how much larger the server grows while it writes; and the median click
on the answer page of another session while a file is written, as a ratio to the same without.
"""

import argparse
import shutil
import statistics
import tempfile
import threading
import time
import urllib.request
import zlib
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.bench.click import ANSWER_PAGE, CARDS, CLICK
from tests.running_server import CHROMIUM_OPTIONS, RunningServer, usual_chromium

FIRST_BYTE_SECONDS = 2.0
CLICK_RATIO = 2.0
GROWN_MEGABYTES = 50.0
_HEADER_BYTES = 20_000


class Download(threading.Thread):
    """One file, read as fast as it comes and thrown away."""

    def __init__(self, server: RunningServer, round_id: str) -> None:
        super().__init__()
        self.address = f"{server.url}/export/communities.csv?round={round_id}&lang=zh"
        self.server = server
        self.first_byte = self.first_rows = self.took = self.most_memory = 0.0
        self.rows = 0

    def run(self) -> None:
        """Take the file."""
        start = time.perf_counter()
        size = 0
        # As browsers ask: then the server also compresses.
        wanted = urllib.request.Request(self.address, headers={"Accept-Encoding": "gzip"})
        unpacked = zlib.decompressobj(wbits=31)
        with urllib.request.urlopen(wanted, timeout=600) as answer:
            while packed := answer.read1(65_536):
                now = time.perf_counter() - start
                self.first_byte = self.first_byte or now
                piece = unpacked.decompress(packed)
                size += len(piece)
                if size > _HEADER_BYTES:
                    self.first_rows = self.first_rows or now
                self.rows += piece.count(b"\n")
                self.most_memory = max(self.most_memory, self.server.memory_megabytes())
        self.took = time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--round", default="nation-3")
    parser.add_argument("--clicks", type=int, default=40)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        shutil.copytree(wanted.home, folder, dirs_exist_ok=True)
        server = RunningServer(Path(folder)).start()
        browser = playwright.chromium.launch(
            executable_path=usual_chromium(), args=CHROMIUM_OPTIONS
        )
        try:
            page = browser.new_page(locale="zh-CN", viewport={"width": 1280, "height": 1000})
            page.goto(server.url + ANSWER_PAGE)
            page.locator(".st-key-card-E-13 textarea").wait_for()
            _measure(page, server, wanted.round, wanted.clicks)
        finally:
            browser.close()
            server.stop()


def _measure(page: Page, server: RunningServer, round_id: str, clicks: int) -> None:
    _print("nation not looked at yet", _taken(server, round_id))
    before = server.memory_megabytes()
    again = _taken(server, round_id)
    _print("again", again)
    grown = again.most_memory - before
    print(f"server grew while writing: {grown:.0f} MB (floor {GROWN_MEGABYTES:.0f})")
    for number in range(6):
        _click(page, number)
    idle = [_click(page, number) for number in range(clicks)]
    download = Download(server, round_id)
    download.start()
    time.sleep(0.5)
    busy = []
    while download.is_alive() and len(busy) < clicks:
        busy.append(_click(page, len(busy)))
    counted = len(busy)
    download.join()
    # Before and after, so that what else the machine does weighs on both sides alike.
    idle += [_click(page, number) for number in range(clicks)]
    ours, alone = statistics.median(busy), statistics.median(idle)
    print(f"click while a file is written ({counted} of them), ms: {ours:.0f}, idle {alone:.0f}, ")
    print(f"ratio {ours / alone:.2f} (floor {CLICK_RATIO}); slowest {max(busy):.0f}")


def _taken(server: RunningServer, round_id: str) -> Download:
    download = Download(server, round_id)
    download.start()
    download.join()
    return download


def _print(what: str, one: Download) -> None:
    print(
        f"{what}: first byte after {one.first_byte:.2f} s (floor {FIRST_BYTE_SECONDS}), "
        f"first rows {one.first_rows:.2f} s, all {one.rows} lines {one.took:.0f} s"
    )


def _click(page: Page, number: int) -> float:
    card = f".st-key-card-{CARDS[number % len(CARDS)]}"
    took: float = page.evaluate(CLICK, [card, [f"{card} .saved", ".panel.wide"]])
    page.wait_for_timeout(250)
    return took


if __name__ == "__main__":
    main()
