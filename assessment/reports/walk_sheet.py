"""The checklist on paper, in the order of a walk round the community: boxes, figures, lines."""

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

from assessment.domain.answers import ALL_TICKS, SOME_TICKS, choices
from assessment.domain.formulas import FORMULAS
from assessment.domain.framework import FactDefinition, Item
from assessment.domain.sheet import Sheet
from assessment.domain.typed_answers import DETAIL_FORMS, MEANS_DETAIL, details_of
from assessment.domain.typed_numbers import AREA
from assessment.domain.walk import Stop, walk
from assessment.language.translator import Translator
from assessment.reports.answer_words import choice_words
from assessment.reports.items_to_fill import (
    condition_words,
    is_fact_open,
    is_open,
    item_title,
    items_to_fill,
    kept_fact_words,
    kept_words,
)
from assessment.reports.paper import Block, Paper, PaperTable, Paragraph, Section, Tone

# Every Chinese face has this box; a tick sign of its own it may lack.
_BOX = "□"
_SPACE = "\u00a0"
_LONG, _SHORT = "_" * 34, "_" * 7
_NAME = "_" * 16
_BOXES_IN_A_LINE = 3
_UNITS = {"floor_area": AREA.units[0]}
_WIDTHS = (0.09, 0.13, 0.25, 0.16, 0.37)


def walk_sheet(
    text: Translator, sheet: Sheet, at: datetime, zone: tzinfo, *, only_open: bool = False
) -> Paper:
    """Items by place, then theme, then the facts; ``only_open`` leaves out what is answered."""
    asked = items_to_fill(sheet)
    items = [item for item in asked if is_open(sheet, item)] if only_open else asked
    facts = [one for one in sheet.framework.facts if not only_open or is_fact_open(sheet, one)]
    stops = walk(sheet.framework, items)
    sections = [
        Section(text("walk_sheet.before"), _before(text, sheet, len(items), len(asked))),
        *(_stop(text, sheet, number, stop) for number, stop in enumerate(stops, start=1)),
    ]
    if facts:
        note = Paragraph(text("walk_sheet.facts_note"), Tone.QUIET)
        sections.append(Section(text("paper.facts"), [note, _facts(text, sheet, facts)]))
    name = sheet.community.name(text.language)
    return Paper(
        text("paper.title", community=name, kind=text("paper.walk_sheet")),
        text(
            "paper.subtitle",
            area=text("join.area").join(sheet.community.area),
            round=sheet.round.label(text.language),
        ),
        _source(text, sheet, at, zone),
        sections,
        text.language,
        is_landscape=True,
    )


def _source(text: Translator, sheet: Sheet, at: datetime, zone: tzinfo) -> str:
    source = text(
        "walk_sheet.source",
        community=f"{sheet.community.name(text.language)} {sheet.community.code}",
        round=sheet.round.label(text.language),
        framework=f"{sheet.framework.id} {sheet.framework.version}",
        hash=sheet.framework.hash[:12],
        time=text.moment(at, zone),
    )
    return text("paper.sample_source", source=source) if sheet.round.sample else source


def _before(text: Translator, sheet: Sheet, count: int, asked: int) -> list[Block]:
    blocks: list[Block] = [
        Paragraph(text("walk_sheet.who", line=_NAME)),
        Paragraph(text("walk_sheet.how")),
    ]
    if not count:
        return [*blocks, Paragraph(text("walk_sheet.nothing_open"), Tone.STRONG)]
    key = "walk_sheet.count" if count == asked else "walk_sheet.count_open"
    blocks.append(Paragraph(text(key, count=count, asked=asked), Tone.QUIET))
    if sheet.round.sample:
        blocks.insert(0, Paragraph(text("sample.notice"), Tone.WARNING))
    return blocks


