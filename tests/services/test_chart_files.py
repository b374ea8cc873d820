"""Charts as files: titled, sourced, lettered in Chinese, and drawn where they stop nobody."""

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.applications import Starlette

from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports import chart_drawing, chart_file
from assessment.server import downloads
from assessment.services import sample
from assessment.services.chart_exports import CHARTS
from assessment.store.engine import Store
from tests.services.asgi import Reply, ask
from tests.services.files import sample_round

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, store: Store) -> Starlette:
    monkeypatch.setattr(downloads, "open_installation", lambda: store)
    return Starlette(routes=downloads.download_routes())


def of_first(store: Store, app: Starlette, path: str, language: str) -> Reply:
    """A chart of the first community of the sample."""
    one, community = sample_round(store), sample.first(store)
    assert community is not None
    about = f"community={community.code}&round={one.id}&lang={language}"
    return ask(app, f"/export/chart/{path}", about)


@pytest.mark.parametrize("kind", CHARTS)
def test_a_vector_picture_says_what_it_shows_and_where_it_comes_from(
    store: Store, app: Starlette, text: Translator, kind: str
) -> None:
    reply = of_first(store, app, f"{kind}.svg", text.language)
    assert (reply.status, reply.headers["content-type"]) == (200, "image/svg+xml")
    root = ElementTree.fromstring(reply.body)
    words = " ".join("".join(one.itertext()) for one in root.iter(f"{SVG}text"))
    one, community = sample_round(store), sample.first(store)
    assert community is not None
    for expected in (
        community.name(text.language),
        text(f"file.{kind}"),
        one.label(text.language),
        "complete_community",
        text("export.sample"),
    ):
        assert expected in words
    faces = {one.get("font-family", "") for one in root.iter(f"{SVG}text")}
    assert all("Microsoft YaHei" in face and "Noto Sans CJK SC" in face for face in faces)


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_the_distribution_of_a_selection_is_a_picture(
    store: Store, app: Starlette, ending: str
) -> None:
    one = sample_round(store)
    reply = ask(app, f"/export/chart/distribution.{ending}", f"round={one.id}&lang=zh")
    assert reply.status == 200
    assert reply.body.startswith(b"\x89PNG" if ending == "png" else b"<svg")
    nobody = ask(app, f"/export/chart/distribution.{ending}", f"round={one.id}&search=nobody")
    assert (nobody.status, nobody.text) == (404, Translator("zh")("export.nothing"))


def test_a_pixel_picture_is_one(store: Store, app: Starlette) -> None:
    reply = of_first(store, app, "themes.png", "zh")
    assert reply.headers["content-type"] == "image/png"
    assert reply.body.startswith(b"\x89PNG")


def test_without_a_chinese_font_words_say_so(
    store: Store, app: Starlette, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "without_font.py"
    source = Path(chart_drawing.__file__).read_text(encoding="utf-8")
    program.write_text(source.replace('_letter("社", fonts)', '_letter("区", fonts)'))
    monkeypatch.setattr(chart_file, "_PROGRAM", program)
    reply = of_first(store, app, "themes.png", "zh")
    assert (reply.status, reply.text) == (501, Translator("zh")("export.no_font"))
    assert of_first(store, app, "themes.svg", "zh").status == 200
    assert of_first(store, app, "themes.png", "en").status == 200, "nothing Chinese in it"


def test_characters_that_no_font_has_look_alike() -> None:
    fonts = chart_file.FONTS
    assert chart_drawing._letter("\U000f1234", fonts) == chart_drawing._letter("\U000f4321", fonts)
    assert chart_drawing._draws_chinese(fonts)


def test_the_server_itself_never_loads_the_drawing_library(
    store: Store, app: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "vl_convert", raising=False)
    assert of_first(store, app, "wheel.svg", "zh").status == 200
    assert "vl_convert" not in sys.modules


def test_a_community_that_has_not_begun_has_no_chart(
    app: Starlette, sheet: Sheet, text: Translator
) -> None:
    about = f"community=P001&round={sheet.round.id}&lang={text.language}"
    reply = ask(app, "/export/chart/themes.svg", about)
    assert (reply.status, reply.text) == (404, text("export.nothing"))
