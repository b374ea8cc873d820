"""The table of a comparison: a column for each pilot, headings that stay in sight."""

from collections.abc import Sequence

from markupsafe import Markup

from assessment.language.translator import Translator
from assessment.reports.signs import Sign
from assessment.services.comparing import Pinned
from assessment.ui.plain_text import html, joined

_TABLE = (
    '<div class="compare-box" role="region" tabindex="0" aria-label="{caption}">'
    '<table class="compare"><caption>{caption}</caption><thead><tr>{head}</tr></thead>'
    "{body}</table></div>"
)


def compare_table(caption: str, head: Sequence[Markup], body: Sequence[Markup]) -> Markup:
    """A table in a box that scrolls by itself and can be reached by keyboard."""
    return html(_TABLE, caption=caption, head=joined(list(head)), body=joined(list(body)))


def pilot_heads(
    text: Translator, first: str, pins: Sequence[Pinned], baseline: str
) -> list[Markup]:
    """The headings: what the rows are, then the pilots, the baseline marked as such."""
    heads = [html('<th scope="col">{words}</th>', words=first)]
    for one in pins:
        is_baseline = one.community.code == baseline
        heads.append(
            html(
                '<th scope="col"{marked}>{name}{tag}</th>',
                marked=Markup(' class="baseline"') if is_baseline else "",
                name=one.community.name(text.language),
                tag=html('<span class="tag">{words}</span>', words=text("pins.baseline"))
                if is_baseline
                else "",
            )
        )
    return heads


def row_group(title: str, columns: int, rows: Sequence[Markup], colour: str = "") -> Markup:
    """A titled group of rows."""
    return html(
        '<tbody><tr class="group"><th scope="rowgroup" colspan="{columns}">'
        "<span{style}>{title}</span></th></tr>{rows}</tbody>",
        columns=columns,
        style=html(' style="color:{colour}"', colour=colour) if colour else "",
        title=title,
        rows=joined(list(rows)),
    )


def row(head: Markup | str, cells: Sequence[Markup | str]) -> Markup:
    """A row: what it is about, then a cell for each column."""
    return html(
        '<tr><th scope="row">{head}</th>{cells}</tr>',
        head=head,
        cells=joined([html("<td>{words}</td>", words=cell) for cell in cells]),
    )


def signed(sign: Sign, words: str) -> Markup:
    """Words after their sign, in its colour."""
    return html(
        '<span class="signed" style="color:{colour}"><span aria-hidden="true">{sign}</span> '
        "{words}</span>",
        colour=sign.colour,
        sign=sign.symbol,
        words=words,
    )


def quiet(words: str) -> Markup:
    """A second line of a cell."""
    return html('<div class="quiet">{words}</div>', words=words) if words else Markup("")
