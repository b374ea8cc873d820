"""Charts as files: titled, sourced, lettered in Chinese, and drawn where they stop nobody."""

import re
import sys
from math import hypot, pi
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.applications import Starlette

from assessment.domain.answers import State
from assessment.domain.records import Signature
from assessment.domain.sheet import Sheet, with_kept
from assessment.language.translator import Translator
from assessment.reports import chart_drawing, chart_file
from assessment.reports.charts import theme_bars, theme_wheel
from assessment.reports.hatching import hatched_sector
from assessment.reports.signs import HATCH_LINE
from assessment.server import downloads
from assessment.services import sample
from assessment.services.chart_exports import CHARTS, THEMES, WHEEL
from assessment.services.communities import assessment_in
from assessment.services.sheets import load_sheet
from assessment.store.engine import Store
from assessment.ui.tables import theme_table
from tests.conftest import NOW
from tests.services.asgi import Reply, ask
from tests.services.files import sample_round

SVG = "{http://www.w3.org/2000/svg}"
# A white line as wide as those of a hatching.
HATCHING = re.compile(rf'stroke="#FFFFFF"[^>]*stroke-width="{HATCH_LINE}"', re.IGNORECASE)


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


@pytest.mark.parametrize("kind", [THEMES, WHEEL])
def test_answers_without_evidence_are_hatched_and_the_legend_says_so(
    store: Store, app: Starlette, text: Translator, kind: str
) -> None:
    picture = of_first(store, app, f"{kind}.svg", text.language).text
    assert len(HATCHING.findall(picture)) > 10 if kind == THEMES else HATCHING.search(picture)
    assert "▨" in picture
    community = sample.first(store)
    assert community is not None
    begun = assessment_in(store, community.code, sample_round(store).id)
    found = load_sheet(store, begun.id) if begun else None
    assert found is not None
    everywhere = {item.id: 1 for item in found.framework.items}
    evidenced = with_kept(found, found.answers, found.saved_facts, everywhere)
    chart = (theme_bars if kind == THEMES else theme_wheel)(text, evidenced).to_dict()
    assert not HATCHING.search(chart_file.drawn(chart_file.fitted(chart, 600), "svg").decode())


def test_lines_are_cut_off_at_the_edges_of_a_sector() -> None:
    path = hatched_sector(pi / 2, pi, 50, 90)
    ends = [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+),(-?[\d.]+)", path)]
    assert ends
    assert all(x > -0.1 and y > -0.1 for x, y in ends), "right of the middle, and below it"
    assert all(49.8 < hypot(x, y) < 90.2 for x, y in ends)
    assert hatched_sector(pi / 2, pi, 90, 90) == ""


def test_the_table_behind_counts_every_scored_item_of_a_theme(
    store: Store, text: Translator
) -> None:
    sample.load(store, Signature("tester", NOW))
    community, one = sample.first(store), sample_round(store)
    begun = assessment_in(store, community.code, one.id) if community else None
    found = load_sheet(store, begun.id) if begun else None
    assert found is not None
    table = theme_table(text, found)
    for theme, line in zip(found.framework.themes, table.to_dict("records"), strict=True):
        scored = [item for item in found.framework.items_of(theme.id) if item.scored]
        assert sum(line[text(f"answer_state.{state}")] for state in State) == len(scored)
        lacking = sum(item.id in found.unsupported for item in scored)
        assert line[text("column.unsupported")] == lacking


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
