"""Saved values as people read them."""

from typing import Any

from assessment.domain.answers import RULE_CHANGED, Outcome, waits
from assessment.domain.framework import Framework, Item, Kind
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.signs import UNSUPPORTED

_ANSWERS = ("unknown", "not_applicable", "all", "some", "none_of_them", RULE_CHANGED)
_KEYS = {"all": "all_ticks", "some": "some_ticks", "none_of_them": "no_ticks"}


def field_words(
    text: Translator,
    framework: Framework,
    subject: str,
    name: str,
    value: Any,  # noqa: ANN401
) -> str:
    """One field of an answer, or a fact, in words."""
    if not value:
        return text("value.blank")
    if name == "choice":
        return choice_words(text, framework, subject, str(value))
    if name == "ticks":
        labels = {tick.id: tick.label for tick in framework.item(subject).ticks}
        return text("join.list").join(labels[one].in_language(text.language) for one in value)
    if name == "value":
        return fact_words(text, framework, subject, str(value))
    if name == "detail:means":
        return means_words(text, framework, str(value))
    return str(value)


def choice_words(text: Translator, framework: Framework, item_id: str, choice: str) -> str:
    """The chosen answer in the words of its button; blank for no answer."""
    if not choice:
        return ""
    if choice in _ANSWERS:
        return text(f"answer.{_KEYS.get(choice, choice)}")
    steps = {step.id: step.label for step in framework.item(item_id).steps}
    return steps[choice].in_language(text.language) if choice in steps else choice


def means_words(text: Translator, framework: Framework, means_id: str) -> str:
    """The means in words; the id itself for one that the framework no longer knows."""
    labels = {one.id: one.label for one in framework.means}
    return labels[means_id].in_language(text.language) if means_id in labels else means_id


def fact_words(text: Translator, framework: Framework, fact_id: str, value: str) -> str:
    """A fact with its unit, or the chosen option in words."""
    definition = framework.fact(fact_id)
    for option in definition.options:
        if option.id == value:
            return option.label.in_language(text.language)
    unit = definition.unit.in_language(text.language) if definition.unit else ""
    return f"{value} {unit}".strip()


def sheet_state_words(text: Translator, sheet: Sheet, item: Item) -> str:
    """An item's state in words; what was carried over says what it was in the round before."""
    answer, outcome = sheet.answers.get(item.id), sheet.judged[item.id].outcome
    if answer is None or not answer.to_confirm or outcome is not Outcome.UNANSWERED:
        return state_words(text, item, outcome)
    if waits(answer):
        return text("state.rule_changed")
    last = choice_words(text, sheet.framework, item.id, answer.choice)
    return text("state.to_confirm", last=last) if last else text("state.to_confirm_plain")


def unsupported_words(text: Translator, sheet: Sheet, item: Item) -> str:
    """That an answer lacks the evidence asked for, with its sign; empty if it does not."""
    return lacking_words(text) if item.id in sheet.unsupported else ""


def lacking_words(text: Translator) -> str:
    """The same of an answer that is known to lack it."""
    return f"{UNSUPPORTED} {text('unsupported.short')}"


def state_words(text: Translator, item: Item, outcome: Outcome) -> str:
    """The state in words; "not applicable" says whether it waits, was accepted or is not asked."""
    if item.kind in (Kind.REMARK, Kind.SURVEY):
        return text("state.not_scored")
    if outcome in (Outcome.SET_ASIDE, Outcome.SET_ASIDE_PENDING, Outcome.NOT_ASKED):
        return text(f"outcome.{outcome.name.lower()}")
    return text(f"answer_state.{outcome.state}")
