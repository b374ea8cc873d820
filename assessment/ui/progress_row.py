"""How far the facts and every theme are, right below the theme switch."""

from markupsafe import Markup

from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.signs import theme_colour
from assessment.ui.plain_text import html, joined


def progress_row(text: Translator, sheet: Sheet) -> Markup:
    """For the facts and each theme: n of m, and a bar."""
    known = sum(1 for fact in sheet.framework.facts if fact.id in sheet.facts)
    cells = [_cell(text, text("walk.facts"), known, len(sheet.framework.facts), "#475467")]
    for position, theme in enumerate(sheet.framework.themes):
        line = sheet.scores.themes[theme.id]
        name = theme.short.in_language(text.language)
        done, total = int(line.answered[0]), int(line.asked[0])
        cells.append(_cell(text, name, done, total, theme_colour(position)))
    return html('<div class="progress-row">{cells}</div>', cells=joined(cells))


def _cell(text: Translator, name: str, done: int, total: int, colour: str) -> Markup:
    return html(
        '<div><span class="narrow-only">{name} </span>{count}<i style="background:linear-gradient('
        'to right,{colour} {share}%,#e4e7ec {share}%)"></i></div>',
        name=name,
        count=text("walk.count", n=done, m=total),
        colour=colour,
        share=round(100 * done / total) if total else 0,
    )
