"""A report as a Word file with the styles that a Chinese office expects."""

from collections.abc import Sequence
from io import BytesIO
from itertools import zip_longest

from docx import Document
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph

from assessment.reports.chart_file import drawn, fitted
from assessment.reports.paper import (
    Block,
    Paper,
    PaperCode,
    PaperPicture,
    PaperTable,
    Paragraph,
    Tone,
)
from assessment.reports.qr_code import code_png

# Official documents: headings in 黑体, text in 仿宋. Where a machine has not got them, Word takes
# the nearest Chinese face; the Latin letters have a face of their own.
_TEXT_FACE, _HEADING_FACE, _LATIN_FACE = "仿宋", "黑体", "Times New Roman"
# Margins of GB/T 9704-2012: 37 mm above, 28 mm left, 156 × 225 mm for the text.
_MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
# A brief has lines of a fixed height, so that it fills one page whatever face stands in for 仿宋.
_BRIEF_MARGIN = 20
_BRIEF_LINE = 15
_BRIEF_PICTURE = 118
_LONG_TITLE = 24
_BRIEF_HEADER = 9
# A form lies on its side and is written on: as much room as printers leave.
_FORM_MARGIN = 18
_PICTURE_WIDTH = 560
_CODE_WIDTH = 32
# Sizes in points: of the text, of tables, and of the boxes that are ticked by hand.
_TEXT_SIZE, _BRIEF_SIZE, _LARGE_SIZE = 12.0, 10.5, 14.0
_LARGE_HEADING_SIZE, _BOX_SIZE, _TABLE_SIZE = 9.0, 18.0, 9.5
# In twentieths of a point.
_NARROW_MARGIN = 40
# Less than the page holds, so that a picture stands below its heading.
_PICTURE_HEIGHT = 195
_BLACK, _QUIET = RGBColor(0, 0, 0), RGBColor(0x47, 0x54, 0x67)


def word_paper(paper: Paper) -> bytes:
    """The whole file. Raises ``NoChineseFont`` where a picture could not be drawn."""
    word = Document()
    _set_page(word, brief=not paper.contents, is_landscape=paper.is_landscape)
    _set_styles(word, paper)
    _set_properties(word, paper)
    _head_and_foot(word, paper)
    word.add_paragraph(paper.title, style="Title")
    word.add_paragraph(paper.subtitle, style="Subtitle")
    if paper.contents:
        word.add_paragraph(paper.contents, style="TOC Heading")
        _add_field(word.add_paragraph(), r'TOC \o "1-1" \h \z \u', shown=_contents_words(paper))
    for section in paper.sections:
        word.add_paragraph(section.title, style="Heading 1")
        for block, following in zip_longest(section.blocks, section.blocks[1:]):
            _add_block(word, block, paper)
            if not isinstance(block, PaperTable):
                together = isinstance(block, PaperPicture) or not isinstance(following, Paragraph)
                keep = following is not None and together
                word.paragraphs[-1].paragraph_format.keep_with_next = keep
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _set_page(word: WordFile, *, brief: bool, is_landscape: bool) -> None:
    """A4; a brief has to fit on one page, so that its text goes nearer to the edges above."""
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    if is_landscape:
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = Mm(297), Mm(210)
        for name in _MARGINS:
            setattr(page, name, Mm(_FORM_MARGIN))
        page.header_distance = page.footer_distance = Mm(_BRIEF_HEADER)
        return
    for name, millimetres in _MARGINS.items():
        is_upright = name in ("top_margin", "bottom_margin")
        setattr(page, name, Mm(_BRIEF_MARGIN if brief and is_upright else millimetres))
    if brief:
        page.header_distance = page.footer_distance = Mm(_BRIEF_HEADER)


