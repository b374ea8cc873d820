"""Files about what is on the screen, with the filter that is set. Nothing here writes."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from tempfile import TemporaryFile

from assessment.domain.answers import State
from assessment.domain.errors import TooLarge
from assessment.language.translator import Translator
from assessment.reports.answer_table import ANSWER_COLUMNS, answer_table
from assessment.reports.community_table import community_columns, community_table
from assessment.reports.coverage_table import COVERAGE_COLUMNS, coverage_table
from assessment.reports.csv_file import csv_lines
from assessment.reports.data_package import Resource, descriptor
from assessment.reports.geojson_file import geojson_pieces
from assessment.reports.matrix_table import FIRST_COLUMNS, MATRIX_ITEM, matrix_columns, matrix_table
from assessment.reports.signs import STATES
from assessment.reports.table import Column, TableOf
from assessment.reports.xlsx_file import Look, write_xlsx
from assessment.services.coverage import coverage_lines
from assessment.services.divisions import division
from assessment.services.exports import (
    ANSWERS,
    COMMUNITIES,
    COVERAGE,
    CSV,
    MATRIX,
    Export,
    file_name,
    find_round,
)
from assessment.services.pacing import paced
from assessment.services.selected_rows import Chosen, choose, selected_rows
from assessment.services.selection import Selection
from assessment.store.engine import Store

XLSX, GEOJSON = "xlsx", "geojson"
SELECTION_KINDS = (COMMUNITIES, ANSWERS, MATRIX, COVERAGE)
PACKAGE_NAME = "datapackage.json"
MOST_CELLS, MOST_ROWS = 1_500_000, 20_000
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PIECE = 65_536
_MAKERS = {COMMUNITIES: community_table, ANSWERS: answer_table, MATRIX: matrix_table}


@dataclass(frozen=True)
class Wish:
    """What somebody wants to take away, in which language, and when."""

    text: Translator
    round_id: str
    selection: Selection
    at: datetime


def selection_export(store: Store, wish: Wish, kind: str, ending: str) -> Export | None:
    """One of ``SELECTION_KINDS`` as CSV or workbook; ``None`` if the wish names what there is not.

    Raises ``TooLarge`` for a workbook beyond ``MOST_ROWS`` or ``MOST_CELLS``.
    """
    chosen = chosen_by(store, wish)
    if chosen is None:
        return None
    name = selection_file_name(wish.text, chosen, kind, ending)
    table = _table(wish, chosen, kind)
    if ending == CSV:
        return Export(name, csv_lines(table, wish.text))
    if not fits_workbook(chosen, kind):
        raise TooLarge(_size(chosen, kind)[0])
    return Export(name, _workbook(wish, chosen, kind, table), XLSX_TYPE)


def geojson_export(store: Store, wish: Wish) -> Export | None:
    """The communities as points."""
    chosen = chosen_by(store, wish)
    if chosen is None:
        return None
    about = {"name": area_words(wish.text, chosen), "description": about_words(wish, chosen)}
    rows = paced(selected_rows(chosen))
    pieces = geojson_pieces(wish.text, chosen.round, rows, about, wish.at)
    name = selection_file_name(wish.text, chosen, COMMUNITIES, GEOJSON)
    return Export(name, pieces, "application/geo+json")


def package_export(store: Store, wish: Wish) -> Export | None:
    """The descriptor of the four CSV files of a selection."""
    chosen = chosen_by(store, wish)
    if chosen is None:
        return None
    described = descriptor(
        wish.text,
        wish.text("export.package", area=area_words(wish.text, chosen)),
        f"{wish.text('export.package_how')} {about_words(wish, chosen)}",
        wish.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        _resources(wish.text, chosen),
    )
    content = json.dumps(described, ensure_ascii=False, indent=1).encode()
    return Export(PACKAGE_NAME, iter([content]), "application/json")


def fits_workbook(chosen: Chosen, kind: str) -> bool:
    """Whether a file of this kind is small enough for a workbook."""
    rows, columns = _size(chosen, kind)
    return rows <= MOST_ROWS and rows * columns <= MOST_CELLS


def chosen_by(store: Store, wish: Wish) -> Chosen | None:
    """The selection of a wish; ``None`` if it names what there is not."""
    one = find_round(store, wish.round_id)
    return choose(store, one, wish.selection) if one else None


def _table(wish: Wish, chosen: Chosen, kind: str) -> TableOf:
    if kind == COVERAGE:
        lines = coverage_lines(chosen)
        return coverage_table(wish.text, chosen.framework, chosen.round, lines, wish.at)
    rows = selected_rows(chosen, vectors=kind != COMMUNITIES, answers=kind in (ANSWERS, MATRIX))
    table = _MAKERS[kind](wish.text, chosen.framework, chosen.round, rows, wish.at)
    return TableOf(table.columns, paced(table.rows))


def _workbook(wish: Wish, chosen: Chosen, kind: str, table: TableOf) -> Iterator[bytes]:
    """The workbook; all of it is made when the first piece is taken."""
    look = Look()
    if kind == MATRIX:
        signs = {state.value: sign for state, sign in STATES.items()}
        look = Look(len(FIRST_COLUMNS), MATRIX_ITEM, signs)
    with TemporaryFile() as file:
        write_xlsx(file, table, wish.text, kind, _about(wish, chosen), look)
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


def _size(chosen: Chosen, kind: str) -> tuple[int, int]:
    """Rows and columns of a file."""
    items = len(chosen.framework.items)
    if kind == COVERAGE:
        return len(coverage_lines(chosen)), len(COVERAGE_COLUMNS)
    if kind == ANSWERS:
        return chosen.count * items, len(ANSWER_COLUMNS)
    columns = matrix_columns if kind == MATRIX else community_columns
    return chosen.count, len(columns(chosen.framework))


def _resources(text: Translator, chosen: Chosen) -> list[Resource]:
    framework = chosen.framework
    refers = {"code": COMMUNITIES}

    def described(
        kind: str, columns: Sequence[Column], key: Sequence[str], refers: Mapping[str, str]
    ) -> Resource:
        rows, _ = _size(chosen, kind)
        return Resource(
            kind, selection_file_name(text, chosen, kind, CSV), columns, key, rows, refers
        )

    return [
        described(COMMUNITIES, community_columns(framework), ["code"], {}),
        described(ANSWERS, ANSWER_COLUMNS, ["code", "item"], refers),
        described(MATRIX, matrix_columns(framework), ["code"], refers),
        described(COVERAGE, COVERAGE_COLUMNS, [], {}),
    ]


def selection_file_name(text: Translator, chosen: Chosen, kind: str, ending: str) -> str:
    """Area and round, and a word if more than area and pilot list is filtered."""
    selection = chosen.selection
    by_item = selection.state and selection.item
    filtered = selection.pins or selection.search.strip() or selection.standing or by_item
    parts = [area_words(text, chosen), selection.programme, chosen.round.id]
    parts += [text("export.filtered")] if filtered and kind != COVERAGE else []
    named = [part for part in parts if part]
    return file_name(text, named, kind, ending, sample=chosen.round.sample)


def area_words(text: Translator, chosen: Chosen) -> str:
    """The name of the area in the reader's language."""
    found = division(chosen.selection.adcode)
    return found.name(text.language) if found else text("export.nation")


def about_words(wish: Wish, chosen: Chosen) -> str:
    """What a file is about and where it comes from, in one line."""
    return "; ".join(f"{name}: {value}" for name, value in _about(wish, chosen) if value)


def _about(wish: Wish, chosen: Chosen) -> list[tuple[str, str]]:
    """Words and values that say what a file is about and where it comes from."""
    text, selection, framework = wish.text, chosen.selection, chosen.framework
    standing = text(f"standing.{selection.standing}") if selection.standing else ""
    state = text(f"answer_state.{State(selection.state)}") if selection.state else ""
    return [
        (text("export.area"), area_words(text, chosen)),
        (text("export.programme"), selection.programme),
        (text("export.search"), selection.search),
        (text("export.pins"), selection.pins),
        (text("column.standing"), standing),
        (text("column.item"), f"{selection.item} {state}".strip() if state else ""),
        (text("column.round"), f"{chosen.round.id} {chosen.round.label(text.language)}"),
        (text("column.framework"), f"{framework.id} {framework.version}"),
        (text("column.framework_hash"), framework.hash),
        (text("column.sample"), text("sample.mark") if chosen.round.sample else ""),
        (text("column.exported_at"), wish.at.strftime("%Y-%m-%dT%H:%M:%SZ")),
    ]
