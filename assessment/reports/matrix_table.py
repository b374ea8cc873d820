"""Communities × items: the state of every answer at a glance."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from assessment.domain.answers import Outcome
from assessment.domain.framework import Framework, Item, Kind, Text
from assessment.domain.records import Round
from assessment.domain.selected import Selected
from assessment.language.translator import Translator
from assessment.reports.provenance import PROVENANCE, provenance_of_row
from assessment.reports.table import Cell, Column, TableOf, numbers, texts

MATRIX_ITEM = "matrix_item"
NOT_SCORED = "not_scored"
FIRST_COLUMNS = (
    *texts("code", "name", "area"),
    *numbers("low_percent", "high_percent", "unsupported"),
)


def matrix_columns(framework: Framework) -> list[Column]:
    """The columns, with one for each item of the framework under its id."""
    items = [Column(item.id, kind=MATRIX_ITEM, about=_titled(item)) for item in framework.items]
    return [*FIRST_COLUMNS, *items, *PROVENANCE]


def matrix_table(
    text: Translator,
    framework: Framework,
    one_round: Round,
    rows: Iterable[Selected],
    at: datetime,
) -> TableOf:
    """One row for every community; blank cells where nothing was begun."""
    words = [_state_codes(item) for item in framework.items]
    made = (_row(text, words, one_round, one, at) for one in rows)
    return TableOf(matrix_columns(framework), made)


def _row(
    text: Translator, words: Sequence[Sequence[str]], one_round: Round, one: Selected, at: datetime
) -> list[Cell]:
    row, score = one.overview, one.overview.score
    states = [codes[outcome] for codes, outcome in zip(words, one.outcomes, strict=False)]
    return [
        row.community.code,
        row.community.name(text.language),
        text("join.area").join(one.area(text.language)),
        score.low_percent if score else None,
        score.high_percent if score else None,
        score.unsupported if score else None,
        *(states or [""] * len(words)),
        *provenance_of_row(text, one, one_round, at),
    ]


def _state_codes(item: Item) -> list[str]:
    """The code word for every outcome of an item."""
    if item.kind in (Kind.REMARK, Kind.SURVEY):
        return [NOT_SCORED] * len(Outcome)
    return [outcome.state.value for outcome in Outcome]


def _titled(item: Item) -> Text:
    return Text(zh=f"{item.id} {item.title.zh}", en=f"{item.id} {item.title.en}")