def _set_styles(word: WordFile, paper: Paper) -> None:
    styles, brief, long = word.styles, not paper.contents, len(paper.title) > _LONG_TITLE
    if "TOC Heading" not in [one.name for one in styles]:
        styles.add_style("TOC Heading", 1)
    title = 16 if long else 18 if brief else 22
    sizes = {
        "Title": title,
        "Subtitle": 10.5 if brief else 12,
        "Heading 1": 12 if brief else 16,
        "TOC Heading": 16,
    }
    for name, size in sizes.items():
        style = styles[name]
        _set_face(style, _TEXT_FACE if name == "Subtitle" else _HEADING_FACE, size)
    text = styles["Normal"]
    usual = _BRIEF_SIZE if brief else _TEXT_SIZE
    _set_face(text, _TEXT_FACE, _LARGE_SIZE if paper.large else usual)
    text.paragraph_format.space_after = Pt(2 if brief else 4)
    is_fixed = brief and not paper.large
    text.paragraph_format.line_spacing = Pt(_BRIEF_LINE) if is_fixed else 1.3
    styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    styles["Title"].paragraph_format.line_spacing = 1.1
    styles["Subtitle"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    styles["Heading 1"].paragraph_format.keep_with_next = True
    if brief:
        styles["Title"].paragraph_format.space_after = Pt(4)
        styles["Subtitle"].paragraph_format.space_after = Pt(2)
        styles["Heading 1"].paragraph_format.space_before = Pt(7)


def _set_face(style: ParagraphStyle, face: str, size: float) -> None:
    style.font.name, style.font.size = _LATIN_FACE, Pt(size)
    style.font.color.rgb = _BLACK
    style.font.italic = False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:eastAsia"), face)


def _set_properties(word: WordFile, paper: Paper) -> None:
    core = word.core_properties
    core.title, core.subject, core.author, core.comments = paper.title, paper.subtitle, "", ""
    core.language = "zh-CN" if paper.language == "zh" else "en"


def _head_and_foot(word: WordFile, paper: Paper) -> None:
    """The source on each page above, page numbers below."""
    section = word.sections[0]
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    _quiet_run(head, paper.source)
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_field(foot, "PAGE", shown="1")
    _quiet_run(foot, " / ")
    _add_field(foot, "NUMPAGES", shown="1")


def _quiet_run(paragraph: WordParagraph, words: str) -> None:
    run = paragraph.add_run(words)
    run.font.size, run.font.color.rgb = Pt(8), _QUIET


def _add_field(paragraph: WordParagraph, code: str, shown: str) -> None:
    """A field that Word works out itself; ``shown`` stands there until it has."""
    for kind in ("begin", "code", "separate", "shown", "end"):
        run = paragraph.add_run(shown if kind == "shown" else "")
        if kind == "code":
            part = OxmlElement("w:instrText")
            part.set(qn("xml:space"), "preserve")
            part.text = code
        elif kind == "shown":
            continue
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
            if kind == "begin":
                part.set(qn("w:dirty"), "true")
        run._r.append(part)


def _contents_words(paper: Paper) -> str:
    return "\n".join(section.title for section in paper.sections)


def _add_block(word: WordFile, block: Block, paper: Paper) -> None:
    brief = not paper.contents
    if isinstance(block, Paragraph):
        _add_paragraph(word, block, brief=brief)
    elif isinstance(block, PaperTable):
        _add_table(word, block, large=paper.large)
    elif isinstance(block, PaperCode):
        _add_code(word, block)
    else:
        _add_picture(word, block, Mm(_BRIEF_PICTURE) if brief else _text_width(word))


def _add_paragraph(word: WordFile, block: Paragraph, *, brief: bool) -> None:
    run = word.add_paragraph(style="List Bullet" if block.tone is Tone.LIST else None).add_run(
        _writable(block.words)
    )
    run.bold = block.tone is Tone.STRONG
    if block.tone is Tone.QUIET:
        run.font.size, run.font.color.rgb = Pt(9 if brief else 10), _QUIET
    if block.tone is Tone.WARNING:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _add_code(word: WordFile, block: PaperCode) -> None:
    picture = word.add_picture(BytesIO(code_png(block.address)), width=Mm(_CODE_WIDTH))
    picture._inline.docPr.set("descr", block.address)
    # In one paragraph: the address never stands on a page without its code.
    word.paragraphs[-1].add_run("\n" + _writable(block.address))


def _add_table(word: WordFile, block: PaperTable, *, large: bool) -> None:
    table = word.add_table(rows=1, cols=len(block.headings), style="Table Grid")
    table.autofit = False
    widths = [Length(round(_text_width(word) * share)) for share in block.widths]
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
            _enlarge(added.cells, _LARGE_SIZE, _BOX_SIZE)
    # Word wants a paragraph between two tables; it should not look like an empty line.
    after = word.add_paragraph().paragraph_format
    after.line_spacing, after.space_after = Pt(6), Pt(0)


def _set_row(row: _Row, name: str) -> None:
    """Switch on a property: repeated on each page, or never broken between two."""
    switch = OxmlElement(f"w:{name}")
    switch.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(switch)


def _text_width(word: WordFile) -> Length:
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
        run = paragraph.add_run(_writable(one))
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


def _add_picture(word: WordFile, block: PaperPicture, width: Length) -> None:
    picture = word.add_picture(
        BytesIO(drawn(fitted(block.chart, _PICTURE_WIDTH), "png")), width=width
    )
    if picture.height > Mm(_PICTURE_HEIGHT):
        picture.width = Emu(picture.width * Mm(_PICTURE_HEIGHT) // picture.height)
        picture.height = Mm(_PICTURE_HEIGHT)
    picture._inline.docPr.set("descr", block.words)
    around = word.paragraphs[-1].paragraph_format
    around.alignment, around.line_spacing = WD_ALIGN_PARAGRAPH.CENTER, 1.0


def _writable(words: str) -> str:
    """XML has no control characters; what cannot be written is shown as a mark, not dropped."""
    return "".join(one if one >= " " or one in "\n\t" else "\ufffd" for one in words)
