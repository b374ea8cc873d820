"""Memory of the server: one session, further sessions, and many clicks.

    python -m tests.bench.memory [--sessions 20] [--clicks 2000]

Printed are resident megabytes: with one open answer page and one open result page behind it (so
that chart and map libraries are loaded), for each further open answer page, and after every
quarter of the clicks. The floor stated for the first is 300, for each further session 5.
"""

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.click import ANSWER_PAGE, CARDS
from tests.running_server import CHROMIUM_OPTIONS, RunningServer, usual_chromium

# Clicks one of two buttons of a card and waits for the new saved mark.
CLICK_AND_WAIT = """async ([card]) => {
  const mark = () => document.querySelector(card + " .saved")?.innerText;
  const before = mark();
  const buttons = document.querySelectorAll(card + " [role=radio]");
  (buttons[0].getAttribute("aria-checked") === "true" ? buttons[2] : buttons[0]).click();
  const deadline = performance.now() + 8000;
  while (mark() === before) {
    if (performance.now() > deadline) throw new Error("not saved");
    await new Promise((done) => setTimeout(done, 5));
  }
}"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--clicks", type=int, default=2000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = RunningServer(Path(folder)).start()
        browser = playwright.chromium.launch(
            executable_path=usual_chromium(), args=CHROMIUM_OPTIONS
        )
        try:
            _measure(browser, server, wanted.sessions, wanted.clicks)
        finally:
            browser.close()
            server.stop()


def _measure(browser: Browser, server: RunningServer, sessions: int, clicks: int) -> None:
    page = _open(browser, server)
    page.goto(f"{server.url}/result?community=P002")
    page.locator("iframe").first.wait_for()
    page.goto(server.url + ANSWER_PAGE)
    page.locator(".st-key-card-E-13 textarea").wait_for()
    one = server.memory_megabytes()
    print(f"one session: {one:.0f} MB (floor 300)")
    others = [_open(browser, server) for _ in range(sessions)]
    each = (server.memory_megabytes() - one) / sessions
    print(f"each of {sessions} further sessions: {each:.1f} MB (floor 5)")
    for other in others:
        other.context.close()
    for quarter in range(1, 5):
        for number in range(clicks // 4):
            page.evaluate(CLICK_AND_WAIT, [f".st-key-card-{CARDS[number % len(CARDS)]}"])
        print(f"after {quarter * clicks // 4} clicks: {server.memory_megabytes():.0f} MB")


def _open(browser: Browser, server: RunningServer) -> Page:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 1000})
    page = context.new_page()
    page.goto(server.url + ANSWER_PAGE)
    page.locator(".st-key-card-E-13 textarea").wait_for()
    return page


if __name__ == "__main__":
    main()
