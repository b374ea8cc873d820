"""How long a click takes against an empty Streamlit page with as many widgets.

    python -m tests.bench.click [--clicks 60] [--loads 8]

Both pages are served by one machine in one run and take turns. Printed are medians and their
ratios for three things: from the click to the saved mark and the new score on the screen; server
CPU for one click; and from opening the address (empty browser cache) to a page that answers.
"""

import argparse
import json
import shutil
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.running_server import CHROMIUM_OPTIONS, PROJECT, RunningServer, usual_chromium

FLOOR = Path(__file__).parent / "floor_page.py"
ANSWER_PAGE = "/answer?community=P002&theme=environment&group=roads_and_safety"
CARDS = ("E-06", "E-07", "E-08", "E-09", "E-10", "E-11", "E-12")
# Clicks one of two buttons of the card, whichever is not pressed (they differ in credit), and
# waits until every watched text has changed and was painted.
CLICK = """async ([card, watched]) => {
  const texts = () => watched.map((one) => document.querySelector(one)?.innerText);
  const before = texts();
  const changed = () => texts().every((text, k) => text !== before[k]);
  const buttons = document.querySelectorAll(card + " [role=radio]");
  const button = buttons[0].getAttribute("aria-checked") === "true" ? buttons[2] : buttons[0];
  const start = performance.now();
  return await new Promise((done, fail) => {
    const observer = new MutationObserver(() => {
      if (!changed()) return;
      observer.disconnect();
      requestAnimationFrame(() => done(performance.now() - start));
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    button.click();
    setTimeout(() => fail(new Error("no change: " + texts())), 8000);
  });
}"""


# Notes the moment when the page can be used. The driver itself looks only every half second by
# then, which would round both pages up to the same few steps.
NOTE_READY = """(wanted) => {
  const observer = new MutationObserver(() => {
    if (!wanted.every((one) => document.querySelector(one))) return;
    observer.disconnect();
    requestAnimationFrame(() => { window.benchReady = performance.now(); });
  });
  observer.observe(document, { subtree: true, childList: true });
}"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clicks", type=int, default=60)
    parser.add_argument("--loads", type=int, default=8)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        product = RunningServer(Path(folder) / "product").start()
        floor = _floor_server(Path(folder) / "floor")
        browser = playwright.chromium.launch(
            executable_path=usual_chromium(), args=CHROMIUM_OPTIONS
        )
        try:
            _measure(browser, product, floor, wanted.clicks, wanted.loads)
        finally:
            browser.close()
            product.stop()
            floor.stop()


def _floor_server(home: Path) -> RunningServer:
    """The floor page under the product's own Streamlit configuration."""
    (home / ".streamlit").mkdir(parents=True)
    shutil.copy(FLOOR, home)
    shutil.copy(PROJECT / ".streamlit" / "config.toml", home / ".streamlit")
    script = home / FLOOR.name
    return RunningServer(home, script, ready_path="/_stcore/health").start()


def _measure(
    browser: Browser, product: RunningServer, floor: RunningServer, clicks: int, loads: int
) -> None:
    loaded = [(_load(browser, product), _load(browser, floor)) for _ in range(loads + 1)][1:]
    _print("first page to interactive, ms", loaded)
    pages = (_open(browser, product), _open(browser, floor))
    rounds = [_click_both(pages, (product, floor), turn) for turn in range(-6, clicks)][6:]
    _print("click to saved mark and score, ms", [(a, b) for a, b, _, _ in rounds])
    cpu = [(sum(one[2] for one in rounds), sum(one[3] for one in rounds))]
    _print("server CPU a click, ms", [(a / clicks * 1000, b / clicks * 1000) for a, b in cpu])


def _address(server: RunningServer) -> str:
    return server.url + (ANSWER_PAGE if server.ready_path == "/readyz" else "/")


def _last_widgets(server: RunningServer) -> tuple[str, str]:
    """The last buttons and the last text box: only when they are there can a person answer."""
    is_product = server.ready_path == "/readyz"
    buttons, box = ("card-E-12", "card-E-13") if is_product else ("card6", "card7")
    return f".st-key-{buttons} [role=radio]", f".st-key-{box} textarea"


def _wait_until_ready(page: Page, server: RunningServer) -> None:
    for wanted in _last_widgets(server):
        page.locator(wanted).first.wait_for()


def _load(browser: Browser, server: RunningServer) -> float:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 1000})
    page = context.new_page()
    page.add_init_script(f"({NOTE_READY})({json.dumps(_last_widgets(server))})")
    page.goto(_address(server))
    _wait_until_ready(page, server)
    took = float(page.evaluate("window.benchReady"))
    context.close()
    return took


def _open(browser: Browser, server: RunningServer) -> Page:
    page = browser.new_page(locale="zh-CN", viewport={"width": 1280, "height": 1000})
    page.goto(_address(server))
    _wait_until_ready(page, server)
    page.wait_for_timeout(1500)
    return page


def _click_both(
    pages: tuple[Page, Page], servers: tuple[RunningServer, RunningServer], turn: int
) -> tuple[float, float, float, float]:
    number = turn % len(CARDS)
    card = f".st-key-card-{CARDS[number]}"
    watched = [f"{card} .saved", ".panel.wide"]
    took_a, cpu_a = _click(pages[0], servers[0], card, watched)
    took_b, cpu_b = _click(pages[1], servers[1], f".st-key-card{number}", ["[data-testid=stText]"])
    return took_a, took_b, cpu_a, cpu_b


def _click(page: Page, server: RunningServer, card: str, watched: list[str]) -> tuple[float, float]:
    page.bring_to_front()
    before = server.cpu_seconds()
    took = page.evaluate(CLICK, [card, watched])
    page.wait_for_timeout(250)
    return took, server.cpu_seconds() - before


def _print(what: str, pairs: list[tuple[float, float]]) -> None:
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{what}: product {ours:.0f}, floor {theirs:.0f}, ratio {ours / theirs:.2f}")


if __name__ == "__main__":
    main()
