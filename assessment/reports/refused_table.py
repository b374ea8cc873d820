"""What an import refused, as a flat table: where it stands, why, and what to do."""

from collections.abc import Sequence

from assessment.domain.import_table import Problem
from assessment.language.translator import Translator
from assessment.reports.table import Cell, Column, TableOf, numbers, texts

REFUSED_COLUMNS: Sequence[Column] = [
    *texts("refused_file", "refused_sheet"),
    *numbers("refused_row"),
    *texts("refused_column", "refused_heading", "refused_value", "refused_reason", "refused_fix"),
]


def refused_table(text: Translator, problems: Sequence[Problem]) -> TableOf:
    """A row for everything that is refused, in its order in the file."""
    return TableOf(REFUSED_COLUMNS, [refused_cells(text, one) for one in problems])


def refused_cells(text: Translator, one: Problem) -> list[Cell]:
    """The cells of one problem; no row number for what is about a whole file or sheet."""
    place = one.place
    return [
        place.file,
        place.sheet,
        place.row or None,
        place.letters,
        place.heading,
        place.value,
        text.reason(one.fault),
        text.fix(one.fault),
    ]
