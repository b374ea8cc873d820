"""What every browser test stands on: a server of its own file, and no way out of the machine."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.records import Records
from tests.browser.seen import open_page
from tests.running_server import CHROMIUM_OPTIONS, RunningServer, chromium_path

OUTSIDE = re.compile(r"^(?!https?://127\.0\.0\.1[:/]|data:|blob:|about:)")
OUTSIDE_SOCKET = re.compile(r"^wss?://(?!127\.0\.0\.1[:/])")
DESKTOP = {"width": 1280, "height": 1000}
PAGES = {
    "start": "/",
    "communities": "/communities",
    "facts": "/answer?community=P001",
    "answer": "/answer?community=P001&theme=facilities&group=basic",
    "check": "/check?community=P001",
    "result": "/result?community=P001",
    "plan": "/plan?community=P001",
    "voice": "/voice?community=P001",
    "overview": "/overview",
    "compare": "/compare?pins=P001,P002",
    "review": "/review?community=P001",
    "verify": "/verify",
    "method": "/method",
    "log": "/log?community=P001",
    "rounds": "/rounds",
    "frameworks": "/frameworks",
}
# What folds open is open at once: a click on something that still moves may miss it.
NO_MOTION = """
const animate = Element.prototype.animate;
Element.prototype.animate = function (...frames) {
  const motion = animate.apply(this, frames);
  if (Number.isFinite(motion.effect.getComputedTiming().endTime)) motion.finish();
  return motion;
};
"""
NewContext = Callable[..., BrowserContext]
Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder drives a real browser.

    On a busy machine a browser now and then is late: such a test is tried once more, and the
    run says so. A fault of the program fails both times.
    """
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium, if it has one."""
    found = chromium_path()
    own = {"executable_path": found} if found else {}
    return {**browser_type_launch_args, **own, "args": CHROMIUM_OPTIONS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A Chinese browser on a desk, unless a test asks for another."""
    return {
        **browser_context_args,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": DESKTOP,
        "reduced_motion": "reduce",
    }


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The program with an empty home of its own, for the tests of one file."""
    running = RunningServer(tmp_path_factory.mktemp("home")).start()
    yield running
    running.stop()
    assert "Traceback" not in running.log, running.log[-4000:]


@pytest.fixture(scope="module")
def records(server: RunningServer) -> Iterator[Records]:
    """The server's database, read and written beside it as another process would."""
    opened = Records(server.home)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def something_answered(records: Records) -> None:
    """The community that most pages are opened for has a met and an unmet item."""
    records.colleague_saves("P001", "F-01", "choice", "open")
    records.colleague_saves("P001", "F-03", "choice", "none")


@pytest.fixture
def outside_requests() -> list[str]:
    """Every request of this test to another host, in the order they were stopped."""
    return []


@pytest.fixture(autouse=True)
def _nothing_leaves_the_machine(outside_requests: list[str]) -> Iterator[None]:
    yield
    assert outside_requests == []


@pytest.fixture
def new_context(new_context: NewContext, outside_requests: list[str]) -> NewContext:
    """Contexts in which requests to other hosts are stopped and noted."""

    def make(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(15_000)
        context.add_init_script(NO_MOTION)

        def stop(route: Any) -> None:
            outside_requests.append(route.request.url)
            route.abort()

        def stop_socket(socket: Any) -> None:
            outside_requests.append(socket.url)

        context.route(OUTSIDE, stop)
        context.route_web_socket(OUTSIDE_SOCKET, stop_socket)
        return context

    return make


@pytest.fixture
def visit(new_context: NewContext, server: RunningServer) -> Visit:
    """Open an address of the server in a browser of its own, and wait until it can be used."""

    def go(address: str = "/", **options: Any) -> Page:
        return open_page(new_context(**options).new_page(), server, address)

    return go
