"""Map tiles: fetched from the named service only, credited, and moved where WGS-84 wants them."""

import random
from collections.abc import Iterator
from math import asinh, floor, pi, radians, tan

import pytest
from playwright.sync_api import expect

from assessment.domain.coordinates import Datum, Place, distance, from_wgs84, to_wgs84
from tests.browser.conftest import NewContext
from tests.browser.map_server import MapPage, start_map_page
from tests.browser.tiles import TileServer
from tests.running_server import RunningServer

CREDIT = "© 测试底图 <b>GS(2024)0000号</b>"
HANGZHOU = Place(120.1551, 30.2741)
TILE = 256


@pytest.fixture(scope="module")
def tiles() -> Iterator[TileServer]:
    """The tile service."""
    running = TileServer()
    yield running
    running.stop()


def serve(home: object, tiles: TileServer, datum: str) -> Iterator[RunningServer]:
    """The map page with the tile service."""
    running = start_map_page(
        home,
        ASSESSMENT_TILES_URL=f"{tiles.origin}/{{z}}/{{x}}/{{y}}.png",
        ASSESSMENT_TILES_ATTRIBUTION=CREDIT,
        ASSESSMENT_TILES_DATUM=datum,
    )
    yield running
    running.stop()
    assert "Traceback" not in running.log, running.log[-4000:]


@pytest.fixture(scope="module", params=["wgs84", "gcj02"])
def datum(request: pytest.FixtureRequest) -> str:
    """How the tiles are drawn."""
    return request.param


@pytest.fixture(scope="module")
def tile_server(
    tmp_path_factory: pytest.TempPathFactory, tiles: TileServer, datum: str
) -> Iterator[RunningServer]:
    """A server for each way in which tiles are drawn."""
    yield from serve(tmp_path_factory.mktemp(datum), tiles, datum)


@pytest.fixture
def tile_map(new_context: NewContext, tile_server: RunningServer) -> Iterator[MapPage]:
    """The map of Hangzhou with tiles."""
    page = MapPage(new_context().new_page(), tile_server, "330100")
    expect(page.map.locator("img.leaflet-tile-loaded").first).to_be_visible()
    yield page
    assert page.errors == []


def test_tiles_come_from_the_service_and_are_credited_as_text(
    tile_map: MapPage, tiles: TileServer, tile_server: RunningServer
) -> None:
    expect(tile_map.map.locator(".leaflet-control-container")).to_contain_text(CREDIT)
    assert tiles.asked
    assert f"{tile_server.url}/" in tiles.referers
    assert all(one and one.count("/") == 3 for one in tiles.referers), "an address was told"


def test_tiles_lie_below_the_outlines_and_show_through(tile_map: MapPage) -> None:
    height = "Number(getComputedStyle(map.getPane('{}')).zIndex)"
    assert tile_map.ask(f"{height.format('tilePane')} < {height.format('areas')}")
    ground = tile_map.map.locator('.leaflet-areas-pane path[fill="#F2F4F7"]').first
    expect(ground).to_have_attribute("fill-opacity", "0")
    expect(tile_map.areas.first).to_have_attribute("fill-opacity", "0.6")


def test_a_position_lies_where_its_tile_shows_it(tile_map: MapPage, datum: str) -> None:
    """Where a WGS-84 position stands on the screen, the tile has the pixel that shows it."""
    zoom = 16
    tile_map.ask(f"map.setView([{HANGZHOU.latitude}, {HANGZHOU.longitude}], {zoom})")
    drawn = HANGZHOU if datum == "wgs84" else Place(*from_wgs84(HANGZHOU, Datum.GCJ02))
    x, y = pixel(drawn, zoom)
    name = f"/{zoom}/{floor(x / TILE)}/{floor(y / TILE)}.png"
    tile = tile_map.map.locator(f'img.leaflet-tile-loaded[src$="{name}"]')
    expect(tile).to_be_visible()
    tile_map.runs()
    box = tile.bounding_box()
    frame = tile_map.page.locator("iframe[title*=folium]").bounding_box()
    assert box and frame
    place = tile_map.ask(f"map.latLngToContainerPoint([{HANGZHOU.latitude}, {HANGZHOU.longitude}])")
    assert box["x"] + x % TILE - frame["x"] == pytest.approx(place["x"], abs=1.5)
    assert box["y"] + y % TILE - frame["y"] == pytest.approx(place["y"], abs=1.5)


def test_the_view_is_covered_with_tiles_when_close(tile_map: MapPage) -> None:
    tile_map.ask(f"map.setView([{HANGZHOU.latitude}, {HANGZHOU.longitude}], 18)")
    tile_map.runs()
    frame = tile_map.page.locator("iframe[title*=folium]").bounding_box()
    boxes = [one.bounding_box() for one in tile_map.map.locator("img.leaflet-tile-loaded").all()]
    assert frame
    bare = [
        (across, down)
        for across in range(0, int(frame["width"]), 40)
        for down in range(0, 520, 40)
        if not any(
            box
            and box["x"] <= frame["x"] + across <= box["x"] + box["width"]
            and box["y"] <= frame["y"] + down <= box["y"] + box["height"]
            for box in boxes
        )
    ]
    assert bare == []


def test_the_formula_in_the_browser_is_that_of_the_product(tile_map: MapPage, datum: str) -> None:
    if datum == "wgs84":
        assert tile_map.ask("typeof window.tileDatum") == "undefined"
        return
    choose = random.Random(1)
    places = [Place(choose.uniform(74, 134), choose.uniform(18, 53)) for _ in range(50)]
    asked = [[one.longitude, one.latitude] for one in places]
    there = tile_map.ask(f"{asked}.map(([lon, lat]) => tileDatum.toGcj(lon, lat))")
    back = tile_map.ask(f"{asked}.map(([lon, lat]) => tileDatum.fromGcj(lon, lat))")
    for place, moved, undone in zip(places, there, back, strict=True):
        wanted = Place(*from_wgs84(place, Datum.GCJ02))
        assert distance(wanted, Place(*moved)) < 0.5
        assert distance(place, wanted) > 50
        wanted = to_wgs84(place.longitude, place.latitude, Datum.GCJ02)
        assert distance(wanted, Place(*undone)) < 0.5


def pixel(place: Place, zoom: int) -> tuple[float, float]:
    """The position on the map of the whole world at this zoom, as web maps count."""
    size = TILE * 2**zoom
    x = (place.longitude + 180) / 360 * size
    y = (1 - asinh(tan(radians(place.latitude))) / pi) / 2 * size
    return x, y
