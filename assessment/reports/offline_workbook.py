"""A workbook to fill the checklist away from the screen, and to bring back as an import.

Sheets are found by the defined names ``sheet_CODE`` or by the codes in the hidden second row;
their names are in the reader's language. Blank cells say nothing: they delete no answer.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from assessment.domain.facts import number_form
from assessment.domain.framework import FactDefinition, FactKind, Item
from assessment.domain.records import SavedFact
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.answer_words import fact_words
from assessment.reports.items_to_fill import item_title, items_to_fill, kept_fact_words
from assessment.reports.offline_book import Entry, OfflineBook, OfflineColumn
from assessment.reports.offline_items import FROZEN_COLUMNS, item_columns, item_rows
from assessment.reports.xlsx_file import PLAIN_CELLS

KIND = "offline_workbook"
SHEETS = ("instructions", "items", "facts", "guide", "about")
ABOUT_KEYS = (
    "kind",
    "sample",
    "community",
    "community_name",
    "round",
    "round_label",
    "framework",
    "framework_version",
    "framework_hash",
    "language",
    "written_at",
    *(f"sheet_{code}" for code in SHEETS),
)
_STEPS = ("where", "tones", "pick", "ticks", "state", "figures", "blank", "keep", "unlock", "back")
_FACT_WIDTHS = {"fact": 16, "label": 30, "unit": 10, "value": 22, "help": 70}
_GUIDE_WIDTHS = {"item": 8, "title": 20, "choices": 52, "counts": 52, "counts_not": 36}
# A single column is never scaled to the page: it has to fit as it is.
_LINE_WIDTH = 74
_ABOUT_WIDTHS = {"key": 22, "meaning": 48}


def write_offline_workbook(file: BinaryIO, text: Translator, sheet: Sheet, at: datetime) -> None:
    """Write the workbook of one community in one round, with what is kept already."""
    book = Workbook(file, PLAIN_CELLS)
    head = f"{sheet.community.name(text.language)} · {sheet.round.label(text.language)}"
    offline = OfflineBook(book, text, head, sheet.round.sample)
    try:
        sheets = {code: offline.add_sheet(code) for code in SHEETS}
        _write_instructions(offline, sheets["instructions"], sheet)
        offline.write_table(
            sheets["items"], item_columns(text, sheet), item_rows(text, sheet), FROZEN_COLUMNS
        )
        _write_facts(offline, sheets["facts"], sheet)
        _write_guide(offline, sheets["guide"], sheet)
        _write_about(offline, sheets, sheet, at)
        offline.write_lists()
    finally:
        book.close()


def _write_instructions(offline: OfflineBook, page: Worksheet, sheet: Sheet) -> None:
    text = offline.text
    page.set_portrait()
    lines = [(text("offline.instructions", community=offline.head), offline.title)]
    if sheet.round.sample:
        lines.append((text("sample.notice"), offline.bold_lines))
    lines.append((text("offline.purpose"), offline.lines))
    lines += [
        (f"{number}. {text(f'offline.step_{name}')}", offline.lines)
        for number, name in enumerate(_STEPS, start=1)
    ]
    offline.write_lines(page, lines, _LINE_WIDTH)


def _write_facts(offline: OfflineBook, page: Worksheet, sheet: Sheet) -> None:
    text = offline.text
    is_known = not any(isinstance(one, SavedFact) for one in sheet.to_confirm)
    columns = [
        *_columns(text, _FACT_WIDTHS),
        OfflineColumn("before", text("offline.before"), 24, is_hidden=is_known),
        OfflineColumn("revision", text("column.revision"), 8, is_hidden=True),
    ]
    rows = [_fact_row(text, sheet, one) for one in sheet.framework.facts]
    offline.write_table(page, columns, rows, frozen=2)


def _fact_row(text: Translator, sheet: Sheet, definition: FactDefinition) -> dict[str, Entry]:
    kept = sheet.saved_facts.get(definition.id, SavedFact(definition.id))
    unit = definition.unit.in_language(text.language) if definition.unit else ""
    return {
        "fact": Entry(definition.id),
        "label": Entry(definition.label.in_language(text.language)),
        "unit": Entry(unit),
        "value": _fact_value(text, sheet, definition, "" if kept.to_confirm else kept.value),
        "help": Entry(definition.help.in_language(text.language)),
        "before": Entry(kept_fact_words(text, sheet, definition) if kept.to_confirm else ""),
        "revision": Entry(kept.revision),
    }


def _fact_value(text: Translator, sheet: Sheet, definition: FactDefinition, value: str) -> Entry:
    if definition.kind is FactKind.CHOICE:
        words = [one.label.in_language(text.language) for one in definition.options]
        shown = fact_words(text, sheet.framework, definition.id, value) if value else ""
        return Entry(shown, True, words, hint=text("offline.choose"))
    form = number_form(definition)
    name = definition.label.in_language(text.language)
    hint = text("offline.number_hint", name=name)
    return Entry(Decimal(value) if value else "", True, number=form, hint=hint)


def _write_guide(offline: OfflineBook, page: Worksheet, sheet: Sheet) -> None:
    text = offline.text
    rows = [_guide_row(text, item) for item in items_to_fill(sheet)]
    offline.write_table(page, _columns(text, _GUIDE_WIDTHS), rows, frozen=2)


def _guide_row(text: Translator, item: Item) -> dict[str, Entry]:
    counts = item.counts.in_language(text.language) if item.counts else ""
    counts_not = item.counts_not.in_language(text.language) if item.counts_not else ""
    return {
        "item": Entry(item.id),
        "title": Entry(item_title(text, item)),
        "choices": Entry("\n".join(_meanings(text, item))),
        "counts": Entry(counts),
        "counts_not": Entry(counts_not),
    }


def _meanings(text: Translator, item: Item) -> Iterator[str]:
    words = [(one.label, one.meaning) for one in item.steps]
    words += [(one.label, one.meaning) for one in item.ticks]
    for label, meaning in words:
        named = f"{label.in_language(text.language)}{text('join.colon')}"
        yield f"{named}{meaning.in_language(text.language)}"


def _write_about(
    offline: OfflineBook, sheets: dict[str, Worksheet], sheet: Sheet, at: datetime
) -> None:
    text, framework = offline.text, sheet.framework
    values = (
        KIND,
        "sample" if sheet.round.sample else "real",
        sheet.community.code,
        sheet.community.name(text.language),
        sheet.round.id,
        sheet.round.label(text.language),
        framework.id,
        framework.version,
        framework.hash,
        text.language,
        at.isoformat(timespec="seconds"),
        *(page.get_name() for page in sheets.values()),
    )
    rows = [
        {"key": Entry(key), "meaning": Entry(text(f"offline.about_{key}")), "value": Entry(value)}
        for key, value in zip(ABOUT_KEYS, values, strict=True)
    ]
    columns = [
        *_columns(text, _ABOUT_WIDTHS),
        OfflineColumn("value", text("offline.content"), 66),
    ]
    offline.write_table(sheets["about"], columns, rows, frozen=0)


def _columns(text: Translator, widths: dict[str, int]) -> list[OfflineColumn]:
    return [OfflineColumn(code, text(f"offline.{code}"), width) for code, width in widths.items()]
