"""A report as a Word file with the styles that a Chinese office expects."""

from io import BytesIO
from itertools import zip_longest

from docx import Document
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
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
from assessment.reports.word_table import add_table, text_width, writable

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
# Sizes of the text in points.
_TEXT_SIZE, _BRIEF_SIZE, _LARGE_SIZE = 12.0, 10.5, 14.0
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
        add_table(word, block, large=paper.large)
    elif isinstance(block, PaperCode):
        _add_code(word, block)
    else:
        _add_picture(word, block, Mm(_BRIEF_PICTURE) if brief else text_width(word))


def _add_paragraph(word: WordFile, block: Paragraph, *, brief: bool) -> None:
    run = word.add_paragraph(style="List Bullet" if block.tone is Tone.LIST else None).add_run(
        writable(block.words)
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
    word.paragraphs[-1].add_run("\n" + writable(block.address))


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
