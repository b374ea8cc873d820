"""How far each area just below a selection's area has come."""

import numpy as np

from assessment.domain.nation import AreaCount, count, count_by_area
from assessment.language.translator import Translator
from assessment.reports.coverage_table import CoverageLine
from assessment.services.divisions import Division, asks_pilots, children, division
from assessment.services.selected_rows import Chosen
from assessment.services.selection import sub_areas


def coverage_lines(chosen: Chosen) -> list[CoverageLine]:
    """One line for every area, also those without a community; a district has only its own.

    The base is every community of the register in the area and pilot list: filters by name,
    standing or answer would make the share say something else. Communities that lie in none of
    the areas, because their division is not known, come last.
    """
    nation, mask, own = chosen.nation, chosen.area_mask, division(chosen.selection.adcode)
    below = children(chosen.selection.adcode)
    if own is not None and not below:
        return [_line(own, count(nation, mask, int(own.adcode)))]
    areas = sub_areas(nation, chosen.selection)
    counted = {one.adcode: one for one in count_by_area(nation, mask, areas)}
    nobody = np.zeros_like(mask)
    codes = [int(area.adcode) for area in below]
    lines = [
        _line(area, counted[code] if code in counted else count(nation, nobody, code))
        for area, code in zip(below, codes, strict=True)
    ]
    names = [text("export.area_unknown") for text in (Translator("zh"), Translator("en"))]
    others = [one for code, one in counted.items() if code not in codes]
    return lines + [CoverageLine(names[0], names[1], one, False) for one in others]


def _line(area: Division, counted: AreaCount) -> CoverageLine:
    return CoverageLine(area.name_zh, area.name_en, counted, asks_pilots(area))
