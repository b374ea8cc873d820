"""The links of a page lead to the files of what it shows."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from assessment.domain.records import Round
from assessment.language.translator import LANGUAGES, Translator
from assessment.server import downloads
from assessment.services import sample, selection_exports
from assessment.services.selection_exports import SELECTION_KINDS
from assessment.store.engine import Store
from assessment.ui import download_links
from tests.services.asgi import ask
from tests.services.files import sample_round

SELECTION = {"area": "110000", "standing": "blocked", "search": "社 区&x", "programme": ""}


def panel(language: str) -> None:
    """A page that only has the panel."""
    import streamlit as st

    from assessment.services.selection import Selection
    from assessment.ui.context import open_visit
    from assessment.ui.download_links import selection_links

    st.query_params["lang"] = language
    selection_links(open_visit(), Selection(adcode="110000", standing="blocked", search="社 区&x"))


def links_of(language: str) -> list[tuple[str, str, str]]:
    """Address, label and words of every link."""
    page = AppTest.from_function(panel, args=(language,), default_timeout=20).run()
    assert not page.exception
    markup = "".join(str(one.proto.body) for one in page.get("html"))
    found = re.findall(r'href="([^"]+)" aria-label="([^"]+)" download>([^<]+)<', markup)
    return [(unescape(address), unescape(label), words) for address, label, words in found]


@pytest.fixture
def one(store: Store) -> Round:
    return sample_round(store)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_to_a_file_about_the_selection(
    store: Store, one: Round, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "open_installation", lambda: store)
    app = Starlette(routes=downloads.download_routes())
    links = links_of(language)
    assert len(links) == 2 * len(SELECTION_KINDS) + 2
    for address, label, words in links:
        parts = urlsplit(address)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        wanted = {name: value for name, value in SELECTION.items() if value}
        assert query == {**wanted, "round": query["round"], "lang": language}
        assert ask(app, f"/{parts.path}", parts.query).status == 200
        assert label.endswith(words)
    assert len({label for _, label, _ in links}) == len(links)


def test_a_workbook_that_would_be_refused_is_not_offered(
    store: Store, one: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selection_exports, "MOST_ROWS", -1)
    words = [words for _, _, words in links_of("zh")]
    assert words == ["CSV", "CSV", "CSV", "CSV", "Excel", "GeoJSON", "JSON"]
    assert Translator("zh")("take.too_large")


def to_take_along(language: str, code: str) -> None:
    """A page that only has what can be taken along of a community."""
    import streamlit as st

    from assessment.services.communities import assessment_in, list_rounds
    from assessment.services.sheets import load_sheet
    from assessment.ui.context import open_visit
    from assessment.ui.download_links import fill_links

    st.query_params["lang"] = language
    visit = open_visit()
    one = next(each for each in list_rounds(visit.store) if each.sample)
    begun = assessment_in(visit.store, code, one.id)
    sheet = load_sheet(visit.store, begun.id) if begun else None
    assert sheet is not None
    fill_links(visit, sheet)


def test_what_is_taken_along_is_there_and_the_workbook_only_for_who_may_answer(
    store: Store, one: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "open_installation", lambda: store)
    app = Starlette(routes=downloads.download_routes())
    first = sample.first(store)
    assert first is not None
    for may_answer in (True, False):
        monkeypatch.setattr(download_links, "allows", lambda *_: may_answer)  # noqa: B023
        page = AppTest.from_function(to_take_along, args=("zh", first.code), default_timeout=20)
        markup = "".join(str(each.proto.body) for each in page.run().get("html"))
        found = [unescape(address) for address in re.findall(r'href="([^"]+)"', markup)]
        assert not page.exception
        assert len(found) == (5 if may_answer else 4)
        for address in found:
            parts = urlsplit(address)
            assert ask(app, f"/{parts.path}", parts.query).status == 200
