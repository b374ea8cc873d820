"""What a new round starts from: what was said in the round before, all of it to be confirmed."""

from collections.abc import Mapping
from dataclasses import replace

from assessment.domain.answers import Answer, Decision, choices
from assessment.domain.errors import Refused
from assessment.domain.framework import FactDefinition, Framework, Item
from assessment.domain.records import SavedFact
from assessment.domain.typed_answers import MEANS_DETAIL, read_fact_text


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


def answer_in(framework: Framework, item: Item, answer: Answer) -> Answer:
    """An earlier answer without what its item no longer offers: ticks and means."""
    ticks = {tick.id for tick in item.ticks}
    means = {one.id for one in framework.means}
    details = {
        name: text for name, text in answer.details.items() if name != MEANS_DETAIL or text in means
    }
    kept = tuple(tick for tick in answer.ticks if tick in ticks)
    return replace(answer, ticks=kept, details=details)


def _answer(framework: Framework, item: Item, said: Answer) -> Answer | None:
    if said.choice and said.choice not in choices(item):
        return None
    kept = answer_in(framework, item, said)
    if not (kept.choice or kept.note or kept.details):
        return None
    return replace(kept, decision=Decision.NONE, to_confirm=True, revision=0, by="", at=None)


def _can_be_typed(definition: FactDefinition, value: str) -> bool:
    try:
        return read_fact_text(definition, value) == value
    except Refused:
        return False
