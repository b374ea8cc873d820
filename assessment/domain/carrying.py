"""What a round starts from, or goes on with under another checklist: answers to be confirmed."""

from collections.abc import Container, Mapping
from dataclasses import replace

from assessment.domain.answers import RULE_CHANGED, Answer, Decision, choices
from assessment.domain.errors import Refused
from assessment.domain.facts import Facts
from assessment.domain.framework import FactDefinition, Framework, Item
from assessment.domain.records import SavedFact
from assessment.domain.typed_answers import MEANS_DETAIL, read_fact_text
from assessment.domain.upgrading import facts_of


def carried_answers(framework: Framework, said: Mapping[str, Answer]) -> list[Answer]:
    """Answers that the framework still offers, without what a reviewer had decided."""
    carried = (
        _answer(framework, item, said[item.id]) for item in framework.items if item.id in said
    )
    return [one for one in carried if one is not None]


def carried_facts(framework: Framework, known: Mapping[str, SavedFact]) -> list[SavedFact]:
    """Facts that the framework still asks for and could still be typed."""
    return [
        SavedFact(one.id, known[one.id].value, to_confirm=True)
        for one in framework.facts
        if one.id in known and known[one.id].value and _can_be_typed(one, known[one.id].value)
    ]


def asked_again(
    framework: Framework, items: Container[str], said: Mapping[str, Answer], facts: Facts
) -> list[Answer]:
    """The answers to items that were changed, to be confirmed again; each carries its revision.

    An item that is computed has an answer of its own for it, once its facts are typed.
    """
    found = (
        _asked_again(item, said.get(item.id, Answer(item.id)), facts)
        for item in framework.items
        if item.id in items
    )
    return [one for one in found if one is not None]


def _asked_again(item: Item, said: Answer, facts: Facts) -> Answer | None:
    if said.to_confirm and (item.rule is None or said.choice == RULE_CHANGED):
        return None
    if item.rule is not None:
        is_typed = any(fact in facts for fact in facts_of(item))
        return replace(said, choice=RULE_CHANGED, to_confirm=True) if is_typed else None
    is_said = said.choice or said.note or said.details
    return replace(said, decision=Decision.NONE, to_confirm=True) if is_said else None


def answer_in(framework: Framework, item: Item, answer: Answer) -> Answer:
    """An earlier answer without what its item no longer offers: ticks and means."""
    ticks = {tick.id for tick in item.ticks}
    means = {one.id for one in framework.means}
    details = {
        name: text for name, text in answer.details.items() if name != MEANS_DETAIL or text in means
    }
    kept = tuple(tick for tick in answer.ticks if tick in ticks)
    choice = "" if answer.choice == RULE_CHANGED else answer.choice
    return replace(answer, choice=choice, ticks=kept, details=details)


def _answer(framework: Framework, item: Item, said: Answer) -> Answer | None:
    kept = answer_in(framework, item, said)
    if kept.choice and kept.choice not in choices(item):
        return None
    if not (kept.choice or kept.note or kept.details):
        return None
    return replace(kept, decision=Decision.NONE, to_confirm=True, revision=0, by="", at=None)


def _can_be_typed(definition: FactDefinition, value: str) -> bool:
    try:
        return read_fact_text(definition, value) == value
    except Refused:
        return False
