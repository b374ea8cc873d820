"""Gaps and the linked shortfall in words, the same on screen and on paper."""

from assessment.domain.gaps import Gap, LinkedShortfall
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.answer_words import choice_words
from assessment.reports.quantity_words import formula_words, quantity_words


def shortfall_words(text: Translator, shortfall: LinkedShortfall) -> str:
    """What to add, and the other way where there is one."""
    if shortfall.add == 0:
        words = text("gaps.convert", convert=text.number(shortfall.convert))
        if shortfall.add_for_residents:
            words += text("gaps.or_add", add=text.number(shortfall.add_for_residents))
        return words
    words = text("gaps.add", add=text.number(shortfall.add_for_residents))
    if shortfall.convert:
        words += text(
            "gaps.or_add_and_convert",
            add=text.number(shortfall.add),
            convert=text.number(shortfall.convert),
        )
    return words


def linked_words(text: Translator, sheet: Sheet) -> list[str]:
    """The two linked quantities, each with its formula; nothing where none are linked."""
    linked = sheet.framework.linked
    if linked is None:
        return []
    items = (sheet.framework.item(linked.area), sheet.framework.item(linked.share))
    return [
        text(
            "gaps.with_formula",
            quantity=quantity_words(text, item, sheet),
            formula=formula_words(text, item, sheet),
        )
        for item in items
    ]


def gap_now_words(text: Translator, sheet: Sheet, gap: Gap) -> str:
    """What is there now: the quantity, or the answer with the marks that it lacks."""
    if gap.item.rule is not None:
        return quantity_words(text, gap.item, sheet)
    answer = sheet.answers.get(gap.item.id)
    chosen = answer.choice if answer else ""
    words = choice_words(text, sheet.framework, gap.item.id, chosen)
    return text("gaps.now", answer=words) + _missing_ticks(text, sheet, gap)


def gain_words(text: Translator, sheet: Sheet, gap: Gap) -> str:
    """What meeting it fully would add to the score."""
    if gap.gain <= 0:
        return text("gaps.bonus")
    return text(
        "gaps.gain",
        points=text.number(gap.gain, 1),
        credit=text.number(gap.judged.credit or 0.0, 3),
        weight=text.number(gap.item.weight, 2),
        base=text.number(float(sheet.scores.themes[gap.item.theme].base[0]), 2),
        theme_weight=text.number(sheet.framework.theme(gap.item.theme).weight, 2),
        themes=text.number(float(sheet.scores.overall.base[0]), 2),
    )


def _missing_ticks(text: Translator, sheet: Sheet, gap: Gap) -> str:
    answer = sheet.answers.get(gap.item.id)
    if not gap.item.ticks or answer is None or not answer.ticks:
        return ""
    lacking = [
        tick.label.in_language(text.language)
        for tick in gap.item.ticks
        if tick.id not in answer.ticks
    ]
    return text("gaps.lacking", ticks=text("join.list").join(lacking))
