"""What a sheet to be filled away from the screen asks, and what is already kept, in words."""

from collections.abc import Sequence

from assessment.domain.answers import Answer, Outcome
from assessment.domain.framework import FactDefinition, Item, Kind, Role
from assessment.domain.sheet import Sheet
from assessment.domain.typed_answers import details_of
from assessment.language.translator import Translator
from assessment.reports.answer_words import choice_words, fact_words, field_words


def items_to_fill(sheet: Sheet) -> Sequence[Item]:
    """All items but those that are not asked of this community."""
    return [
        item
        for item in sheet.framework.items
        if sheet.judged[item.id].outcome is not Outcome.NOT_ASKED
    ]


def is_open(sheet: Sheet, item: Item) -> bool:
    """Whether something is still to be found out for an item itself, not for its facts."""
    if item.kind is Kind.QUANTITY or not sheet.judged[item.id].outcome.to_do:
        return False
    answer = sheet.answers.get(item.id, Answer(item.id))
    if answer.to_confirm:
        return True
    if item.kind is Kind.SURVEY:
        return not all(answer.details.get(name) for name in details_of(item))
    return item.kind is not Kind.REMARK or not answer.note


def is_fact_open(sheet: Sheet, definition: FactDefinition) -> bool:
    """Whether a fact is missing, or was only carried over from the round before."""
    return definition.id not in sheet.facts


def item_title(text: Translator, item: Item) -> str:
    """The title, with the role where it is not a plain core item."""
    title = item.title.in_language(text.language)
    if item.role is Role.CORE:
        return title
    return text("fill.title", title=title, role=text(f"role.{item.role}"))


def condition_words(text: Translator, sheet: Sheet, item: Item) -> str:
    """Where the item applies, as long as nobody knows whether it does; else empty."""
    if item.applies is None or item.applies.fact in sheet.facts:
        return ""
    fact = sheet.framework.fact(item.applies.fact)
    option = next(one for one in fact.options if one.id == item.applies.equals)
    return text(
        "fill.only_where",
        fact=fact.label.in_language(text.language),
        option=option.label.in_language(text.language),
    )


def kept_words(text: Translator, sheet: Sheet, item: Item) -> str:
    """What is kept of an item's answer, and whether it is still to be confirmed; else empty."""
    answer = sheet.answers.get(item.id)
    if answer is None:
        return ""
    parts = [choice_words(text, sheet.framework, item.id, answer.choice)]
    if answer.ticks:
        parts.append(field_words(text, sheet.framework, item.id, "ticks", answer.ticks))
    for name in details_of(item):
        if answer.details.get(name):
            value = answer.details[name]
            words = field_words(text, sheet.framework, item.id, f"detail:{name}", value)
            parts.append(_named(text, text(f"detail.{name}"), words))
    parts += [answer.reason, answer.note]
    return _kept(text, parts, to_confirm=answer.to_confirm)


def kept_fact_words(text: Translator, sheet: Sheet, definition: FactDefinition) -> str:
    """The same for a fact."""
    saved = sheet.saved_facts.get(definition.id)
    if saved is None or not saved.value:
        return ""
    words = fact_words(text, sheet.framework, definition.id, saved.value)
    return _kept(text, [words], to_confirm=saved.to_confirm)


def _kept(text: Translator, parts: Sequence[str], *, to_confirm: bool) -> str:
    words = text("join.change").join(filter(None, parts))
    if not words:
        return ""
    key = "fill.to_confirm" if to_confirm else "fill.kept"
    return text(key, words=words)


def _named(text: Translator, name: str, words: str) -> str:
    return f"{name}{text('join.colon')}{words}"
