"""Workbooks hold what the CSV holds, as numbers and as plain texts, or are refused in words."""

import csv
import io
import re

import pytest
from starlette.applications import Starlette

from assessment.domain.errors import TooLarge
from assessment.language.translator import LANGUAGES, Language, Translator
from assessment.reports.csv_file import unguard
from assessment.reports.signs import STATES
from assessment.reports.table import TableOf, texts
from assessment.reports.xlsx_file import Look, write_xlsx
from assessment.server import downloads
from assessment.services import selection_exports
from assessment.services.exports import COMMUNITIES, MATRIX, export_columns
from assessment.services.selection_exports import SELECTION_KINDS, XLSX, fits_workbook
from assessment.store.engine import Store
from tests.reports.workbook import Value, read_workbook
from tests.services.asgi import ask
from tests.services.files import HOSTILE, chosen_in, register_hostile, sample_round, taken, wish


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", SELECTION_KINDS)
def test_a_workbook_holds_the_cells_of_the_csv(store: Store, kind: str, language: Language) -> None:
    wanted = wish(sample_round(store), language=language)
    (sheet, about), _ = read_workbook(taken(store, wanted, kind, XLSX))
    content = taken(store, wanted, kind).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(content, newline="")))
    assert sheet.rows[:2] == lines[:2]
    columns = dict(export_columns(chosen_in(store, sample_round(store)).framework))[kind]
    assert len(sheet.rows) == len(lines)
    for row, line in zip(sheet.rows[2:], lines[2:], strict=True):
        cells = [*row, *[None] * (len(line) - len(row))]
        for column, cell, written in zip(columns, cells, line, strict=True):
            assert_same(column.is_number, column.is_time, cell, unguard(written))
    told = [str(cell) for row in about.rows for cell in row]
    assert chosen_in(store, sample_round(store)).framework.hash in told
    assert {column.meaning(wanted.text) for column in columns} <= set(told)


def assert_same(is_number: bool, is_time: bool, cell: Value, written: str) -> None:
    if cell is None or written == "":
        assert (cell, written) == (None, "")
    elif is_time:
        assert isinstance(cell, float)
    elif is_number:
        assert cell == pytest.approx(float(written), rel=1e-14)
    else:
        assert cell == written


def test_hostile_names_stay_texts(store: Store) -> None:
    real = register_hostile(store)
    for kind in (COMMUNITIES, MATRIX):
        sheets, _ = read_workbook(taken(store, wish(real), kind, XLSX))
        names = {row["community_name"] for row in sheets[0].records}
        assert set(HOSTILE) <= names


def test_the_first_rows_and_columns_stay_in_view_and_can_be_filtered(store: Store) -> None:
    (sheet, _), _ = read_workbook(taken(store, wish(sample_round(store)), MATRIX, XLSX))
    assert re.search(r'<pane xSplit="6" ySplit="2" topLeftCell="G3"', sheet.xml)
    assert re.search(r'<autoFilter ref="A2:[A-Z]+\d+"/>', sheet.xml)


def test_states_have_their_sign_and_colour_and_keep_their_word(store: Store) -> None:
    content = taken(store, wish(sample_round(store)), MATRIX, XLSX)
    (sheet, _), styles = read_workbook(content)
    for sign in STATES.values():
        assert f'formatCode="&quot;{sign.symbol} &quot;@"' in styles
        assert f'<fgColor rgb="FF{sign.fill[1:]}"/>' in styles
    words = {cell for row in sheet.rows[2:] for cell in row}
    assert {"met", "not_met", "unknown", "unanswered"} <= words


@pytest.mark.parametrize("limit", ["MOST_ROWS", "MOST_CELLS"])
def test_too_much_for_a_workbook_is_refused_with_a_way_out(
    store: Store, monkeypatch: pytest.MonkeyPatch, text: Translator, limit: str
) -> None:
    one = sample_round(store)
    monkeypatch.setattr(selection_exports, limit, 10)
    monkeypatch.setattr(downloads, "open_installation", lambda: store)
    app = Starlette(routes=downloads.download_routes())
    reply = ask(app, "/export/answers.xlsx", f"round={one.id}&lang={text.language}")
    rows = chosen_in(store, one).count * len(chosen_in(store, one).framework.items)
    assert reply.status == 413
    assert reply.text == text("export.too_large", rows=text.number(rows))
    assert "CSV" in reply.text
    assert ask(app, "/export/answers.csv", f"round={one.id}").status == 200


def test_the_limits_are_those_that_are_stated(store: Store) -> None:
    assert (selection_exports.MOST_CELLS, selection_exports.MOST_ROWS) == (1_500_000, 20_000)
    chosen = chosen_in(store, sample_round(store))
    assert all(fits_workbook(chosen, kind) for kind in SELECTION_KINDS)
    with pytest.raises(TooLarge):
        raise TooLarge(1)


def test_a_cell_that_would_be_cut_ends_the_file(text: Translator) -> None:
    table = TableOf(texts("code"), [["x" * 32_768]])
    with pytest.raises(ValueError, match="too long"):
        write_xlsx(io.BytesIO(), table, text, COMMUNITIES, [], Look())
