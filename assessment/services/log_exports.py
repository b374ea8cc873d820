"""The log as a file: what the list on the screen shows, all of it. Nothing here writes."""

from collections.abc import Iterator
from datetime import datetime
from tempfile import TemporaryFile

from assessment.domain.errors import TooLarge
from assessment.language.translator import Translator
from assessment.reports.csv_file import csv_lines
from assessment.reports.log_table import log_table
from assessment.reports.table import TableOf
from assessment.reports.xlsx_file import Look, write_xlsx
from assessment.services.exports import CSV, LOG, Export, file_name
from assessment.services.history import LogWish, Scope, log_lines, log_size, scopes
from assessment.services.pacing import paced
from assessment.services.selection_exports import MOST_ROWS, XLSX_TYPE
from assessment.services.sheets import load_sheet
from assessment.store.engine import Store

_PIECE = 65_536


def log_export(
    store: Store, text: Translator, wish: LogWish, ending: str, at: datetime
) -> Export | None:
    """A list of the log as CSV or workbook; ``None`` where the person may not read it.

    Raises ``TooLarge`` for a workbook of more than ``MOST_ROWS`` entries.
    """
    named = _named(store, text, wish)
    if named is None:
        return None
    parts, sample = named
    rows = (
        (one.entry, one.author, one.community, one.assessment, one.framework)
        for one in paced(log_lines(store, wish))
    )
    table, name = log_table(text, rows), file_name(text, parts, LOG, ending, sample)
    if ending == CSV:
        return Export(name, csv_lines(table, text))
    size = log_size(store, wish, MOST_ROWS + 1)
    if size > MOST_ROWS:
        raise TooLarge(size)
    return Export(name, _workbook(text, table, " ".join(parts), at), XLSX_TYPE)


def _named(store: Store, text: Translator, wish: LogWish) -> tuple[list[str], bool] | None:
    """Parts of the file's name, and whether it is about the sample."""
    if wish.scope is not Scope.ASSESSMENT:
        known = wish.scope in scopes(store)
        return ([text(f"log.scope_{wish.scope}")], False) if known else None
    sheet = load_sheet(store, wish.assessment)
    if sheet is None:
        return None
    parts = [sheet.community.code, sheet.community.name(text.language), sheet.round.id]
    return parts, sheet.round.sample


def _workbook(text: Translator, table: TableOf, about: str, at: datetime) -> Iterator[bytes]:
    """The workbook; all of it is made when the first piece is taken."""
    where = [
        (text("export.area"), about),
        (text("column.exported_at"), at.strftime("%Y-%m-%dT%H:%M:%SZ")),
    ]
    with TemporaryFile() as file:
        write_xlsx(file, table, text, LOG, where, Look())
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece
