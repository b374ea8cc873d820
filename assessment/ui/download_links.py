"""Links to the files of a page."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from assessment.domain.permissions import Action
from assessment.domain.records import Community
from assessment.domain.sheet import Sheet
from assessment.services.authorising import allows
from assessment.services.chart_exports import DISTRIBUTION, PICTURES
from assessment.services.exports import COVERAGE, CSV
from assessment.services.offline_exports import OFFLINE
from assessment.services.paper_exports import WALK_SHEETS, paper_formats
from assessment.services.passport_export import PASSPORT
from assessment.services.poll_exports import POLL
from assessment.services.selected_rows import Chosen, choose
from assessment.services.selection import Selection
from assessment.services.selection_exports import (
    GEOJSON,
    PACKAGE_NAME,
    SELECTION_KINDS,
    XLSX,
    fits_workbook,
)
from assessment.ui.context import Visit
from assessment.ui.plain_text import Markup, html, joined, plain

# Names of formats are the same in every language.
_FORMATS = {
    CSV: "CSV",
    XLSX: "Excel",
    "yaml": "YAML",
    GEOJSON: "GeoJSON",
    "json": "JSON",
    "docx": "Word",
}


def download_links(visit: Visit, kinds: Sequence[str], **about: str) -> None:
    """One link for every kind of file, about a community or a round."""
    query = urlencode({**about, "lang": visit.text.language})
    links = [_link(f"{kind}.csv?{query}", visit.text(f"download.{kind}")) for kind in kinds]
    st.html(html('<p class="downloads">{links}</p>', links=joined(links)))


def selection_links(
    visit: Visit, selection: Selection, kinds: Sequence[str] = SELECTION_KINDS
) -> None:
    """A small panel with the files about a selection; nothing for one that there is not."""
    chosen = choose(visit.store, visit.round, selection)
    if chosen is None:
        return
    text, query = visit.text, _query(visit, selection)
    with st.popover(text("take.title"), icon=":material/download:"):
        for kind in kinds:
            _row(visit, text(f"take.{kind}"), _formats(chosen, kind), kind, query)
            if XLSX not in _formats(chosen, kind):
                st.caption(text("take.too_large"))
        _row(visit, text("take.points"), (GEOJSON,), "selection", query)
        name, _, ending = PACKAGE_NAME.rpartition(".")
        _row(visit, text("take.package"), (ending,), name, query)


def paper_links(visit: Visit, sheet: Sheet, kinds: Sequence[str]) -> None:
    """Papers of a community, as Word and as a file for any browser; as PDF where that is there."""
    about = {"community": sheet.community.code, "round": sheet.round.id}
    query = urlencode({**about, "lang": visit.text.language})
    for kind in kinds:
        _row(visit, visit.text(f"file.{kind}"), paper_formats(), kind, query)


def fill_links(visit: Visit, sheet: Sheet) -> None:
    """What to take along to answer away from the screen: sheets for a walk, and the workbook."""
    about = {"community": sheet.community.code, "round": sheet.round.id}
    query = urlencode({**about, "lang": visit.text.language})
    for kind in WALK_SHEETS:
        _row(visit, visit.text(f"file.{kind}"), paper_formats(), kind, query)
    if allows(visit.store, Action.ANSWER, sheet.community):
        _row(visit, visit.text(f"file.{OFFLINE}"), (XLSX,), OFFLINE, query)
        st.caption(plain(visit.text("fill.bring_back")))


def fill_panel(visit: Visit, sheet: Sheet) -> None:
    """The same behind a small button."""
    with st.popover(visit.text("fill.take"), icon=":material/print:", width="stretch"):
        fill_links(visit, sheet)


def poll_links(visit: Visit, sheet: Sheet, name: str, theme: str = "") -> None:
    """The paper with the questions of a theme, or of all for ``""``."""
    about = {"community": sheet.community.code, "round": sheet.round.id, "theme": theme}
    query = urlencode({**about, "lang": visit.text.language})
    _row(visit, name, paper_formats(), POLL, query)


def poll_table_links(visit: Visit, sheet: Sheet, kind: str) -> None:
    """What residents said, or the empty table for replies, as CSV."""
    about = {"community": sheet.community.code, "round": sheet.round.id}
    query = urlencode({**about, "lang": visit.text.language})
    _row(visit, visit.text(f"file.{kind}"), (CSV,), kind, query)


def distribution_links(visit: Visit, selection: Selection) -> None:
    """The picture of the distribution, as vector picture and as pixel picture."""
    path, query = f"chart/{DISTRIBUTION}", _query(visit, selection)
    _row(visit, visit.text("file.distribution"), tuple(PICTURES), path, query)


def chart_links(visit: Visit, sheet: Sheet, kinds: Sequence[str]) -> None:
    """For every chart a link to it as vector picture and as pixel picture."""
    about = {"community": sheet.community.code, "round": sheet.round.id}
    query = urlencode({**about, "lang": visit.text.language})
    for kind in kinds:
        _row(visit, visit.text(f"file.{kind}"), tuple(PICTURES), f"chart/{kind}", query)


def file_links(visit: Visit, name: str, path: str, query: str) -> None:
    """One file as CSV and as workbook; ``query`` is the part of the address after its path."""
    _row(visit, name, (CSV, XLSX), path, query)


def file_row(visit: Visit, name: str, endings: Sequence[str], path: str, query: str) -> None:
    """One file in several formats; ``query`` is the part of the address after its path."""
    _row(visit, name, endings, path, query)


def passport_link(visit: Visit, community: Community, words: str, round_id: str = "") -> None:
    """The passport of a community with all its rounds, or with one."""
    wanted = {"community": community.code, "round": round_id, "lang": visit.text.language}
    query = urlencode({name: value for name, value in wanted.items() if value})
    _row(visit, words, ("zip",), PASSPORT, query)


def _formats(chosen: Chosen, kind: str) -> Sequence[str]:
    return (CSV, XLSX) if kind == COVERAGE or fits_workbook(chosen, kind) else (CSV,)


def _query(visit: Visit, selection: Selection) -> str:
    wanted = {
        "round": visit.round.id,
        "area": selection.adcode,
        "programme": selection.programme,
        "search": selection.search,
        "standing": selection.standing,
        "item": selection.item,
        "state": selection.state,
        "pins": selection.pins,
        "lang": visit.text.language,
    }
    return urlencode({name: value for name, value in wanted.items() if value})


def _row(visit: Visit, name: str, endings: Sequence[str], path: str, query: str) -> None:
    links = []
    for ending in endings:
        words = _FORMATS.get(ending, ending.upper())
        label = visit.text("take.link", file=name, format=words)
        links.append(_link(f"{path}.{ending}?{query}", words, label))
    st.html(
        html('<p class="downloads"><span>{name}</span>{links}</p>', name=name, links=joined(links))
    )


def _link(address: str, words: str, label: str = "") -> Markup:
    return html(
        '<a class="download" href="export/{address}" aria-label="{label}" download>{words}</a>',
        address=address,
        label=label or words,
        words=words,
    )
