"""A computed quantity with its formula filled in, as HTML."""

from markupsafe import Markup

from assessment.domain.framework import Item
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.quantity_words import formula_words, quantity_words
from assessment.ui.plain_text import html


def quantity_line(text: Translator, item: Item, sheet: Sheet) -> Markup:
    """The value against its threshold, and the formula with the community's own numbers."""
    return html(
        '<div class="quantity">{value}</div><div class="formula">{formula}</div>',
        value=quantity_words(text, item, sheet),
        formula=formula_words(text, item, sheet),
    )
