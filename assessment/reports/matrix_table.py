"""Communities × items: the state of every answer at a glance, and what it follows from.

After the states come the answers and the figures of the community, so that the file can be
brought back whole.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from assessment.domain.answer_cells import ANSWER_PREFIX, answer_cell
from assessment.domain.answers import Outcome, choices
from assessment.domain.framework import FactKind, Framework, Item, Kind, Text
from assessment.domain.records import Round
from assessment.domain.selected import Selected
from assessment.language.translator import Translator
from assessment.reports.provenance import PROVENANCE, provenance_of_row
from assessment.reports.table import Cell, Column, TableOf, numbers, texts

MATRIX_ITEM, MATRIX_ANSWER, MATRIX_FACT = "matrix_item", "matrix_answer", "matrix_fact"
NOT_SCORED = "not_scored"
FIRST_COLUMNS = (
    *texts("code", "name", "area"),
    *numbers("low_percent", "high_percent", "unsupported"),
)


def matrix_columns(framework: Framework) -> list[Column]:
    """The columns: one for the state of each item under its id, one for the answer to each that
    has answers to choose from, one for each fact."""
    items = [Column(item.id, kind=MATRIX_ITEM, about=_titled(item)) for item in framework.items]
    answers = [
        Column(ANSWER_PREFIX + item.id, kind=MATRIX_ANSWER, about=_titled(item))
        for item in _chosen_items(framework)
    ]
    facts = [
        Column(one.id, one.kind is not FactKind.CHOICE, MATRIX_FACT, one.label)
        for one in framework.facts
    ]
    return [*FIRST_COLUMNS, *items, *answers, *facts, *PROVENANCE]


def matrix_table(
    text: Translator,
    framework: Framework,
    one_round: Round,
    rows: Iterable[Selected],
    at: datetime,
) -> TableOf:
    """One row for every community; blank cells where nothing was begun."""
    words = [_state_codes(item) for item in framework.items]
    answered = [item.id for item in _chosen_items(framework)]

    def made() -> Iterator[list[Cell]]:
        for one in rows:
            yield [
                *_standing(text, one),
                *_states(words, one),
                *_answers(answered, one),
                *_facts(framework, one),
                *provenance_of_row(text, one, one_round, at),
            ]

    return TableOf(matrix_columns(framework), made())


def _standing(text: Translator, one: Selected) -> list[Cell]:
    row, score = one.overview, one.overview.score
    return [
        row.community.code,
        row.community.name(text.language),
        text("join.area").join(one.area(text.language)),
        score.low_percent if score else None,
        score.high_percent if score else None,
        score.unsupported if score else None,
    ]


def _states(words: Sequence[Sequence[str]], one: Selected) -> list[str]:
    states = [codes[outcome] for codes, outcome in zip(words, one.outcomes, strict=False)]
    return states or [""] * len(words)


def _answers(items: Sequence[str], one: Selected) -> list[str]:
    return [answer_cell(one.said[item]) if item in one.said else "" for item in items]


def _facts(framework: Framework, one: Selected) -> list[Cell]:
    values = [(fact, one.facts.get(fact.id, "")) for fact in framework.facts]
    return [
        value if fact.kind is FactKind.CHOICE else Decimal(value) if value else None
        for fact, value in values
    ]


def _chosen_items(framework: Framework) -> list[Item]:
    """The items that have answers to choose from; what others say follows from facts."""
    return [item for item in framework.items if choices(item)]


def _state_codes(item: Item) -> list[str]:
    """The code word for every outcome of an item."""
    if item.kind in (Kind.REMARK, Kind.SURVEY):
        return [NOT_SCORED] * len(Outcome)
    return [outcome.state.value for outcome in Outcome]


def _titled(item: Item) -> Text:
    return Text(zh=f"{item.id} {item.title.zh}", en=f"{item.id} {item.title.en}")
