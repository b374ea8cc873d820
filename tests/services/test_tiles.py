"""The tile service of the settings: what is refused, and what a browser may then fetch."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit import config

from assessment.server.application import unsafe_setting
from assessment.server.guard import Guard
from assessment.services.tiles import TileSource, tile_fault, tile_source
from assessment.settings import settings
from tests.services.asgi import ask
from tests.services.test_start import shipped_options

URL = "https://t{s}.tiles.example/{z}/{x}/{y}.png?tk=KEY"
GOOD = {"URL": URL, "SUBDOMAINS": "01", "ATTRIBUTION": "© 某图 GS(2024)1号", "DATUM": "gcj02"}


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> object:
    """Name a tile service, with some settings changed."""

    def name(**changed: str) -> None:
        for key, value in {**GOOD, **changed}.items():
            monkeypatch.setenv(f"ASSESSMENT_TILES_{key}", value)
        settings.cache_clear()

    return name


def test_without_settings_there_is_no_service() -> None:
    assert tile_source() is None
    assert tile_fault() == ""


def test_a_service_is_read_from_the_settings(named) -> None:
    named()
    assert tile_fault() == ""
    assert tile_source() == TileSource(URL, ("0", "1"), GOOD["ATTRIBUTION"], shifted=True)


@pytest.mark.parametrize(
    ("url", "subdomains", "origins"),
    [
        (URL, "01", ("https://t0.tiles.example", "https://t1.tiles.example")),
        (URL, "a, bc", ("https://ta.tiles.example", "https://tbc.tiles.example")),
        ("http://10.0.0.5:8080/{z}/{x}/{y}.png", "", ("http://10.0.0.5:8080",)),
        ("https://tiles.example/{s}/{z}/{x}/{y}", "ab", ("https://tiles.example",)),
    ],
)
def test_the_origins_are_those_of_the_address(named, url, subdomains, origins) -> None:
    named(URL=url, SUBDOMAINS=subdomains)
    assert tile_fault() == ""
    assert tile_source().origins == origins


@pytest.mark.parametrize(
    ("fault", "changed"),
    [
        ("url", {"URL": "https://tiles.example/{z}/{x}.png"}),
        ("url", {"URL": "ftp://tiles.example/{z}/{x}/{y}"}),
        ("url", {"URL": "/tiles/{z}/{x}/{y}"}),
        ("url", {"URL": "https://*/{z}/{x}/{y}"}),
        ("url", {"URL": "https://a.example; script-src */{z}/{x}/{y}"}),
        ("url", {"URL": "https://user:word@a.example/{z}/{x}/{y}"}),
        ("url", {"URL": "https://[/{z}/{x}/{y}"}),
        ("url", {"URL": "https://{z}{x}{y}"}),
        ("subdomains", {"SUBDOMAINS": ""}),
        ("subdomains", {"SUBDOMAINS": "a,b c"}),
        ("subdomains", {"SUBDOMAINS": "*"}),
        ("attribution", {"ATTRIBUTION": " "}),
        ("datum", {"DATUM": "bd09"}),
    ],
)
def test_the_server_says_in_one_line_why_it_does_not_start(
    named, fault, changed, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = shipped_options()
    known = config.get_option
    monkeypatch.setattr(config, "get_option", lambda name: shipped.get(name, known(name)))
    named(**changed)
    assert tile_fault() == fault
    line = unsafe_setting()
    assert f"ASSESSMENT_TILES_{fault.upper()}" in line
    assert "\n" not in line


async def page(_request: object) -> PlainTextResponse:
    return PlainTextResponse("page")


def test_only_maps_may_fetch_and_only_pictures_of_the_service() -> None:
    origins = ("https://t0.tiles.example", "https://t1.tiles.example")
    guard = Middleware(Guard, hosts={"127.0.0.1"}, tile_origins=origins)
    paths = ("/", "/component/map/index.html", "/assets/page/style.css")
    app = Starlette(routes=[Route(path, page) for path in paths], middleware=[guard])
    plain, frame, asset = (ask(app, path).headers["content-security-policy"] for path in paths)
    assert f"img-src 'self' data: blob: {' '.join(origins)};" in frame
    assert frame.count("tiles.example") == 2
    assert "tiles.example" not in plain + asset


def test_without_a_service_maps_may_fetch_nothing_elsewhere() -> None:
    path = "/component/map/index.html"
    guard = Middleware(Guard, hosts={"127.0.0.1"})
    policy = ask(Starlette(routes=[Route(path, page)], middleware=[guard]), path).headers
    assert "img-src 'self' data: blob:;" in policy["content-security-policy"]
    assert "http" not in policy["content-security-policy"]
