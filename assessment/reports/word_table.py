"""Tables of a Word file, and the room and letters that a page has."""

from collections.abc import Sequence

from docx.document import Document as WordFile
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from docx.table import Table, _Cell, _Row

from assessment.reports.paper import PaperTable

# Sizes in points: of usual tables, and of those with boxes that are ticked by hand.
_TABLE_SIZE, _WORDS_SIZE, _LARGE_HEADING_SIZE, _BOX_SIZE = 9.5, 14.0, 9.0, 18.0
# In twentieths of a point.
_NARROW_MARGIN = 40


def add_table(word: WordFile, block: PaperTable, *, large: bool) -> None:
    """A table over the width of the text; a ``large`` one is ticked by hand."""
    table = word.add_table(rows=1, cols=len(block.headings), style="Table Grid")
    table.autofit = False
    widths = [Length(round(text_width(word) * share)) for share in block.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _fill(table.rows[0].cells, block, widths, block.headings, bold=True)
    if large:
        _narrow_margins(table)
        _enlarge(table.rows[0].cells, _LARGE_HEADING_SIZE, _LARGE_HEADING_SIZE)
    for cell in table.rows[0].cells:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", "F2F4F7")):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)
    _set_row(table.rows[0], "tblHeader")
    for row in block.rows:
        added = table.add_row()
        _set_row(added, "cantSplit")
        _fill(added.cells, block, widths, row, bold=False)
        if large:
            _enlarge(added.cells, _WORDS_SIZE, _BOX_SIZE)
    # Word wants a paragraph between two tables; it should not look like an empty line.
    after = word.add_paragraph().paragraph_format
    after.line_spacing, after.space_after = Pt(6), Pt(0)


def _set_row(row: _Row, name: str) -> None:
    """Switch on a property: repeated on each page, or never broken between two."""
    switch = OxmlElement(f"w:{name}")
    switch.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(switch)


def text_width(word: WordFile) -> Length:
    """The width between the margins."""
    page = word.sections[0]
    margins = (page.left_margin or 0) + (page.right_margin or 0)
    return Length((page.page_width or 0) - margins)


def _fill(
    cells: Sequence[_Cell],
    block: PaperTable,
    widths: Sequence[Length],
    words: Sequence[str],
    *,
    bold: bool,
) -> None:
    for cell, width, one in zip(cells, widths, words, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.paragraph_format.space_before = Pt(1)
        paragraph.paragraph_format.line_spacing = 1.0
        run = paragraph.add_run(writable(one))
        run.bold, run.font.size = bold, Pt(_TABLE_SIZE)
        if block.missing and one == block.missing:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _narrow_margins(table: Table) -> None:
    """More room for the words in narrow columns."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(_NARROW_MARGIN))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def _enlarge(cells: Sequence[_Cell], first: float, others: float) -> None:
    """Other sizes of type; all but the first cell in the middle."""
    for place, cell in enumerate(cells):
        paragraph = cell.paragraphs[0]
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph.runs[0].font.size = Pt(others if place else first)
        if place:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def writable(words: str) -> str:
    """XML has no control characters; what cannot be written is shown as a mark, not dropped."""
    return "".join(one if one >= " " or one in "\n\t" else "\ufffd" for one in words)
