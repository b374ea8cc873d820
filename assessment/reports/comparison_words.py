"""Comparisons in words, for screen and files alike."""

from collections.abc import Callable, Sequence

from assessment.domain.comparison import Caution, better, cautions
from assessment.domain.nation import STANDINGS, standing_codes
from assessment.domain.sheet import Sheet
from assessment.domain.standing import Standing
from assessment.language.translator import Translator
from assessment.reports.answer_words import state_words
from assessment.reports.handover_words import state_name
from assessment.reports.quantity_words import shown_value
from assessment.reports.score_words import percent_words


def version_words(sheet: Sheet) -> str:
    """The checklist's version with the beginning of its content hash."""
    return f"{sheet.framework.version} ({sheet.framework.hash[:8]})"


def assessment_state_words(text: Translator, sheet: Sheet) -> str:
    """Draft, submitted, returned or approved."""
    return state_name(text, sheet.assessment)


def standing_of_sheet(sheet: Sheet) -> Standing:
    """The standing that lists and maps show for this sheet."""
    scores = sheet.scores
    codes = standing_codes(scores.overall.answered, scores.enough, scores.gates)
    return STANDINGS[int(codes[0])]


def value_words(text: Translator, item_id: str, sheet: Sheet) -> str:
    """The computed value of a quantity with its unit; empty where there is none."""
    judged = sheet.judged.get(item_id)
    if judged is None or judged.quantity is None or judged.quantity.value is None:
        return ""
    rule = sheet.framework.item(item_id).rule
    if rule is None:
        return ""
    value = shown_value(text, judged.quantity.value, rule.direction)
    return f"{value} {rule.unit.in_language(text.language)}"


def item_words(text: Translator, item_id: str, sheet: Sheet) -> str:
    """State and value of an item; says so where the sheet's checklist does not ask it."""
    if not sheet.framework.has_item(item_id):
        return text("compare.not_in_version")
    item = sheet.framework.item(item_id)
    words = state_words(text, item, sheet.judged[item_id].outcome)
    value = value_words(text, item_id, sheet)
    return f"{words}{text('join.colon')}{value}" if value else words


def versus_words(text: Translator, item_id: str, sheet: Sheet, baseline: Sheet) -> str:
    """Whether a sheet does better or worse than the baseline in an item; empty where neither."""
    sign = better(sheet.judged.get(item_id), baseline.judged.get(item_id))
    if not sign:
        return ""
    return text("compare.better") if sign > 0 else text("compare.worse")


def caution_words(text: Translator, sheets: Sequence[Sheet]) -> list[str]:
    """Why the sheets may not compare, each with the figure of every one of them."""
    parts: dict[Caution, Callable[[Sheet], str]] = {
        Caution.VERSION: version_words,
        Caution.COMPLETENESS: lambda one: percent_words(text, one.scores.overall.completeness[0]),
        Caution.SET_ASIDE: lambda one: percent_words(text, one.scores.overall.set_aside_share[0]),
        Caution.STATE: lambda one: assessment_state_words(text, one),
    }
    lines = []
    for caution in cautions(sheets):
        each = [_named(text, sheet, parts[caution](sheet)) for sheet in sheets]
        lines.append(text(f"compare.caution_{caution}", each=text("join.list").join(each)))
    return lines


def _named(text: Translator, sheet: Sheet, words: str) -> str:
    return f"{sheet.community.name(text.language)}{text('join.colon')}{words}"