def _stop(text: Translator, sheet: Sheet, number: int, stop: Stop) -> Section:
    place = stop.place.title.in_language(text.language) if stop.place else _elsewhere(text, sheet)
    title = text("walk_sheet.stop", number=number, place=place, count=len(stop.items))
    headings = [text(f"walk_sheet.{name}") for name in ("item", "title", "look", "tick", "write")]
    rows = [_row(text, sheet, item) for item in stop.items]
    return Section(title, [PaperTable(headings, rows, _WIDTHS)])


def _elsewhere(text: Translator, sheet: Sheet) -> str:
    key = "walk_sheet.elsewhere" if sheet.framework.places else "walk_sheet.no_places"
    return text(key)


def _row(text: Translator, sheet: Sheet, item: Item) -> list[str]:
    theme = sheet.framework.theme(item.theme).short.in_language(text.language)
    return [
        f"{item.id}\n{theme}",
        item_title(text, item),
        "\n".join(filter(None, _asked(text, sheet, item))),
        "\n".join(_boxes(text, sheet, item)),
        "\n".join(filter(None, _lines(text, sheet, item))),
    ]


def _asked(text: Translator, sheet: Sheet, item: Item) -> Iterator[str]:
    yield item.question.in_language(text.language)
    yield condition_words(text, sheet, item)
    if item.evidence_hint:
        yield text("walk_sheet.evidence", hint=item.evidence_hint.in_language(text.language))


def _boxes(text: Translator, sheet: Sheet, item: Item) -> Iterator[str]:
    if item.rule is not None:
        labels = [
            sheet.framework.fact(one).label.in_language(text.language)
            for one in FORMULAS[item.rule.formula].facts
        ]
        yield text("walk_sheet.computed", facts=text("join.list").join(labels))
        return
    for tick in item.ticks:
        yield _box(tick.label.in_language(text.language))
    for choice in choices(item):
        if choice not in (ALL_TICKS, SOME_TICKS):
            yield _box(choice_words(text, sheet.framework, item.id, choice))


def _box(words: str) -> str:
    """A box stays with its words, and these together."""
    return f"{_BOX}{_SPACE}{words.replace(' ', _SPACE)}"


def _rows_of_boxes(words: Sequence[str]) -> str:
    boxes = [_box(one) for one in words]
    starts = range(0, len(boxes), _BOXES_IN_A_LINE)
    return "\n".join("\u3000".join(boxes[one : one + _BOXES_IN_A_LINE]) for one in starts)


def _lines(text: Translator, sheet: Sheet, item: Item) -> Iterator[str]:
    figures = [name for name in details_of(item) if name in DETAIL_FORMS]
    yield "\u3000".join(_figure(text, name) for name in figures)
    if MEANS_DETAIL in details_of(item):
        means = [one.label.in_language(text.language) for one in sheet.framework.means]
        yield f"{text(f'detail.{MEANS_DETAIL}')}{text('join.colon')}{_rows_of_boxes(means)}"
    if item.not_applicable:
        yield text("walk_sheet.reason", line=_LONG)
    yield text("walk_sheet.note", line=_LONG)
    yield kept_words(text, sheet, item)


def _facts(text: Translator, sheet: Sheet, facts: Sequence[FactDefinition]) -> PaperTable:
    rows = []
    for definition in facts:
        unit = definition.unit.in_language(text.language) if definition.unit else ""
        options = [one.label.in_language(text.language) for one in definition.options]
        written = _rows_of_boxes(options) if options else f"{_NAME}{_SPACE}{unit}"
        kept = kept_fact_words(text, sheet, definition)
        rows.append(
            [
                definition.label.in_language(text.language),
                definition.help.in_language(text.language),
                "\n".join(filter(None, (written, kept))),
            ]
        )
    headings = [text("paper.fact"), text("walk_sheet.fact_help"), text("paper.value")]
    return PaperTable(headings, rows, (0.2, 0.45, 0.35))


def _figure(text: Translator, name: str) -> str:
    words = f"{text(f'detail.{name}')}{text('join.colon')}{_SHORT} {_UNITS.get(name, '')}"
    return words.rstrip().replace(" ", _SPACE)
