"""One community, one row an item: what was asked, answered, computed and credited."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from assessment.domain.answers import Answer
from assessment.domain.formulas import FORMULAS
from assessment.domain.framework import Item
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.answer_words import choice_words, sheet_state_words
from assessment.reports.provenance import PROVENANCE, SCORE_PROVENANCE, provenance
from assessment.reports.table import Cell, Column, TableOf, numbers, texts, times

ITEM_COLUMNS: Sequence[Column] = [
    *texts("item", "theme", "group", "role", "title", "clauses"),
    *texts("state", "state_words", "answer", "answer_words", "ticks", "inputs"),
    *numbers("computed", "threshold", "national_threshold"),
    *texts("national_state"),
    *texts("unit"),
    *numbers("credit", "weight", "evidence", "unsupported"),
    *texts("note", "reason", "decision"),
    *numbers("floor_area", "open_days"),
    *texts("means"),
    *numbers("positive", "asked_people", "to_confirm", "revision"),
    *times("saved_at"),
    *texts("saved_by"),
    *SCORE_PROVENANCE,
    *PROVENANCE,
]


def item_table(text: Translator, sheet: Sheet, at: datetime) -> TableOf:
    """Every item of the framework, in its order, also those that are not asked; ``at`` is now."""
    return TableOf(ITEM_COLUMNS, list(_rows(text, sheet, at)))


def _rows(text: Translator, sheet: Sheet, at: datetime) -> Iterator[list[Cell]]:
    source = provenance(text, sheet, at)
    for item in sheet.framework.items:
        answer = sheet.answers.get(item.id, Answer(item.id))
        yield [
            *_asked(text, sheet, item),
            *_answered(text, sheet, item, answer),
            *_credited(text, sheet, item),
            *_written(answer),
            *source,
        ]


def _asked(text: Translator, sheet: Sheet, item: Item) -> list[Cell]:
    theme = sheet.framework.theme(item.theme)
    group = next(one for one in theme.groups if one.id == item.group)
    return [
        item.id,
        theme.title.in_language(text.language),
        group.title.in_language(text.language),
        item.role.value,
        item.title.in_language(text.language),
        " ".join(item.clauses),
    ]


def _answered(text: Translator, sheet: Sheet, item: Item, answer: Answer) -> list[Cell]:
    return [
        sheet.judged[item.id].outcome.name.lower(),
        sheet_state_words(text, sheet, item),
        answer.choice,
        choice_words(text, sheet.framework, item.id, answer.choice),
        " ".join(answer.ticks),
        inputs_of(item, sheet.facts),
    ]


def inputs_of(item: Item, facts: Mapping[str, object]) -> str:
    """The facts that decide whether the item applies and what it comes to, as ``households=1240``.

    With them, a file of items holds everything that its states follow from.
    """
    named = [item.applies.fact] if item.applies else []
    named += FORMULAS[item.rule.formula].facts if item.rule else []
    return "; ".join(f"{fact}={facts.get(fact, '')}" for fact in named)


def _credited(text: Translator, sheet: Sheet, item: Item) -> list[Cell]:
    judged = sheet.judged[item.id]
    rule, national = sheet.asked(item.id).rule, sheet.judged_nationally(item.id)
    return [
        judged.quantity.value if judged.quantity else None,
        float(rule.threshold) if rule else None,
        float(item.rule.threshold) if item.rule and national else None,
        national.outcome.name.lower() if national else "",
        rule.unit.in_language(text.language) if rule else "",
        judged.credit,
        item.weight,
        sheet.evidence.get(item.id, 0),
        int(item.id in sheet.unsupported),
    ]


def _written(answer: Answer) -> list[Cell]:
    details = answer.details
    return [
        answer.note,
        answer.reason,
        answer.decision.value,
        _number(details.get("floor_area")),
        _number(details.get("open_days")),
        details.get("means", ""),
        _number(details.get("positive")),
        _number(details.get("asked")),
        int(answer.to_confirm),
        answer.revision,
        answer.at,
        answer.by,
    ]


def _number(text: str | None) -> float | None:
    return float(text) if text else None
