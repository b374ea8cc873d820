"""The map page on a server of its own, and what a test finds on it."""

import re
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import Frame, Locator, Page, expect

from tests.running_server import PROJECT, RunningServer

# longer than the map component waits before it tells the server
QUIET_MS = 700


def start_map_page(home: Path, **environment: str) -> RunningServer:
    """Serve the map page with the options that ship with the product."""
    folder = home / "page"
    (folder / ".streamlit").mkdir(parents=True)
    script = folder / "map_page.py"
    shutil.copyfile(PROJECT / "tests" / "browser" / "map_page.py", script)
    shutil.copyfile(PROJECT / ".streamlit" / "config.toml", folder / ".streamlit" / "config.toml")
    own = {"PYTHONPATH": str(PROJECT), **environment}
    return RunningServer(home, script=script, environment=own).start()


class MapPage:
    """One open map page."""

    def __init__(self, page: Page, server: RunningServer, scope: str) -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("dialog", lambda dialog: (self.errors.append("dialog"), dialog.dismiss()))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._note)
        page.goto(f"{server.url}/?scope={scope}")
        self.map = page.frame_locator("iframe[title*=folium]")
        expect(self.areas.first).to_be_attached()
        expect(self.page.get_by_text("runs: 1")).to_be_visible()

    def _note(self, message: Any) -> None:
        if "Content Security Policy" in message.text:
            self.errors.append(message.text)

    @property
    def areas(self) -> Locator:
        """The outlines that can be clicked."""
        return self.map.locator("path[role=button]")

    def area(self, name: str) -> Locator:
        """The outline with this name."""
        return self.map.locator(f'path[role=button][aria-label^="{name}"]')

    def point(self, symbol: str) -> Locator:
        """The sign of a community."""
        return self.map.locator(".leaflet-marker-pane .leaflet-marker-icon", has_text=symbol)

    @property
    def rings(self) -> Locator:
        """The ring round what is picked."""
        return self.map.locator(".pick-ring")

    @property
    def frame(self) -> Frame:
        """The frame of the map, to ask its script."""
        return next(one for one in self.page.frames if "/component/" in one.url)

    def ask(self, script: str) -> Any:
        """What an expression is worth in the frame of the map."""
        return self.frame.evaluate(script)

    def view(self) -> Any:
        """Middle and zoom."""
        return self.ask("[map.getCenter().lat, map.getCenter().lng, map.getZoom()]")

    def runs(self) -> int:
        """How often the page has run, once nothing is under way."""
        self.page.wait_for_timeout(QUIET_MS)
        text = self.page.get_by_text(re.compile(r"^runs: \d+$")).inner_text()
        return int(text.removeprefix("runs: "))

    def expect_clicked(self, wanted: str) -> None:
        """The map returned this."""
        expect(self.page.get_by_text(f"clicked: {wanted}", exact=True)).to_be_visible()

    def drag(self, east: int, south: int) -> None:
        """Pull the map by its middle."""
        box = self.page.locator("iframe[title*=folium]").bounding_box()
        assert box
        x, y = box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.8
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + east, y + south, steps=5)
        self.page.mouse.up()
