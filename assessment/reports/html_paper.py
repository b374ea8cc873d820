"""A report as one HTML file: no server, no network, no script; prints cleanly on A4."""

import base64
from collections.abc import Sequence

from markupsafe import Markup

from assessment.reports.chart_file import FONTS, drawn, fitted
from assessment.reports.paper import (
    Block,
    Paper,
    PaperCode,
    PaperPicture,
    PaperTable,
    Paragraph,
    Section,
)
from assessment.reports.qr_code import code_svg

_PICTURE_WIDTH = 560
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_STYLE = """
@page {{ size: A4{turned}; margin: 20mm 18mm 22mm;
  @bottom-left {{ content: "{source}"; font: 8pt {fonts}; color: #475467; width: 86%;
    vertical-align: top; padding-top: 3mm; }}
  @bottom-right {{ content: counter(page) " / " counter(pages); font: 8pt {fonts};
    color: #475467; vertical-align: top; padding-top: 3mm; }} }}
* {{ box-sizing: border-box; }}
body {{ font: 11pt/1.55 {fonts}; color: #1D2939; max-width: 190mm; margin: 0 auto;
  padding: 8mm; overflow-wrap: anywhere; }}
.brief {{ font-size: 9.5pt; line-height: 1.35; }}
.brief h1 {{ font-size: 15pt; }} .brief h2 {{ font-size: 12pt; margin: 3mm 0 1mm; }}
.brief p {{ margin-bottom: 1mm; }} .brief img {{ width: 70%; }}
.landscape {{ max-width: 277mm; }}
.large {{ font-size: 14pt; line-height: 1.45; }} .large .quiet {{ font-size: 12pt; }}
.large h2 {{ font-size: 16pt; margin: 3mm 0 1mm; }} .large img {{ width: 32mm; }}
.large section {{ break-inside: avoid; }} .large table {{ margin-bottom: 2mm; }}
.large table {{ font-size: 14pt; }} .large th {{ font-size: 9pt; line-height: 1.25; }}
.large th, .large td {{ vertical-align: middle; }}
.large th:not(:first-child), .large td:not(:first-child) {{ text-align: center; padding: 1mm; }}
.large td {{ padding: 0.8mm 2mm; line-height: 1.3; }}
.large td:not(:first-child) {{ font-size: 20pt; line-height: 1; }}
h1 {{ font-size: 20pt; line-height: 1.3; margin: 0 0 2mm; }}
h2 {{ font-size: 14pt; margin: 8mm 0 2mm; break-after: avoid;
  break-inside: avoid; }}
p {{ margin: 0 0 2mm; unicode-bidi: isolate; }} p:has(+ figure) {{ break-after: avoid; }}
.strong {{ font-weight: 700; break-after: avoid; }} .quiet {{ color: #475467; font-size: 9.5pt; }}
.warning {{ border-left: 3px solid #B54708; padding-left: 3mm; }}
.warning, .missing {{ background: #FFF3C4; print-color-adjust: exact; }}
nav ol {{ columns: 2; column-gap: 8mm; padding-left: 8mm; }} nav a, td a {{ color: #0B6E99; }}
table {{ width: calc(100% - 1px); border-collapse: collapse; table-layout: fixed; font-size: 9.5pt;
  margin: 2mm 0 4mm; }}
thead {{ display: table-header-group; }} tr {{ break-inside: avoid; }}
th, td {{ border: 1px solid #D0D5DD; padding: 1.2mm 2mm; text-align: start;
  vertical-align: top; unicode-bidi: isolate; white-space: pre-line; }}
th {{ background: #F2F4F7; }}
.brief table {{ font-size: 9pt; }} .brief th, .brief td {{ padding: 0.6mm 2mm; }}
figure {{ margin: 3mm 0; break-inside: avoid; }} img {{ max-width: 100%; max-height: 215mm;
  height: auto; }}
footer {{ border-top: 1px solid #D0D5DD; margin-top: 8mm; padding-top: 2mm; }}
@media screen and (max-width: 40em) {{ body {{ padding: 4mm; }} nav ol {{ columns: 1; }}
  section:has(th:nth-child(4)) {{ overflow-x: auto; }}
  table:has(th:nth-child(4)) {{ min-width: 36em; }} }}
@media print {{ body {{ max-width: none; padding: 0; }} footer {{ display: none; }} }}
"""
_PAGE = Markup(
    '<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
    '<meta http-equiv="Content-Security-Policy" content="{policy}">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<title>{title}</title><style>{style}</style></head><body class="{kind}">'
    '<header><h1>{title}</h1><p class="quiet">{subtitle}</p></header>{contents}{sections}'
    '<footer><p class="quiet">{source}</p></footer></body></html>\n'
)


