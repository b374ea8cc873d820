"""The answers of many communities, one row for each community and item."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache

from assessment.domain.answers import Outcome
from assessment.domain.framework import Framework, Item
from assessment.domain.records import Round
from assessment.domain.selected import Selected
from assessment.language.translator import Translator
from assessment.reports.answer_words import state_words
from assessment.reports.item_table import inputs_of
from assessment.reports.provenance import PROVENANCE, provenance_of_row
from assessment.reports.table import Cell, Column, TableOf, numbers, texts

ANSWER_COLUMNS: Sequence[Column] = [
    *texts("code", "name_zh", "name_en", "adcode", "city_code", "province_code"),
    *texts("item", "theme", "role", "title", "state", "state_words"),
    *texts("answer", "ticks", "reason", "decision", "inputs"),
    *numbers("credit", "unsupported", "weight", "threshold"),
    *texts("unit"),
    *PROVENANCE,
]


def answer_table(
    text: Translator,
    framework: Framework,
    one_round: Round,
    rows: Iterable[Selected],
    at: datetime,
) -> TableOf:
    """Every item of the framework for every community; blank states where nothing was begun."""
    asked = [_asked(text, framework, item) for item in framework.items]
    worth = [_worth(text, item) for item in framework.items]
    said = lru_cache(maxsize=None)(lambda k, outcome: _said(text, framework.items[k], outcome))

    def made() -> Iterator[list[Cell]]:
        for one in rows:
            where, source = _where(one), provenance_of_row(text, one, one_round, at)
            for k, (outcome, credit, mark) in enumerate(_answers(one, len(asked))):
                cells = _cells(one, framework.items[k])
                yield [
                    *where,
                    *asked[k],
                    *said(k, outcome),
                    *cells,
                    credit,
                    mark,
                    *worth[k],
                    *source,
                ]

    return TableOf(ANSWER_COLUMNS, made())


def _answers(one: Selected, items: int) -> Iterator[tuple[int | None, float | None, int | None]]:
    """Outcome, credit and mark of every item; none of them where nothing was begun."""
    blank = [None] * items
    said = (one.outcomes or blank, one.credits or blank, one.unsupported or blank)
    for outcome, credit, mark in zip(*said, strict=True):
        known = None if credit is None or credit != credit else credit
        yield outcome, known, None if mark is None else int(mark)


def _cells(one: Selected, item: Item) -> list[Cell]:
    """The answer itself, and the facts that its state follows from; blank where there are none."""
    said = one.said.get(item.id)
    inputs = inputs_of(item, one.facts) if one.facts and (item.rule or item.applies) else ""
    if said is None:
        return ["", "", "", "", inputs]
    return [said.choice, said.ticks.replace(",", " "), said.reason, said.decision, inputs]


def _where(one: Selected) -> list[Cell]:
    community = one.overview.community
    return [
        community.code,
        community.name_zh,
        community.name_en,
        community.adcode,
        one.city_code,
        one.province_code,
    ]


def _asked(text: Translator, framework: Framework, item: Item) -> list[Cell]:
    theme = framework.theme(item.theme).title.in_language(text.language)
    return [item.id, theme, item.role.value, item.title.in_language(text.language)]


def _worth(text: Translator, item: Item) -> list[Cell]:
    rule = item.rule
    unit = rule.unit.in_language(text.language) if rule else ""
    return [item.weight, float(rule.threshold) if rule else None, unit]


def _said(text: Translator, item: Item, outcome: int | None) -> list[Cell]:
    if outcome is None:
        return ["", ""]
    found = Outcome(outcome)
    return [found.name.lower(), state_words(text, item, found)]
