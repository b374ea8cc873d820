"""What is counted for every area just below a selection's area."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assessment.domain.framework import Framework
from assessment.domain.nation import AreaCount
from assessment.domain.records import Round
from assessment.domain.standing import Standing
from assessment.language.translator import Translator
from assessment.reports.provenance import method_of
from assessment.reports.table import Cell, Column, TableOf, numbers, texts, times

COVERAGE_COLUMNS: Sequence[Column] = [
    *texts("adcode", "name_zh", "name_en"),
    *numbers("communities"),
    Column("submitted", True, "submitted_count"),
    *numbers(*(standing.value for standing in Standing), "complete", "coverage"),
    *texts("pilots_asked", "round", "round_label", "framework", "framework_version"),
    *texts("framework_hash", "sample"),
    *times("exported_at"),
]
_PILOTS = {-1: "fewer", 0: "as_asked", 1: "more"}


@dataclass(frozen=True)
class CoverageLine:
    """An area with what is counted in it.

    ``asks_pilots`` says whether the notice asks the area itself for three to five pilots.
    """

    name_zh: str
    name_en: str
    counted: AreaCount
    asks_pilots: bool

    def name(self, language: str) -> str:
        """The name in "zh" or "en"."""
        return self.name_en if language == "en" else self.name_zh


def coverage_table(
    text: Translator,
    framework: Framework,
    one_round: Round,
    lines: Sequence[CoverageLine],
    at: datetime,
) -> TableOf:
    """One row for every line; ``at`` is now."""
    source = method_of(text, framework, one_round)
    return TableOf(COVERAGE_COLUMNS, [[*_cells(line), *source, at] for line in lines])


def _cells(line: CoverageLine) -> list[Cell]:
    counted = line.counted
    return [
        str(counted.adcode) if counted.adcode else "",
        line.name_zh,
        line.name_en,
        counted.communities,
        counted.submitted,
        *(counted.by_standing[standing] for standing in Standing),
        counted.complete,
        counted.coverage,
        _PILOTS[counted.pilots_asked] if line.asks_pilots else "",
    ]