def html_paper(paper: Paper) -> bytes:
    """The whole file, UTF-8. Raises ``NoChineseFont`` where a picture could not be drawn."""
    turned = " landscape" if paper.is_landscape else ""
    style = _STYLE.format(source=_css_string(paper.source), fonts=FONTS, turned=turned)
    page = _PAGE.format(
        language="zh-CN" if paper.language == "zh" else "en",
        policy=_POLICY,
        title=paper.title,
        subtitle=paper.subtitle,
        source=paper.source,
        style=Markup(style),  # noqa: S704 - ours, and the one typed text in it is escaped
        kind=_kind(paper) + turned,
        contents=_contents(paper),
        sections=_joined(_section(place, one) for place, one in enumerate(paper.sections, 1)),
    )
    return page.encode()


def _kind(paper: Paper) -> str:
    if paper.large:
        return "large"
    return "full" if paper.contents else "brief"


def _css_string(words: str) -> str:
    """A text inside a quoted string of a style sheet: everything but plain letters as a code."""
    return "".join(one if one.isalnum() or one in " .:-" else f"\\{ord(one):06x}" for one in words)


def _contents(paper: Paper) -> Markup:
    if not paper.contents:
        return Markup("")
    lines = _joined(
        Markup('<li><a href="#s{place}">{title}</a></li>').format(place=place, title=one.title)
        for place, one in enumerate(paper.sections, 1)
    )
    heading = Markup("<nav><h2>{title}</h2><ol>{lines}</ol></nav>")
    return heading.format(title=paper.contents, lines=lines)


def _section(place: int, section: Section) -> Markup:
    return Markup('<section><h2 id="s{place}">{title}</h2>{blocks}</section>').format(
        place=place, title=section.title, blocks=_joined(_block(one) for one in section.blocks)
    )


def _block(block: Block) -> Markup:
    if isinstance(block, Paragraph):
        return Markup('<p class="{tone}">{words}</p>').format(tone=block.tone, words=block.words)
    if isinstance(block, PaperTable):
        return _table(block)
    return _code(block) if isinstance(block, PaperCode) else _picture(block)


def _table(table: PaperTable) -> Markup:
    widths = _joined(
        Markup('<col style="width:{width}%">').format(width=round(width * 100))
        for width in table.widths
    )
    rows = _joined(
        Markup("<tr>{cells}</tr>").format(cells=_cells("td", row, table.missing))
        for row in table.rows
    )
    return Markup(
        "<table><colgroup>{widths}</colgroup><thead><tr>{headings}</tr></thead>"
        "<tbody>{rows}</tbody></table>"
    ).format(widths=widths, headings=_cells("th", table.headings), rows=rows)


def _cells(name: str, cells: Sequence[str], missing: str = "") -> Markup:
    scope = Markup(' scope="col"') if name == "th" else Markup("")
    mark = Markup(' class="missing"')
    one = Markup("<{name}{scope}{mark}>{words}</{name}>")
    return _joined(
        one.format(name=name, scope=scope, words=words, mark=mark if words == missing != "" else "")
        for words in cells
    )


def _picture(picture: PaperPicture) -> Markup:
    content = base64.b64encode(drawn(fitted(picture.chart, _PICTURE_WIDTH), "svg")).decode()
    return Markup(
        '<figure><img src="data:image/svg+xml;base64,{content}" alt="{words}"></figure>'
    ).format(content=content, words=picture.words)


def _code(code: PaperCode) -> Markup:
    content = base64.b64encode(code_svg(code.address)).decode()
    return Markup(
        '<figure><img src="data:image/svg+xml;base64,{content}" alt="{words}">'
        "<figcaption>{words}</figcaption></figure>"
    ).format(content=content, words=code.address)


def _joined(parts: object) -> Markup:
    return Markup("").join(parts)  # type: ignore[arg-type]
