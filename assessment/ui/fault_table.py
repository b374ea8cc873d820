"""What is wrong with a file, a row for each fault: where, and what to do."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from assessment.domain.errors import Fault
from assessment.domain.framework_table import SHEETS
from assessment.language.translator import Translator
from assessment.reports.framework_words import column_words
from assessment.ui.plain_text import plain

_MOST = 200


def fault_table(text: Translator, faults: Sequence[Fault]) -> None:
    """Every fault with sheet, row, column, item, and what is wrong and how it is mended."""
    st.error(plain(text.plural("faults.count", len(faults))))
    sheets = list(SHEETS)
    order = sorted(
        faults, key=lambda one: (sheets.index(one.sheet) if one.sheet else 0, one.line or 0)
    )
    rows = [_row(text, fault) for fault in order[:_MOST]]
    used = [name for name in rows[0] if any(row[name] for row in rows)]
    frame = pd.DataFrame([{name: row[name] for name in used} for row in rows])
    st.table(frame.set_index(used[0]))
    if len(faults) > _MOST:
        st.caption(plain(text("faults.first", count=text.number(_MOST))))


def _row(text: Translator, fault: Fault) -> dict[str, str]:
    return {
        text("faults.sheet"): text(f"framework_sheet.{fault.sheet}") if fault.sheet else "",
        text("faults.row"): str(fault.line or ""),
        text("faults.column"): plain(column_words(text, fault)),
        text("faults.item"): plain(fault.item),
        text("faults.what"): plain(text.fault(fault)),
    }
