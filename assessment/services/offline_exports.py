"""The workbook that is filled away from the screen, as a file. Nothing here writes."""

from datetime import datetime
from io import BytesIO

from assessment.language.translator import Translator
from assessment.services.exports import Export, file_name
from assessment.services.selection_exports import XLSX, XLSX_TYPE
from assessment.services.sheets import sheet_to_fill
from assessment.store.engine import Store

OFFLINE = "offline_workbook"


def offline_workbook_export(
    store: Store, text: Translator, code: str, round_id: str, at: datetime
) -> Export | None:
    """The workbook of a community in a round, begun or not; ``None`` if it cannot be seen."""
    # The workbook library takes a while to load: only who wants a file waits.
    from assessment.reports.offline_workbook import write_offline_workbook

    sheet = sheet_to_fill(store, code, round_id)
    if sheet is None:
        return None
    file = BytesIO()
    write_offline_workbook(file, text, sheet, at)
    parts = (sheet.community.code, sheet.community.name(text.language), sheet.round.id)
    name = file_name(text, parts, OFFLINE, XLSX, sample=sheet.round.sample)
    return Export(name, iter([file.getvalue()]), XLSX_TYPE)
