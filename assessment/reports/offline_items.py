"""The sheet of items in the offline workbook: one row an item, in the order of the walk."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assessment.domain.answers import NOT_APPLICABLE, SOME_TICKS, UNKNOWN, Answer, choices
from assessment.domain.framework import Item, Kind
from assessment.domain.names import LONGEST_NOTE
from assessment.domain.sheet import Sheet
from assessment.domain.typed_answers import DETAIL_FORMS, MEANS_DETAIL, details_of
from assessment.domain.walk import walk
from assessment.language.translator import Translator
from assessment.reports.answer_words import choice_words, means_words
from assessment.reports.items_to_fill import (
    condition_words,
    item_title,
    items_to_fill,
    kept_words,
)
from assessment.reports.offline_book import LONGEST_MESSAGE, Entry, OfflineColumn

FROZEN_COLUMNS = 3
# Detail of an answer to the code of its column: the same codes as in the file of the items.
DETAIL_COLUMNS = {
    "floor_area": "floor_area",
    "open_days": "open_days",
    MEANS_DETAIL: "means",
    "positive": "positive",
    "asked": "asked_people",
}
_FIRST = {"place": 12, "item": 7, "title": 15, "theme": 10, "question": 27, "answer": 12}
_LAST = {"state": 9, "reason": 14, "note": 20}
_DETAIL_WIDTHS = {"floor_area": 9, "open_days": 7, "means": 9, "positive": 7, "asked_people": 7}
_TICK_WIDTH, _BEFORE_WIDTH, _REVISION_WIDTH = 7, 16, 8


def item_columns(text: Translator, sheet: Sheet) -> Sequence[OfflineColumn]:
    """The columns; as many for ticks as the item with the most has, ``tick_1`` and so on."""
    return [
        *_columns(text, _FIRST),
        *(
            OfflineColumn(f"tick_{number}", _tick_label(text, sheet, number), _TICK_WIDTH)
            for number in range(1, most_ticks(sheet) + 1)
        ),
        *_columns(text, _LAST),
        *(
            OfflineColumn(code, text(f"column.{code}"), width)
            for code, width in _DETAIL_WIDTHS.items()
        ),
        OfflineColumn("before", text("offline.before"), _BEFORE_WIDTH, not has_before(sheet)),
        OfflineColumn("revision", text("column.revision"), _REVISION_WIDTH, is_hidden=True),
    ]


def most_ticks(sheet: Sheet) -> int:
    """How many ticks the item with the most has."""
    return max((len(item.ticks) for item in sheet.framework.items), default=0)


def has_before(sheet: Sheet) -> bool:
    """Whether anything of the last round is still to be confirmed."""
    return any(isinstance(one, Answer) for one in sheet.to_confirm)


def item_rows(text: Translator, sheet: Sheet) -> Sequence[Mapping[str, Entry]]:
    """A row for every item that is asked, or that nobody knows yet whether it is."""
    rows = []
    for stop in walk(sheet.framework, items_to_fill(sheet)):
        place = stop.place.title.in_language(text.language) if stop.place else ""
        for item in stop.items:
            rows.append(_row(text, sheet, item, place or text("walk_sheet.elsewhere")))
    return rows


def answer_list(text: Translator, sheet: Sheet, item: Item) -> Sequence[str]:
    """The words of an item's own choices, in the order of the buttons."""
    own = [one for one in choices(item) if one not in (UNKNOWN, NOT_APPLICABLE)]
    return [choice_words(text, sheet.framework, item.id, one) for one in own]


def yes_and_no(text: Translator) -> tuple[str, str]:
    """The words for a tick that is there and one that is not."""
    return text("offline.yes"), text("offline.no")


def _columns(text: Translator, widths: Mapping[str, int]) -> Sequence[OfflineColumn]:
    return [OfflineColumn(code, text(f"offline.{code}"), width) for code, width in widths.items()]


def _tick_label(text: Translator, sheet: Sheet, number: int) -> str:
    """What the tick says where it says the same for all items; else only its number."""
    labels = {
        item.ticks[number - 1].label.in_language(text.language)
        for item in sheet.framework.items
        if len(item.ticks) >= number
    }
    return labels.pop() if len(labels) == 1 else text("offline.tick", number=number)


def _row(text: Translator, sheet: Sheet, item: Item, place: str) -> dict[str, Entry]:
    kept = sheet.answers.get(item.id, Answer(item.id))
    said = Answer(item.id) if kept.to_confirm else kept
    question = item.question.in_language(text.language)
    further = text("offline.by_facts") if item.rule else condition_words(text, sheet, item)
    before = kept_words(text, sheet, item) if kept.to_confirm else ""
    return {
        "place": Entry(place),
        "item": Entry(item.id),
        "title": Entry(item_title(text, item)),
        "theme": Entry(sheet.framework.theme(item.theme).short.in_language(text.language)),
        "question": Entry("\n".join(filter(None, (question, further)))),
        "answer": _answer(text, sheet, item, said),
        **_ticks(text, sheet, item, said),
        "state": _state(text, item, said),
        "reason": _reason(text, item, said),
        "note": _note(text, item, said),
        **_details(text, sheet, item, said),
        "before": Entry(before),
        "revision": Entry(kept.revision),
    }


def _answer(text: Translator, sheet: Sheet, item: Item, said: Answer) -> Entry:
    words = answer_list(text, sheet, item)
    if not words:
        return Entry()
    chosen = choice_words(text, sheet.framework, item.id, said.choice)
    value = chosen if chosen in words else ""
    return Entry(value, True, words, hint=_answer_hint(text, item))


def _answer_hint(text: Translator, item: Item) -> str:
    if item.ticks:
        return text("offline.ticks_hint")
    meanings = [
        f"{step.label.in_language(text.language)}{text('join.colon')}"
        f"{step.meaning.in_language(text.language)}"
        for step in item.steps
    ]
    whole = "\n".join(meanings)
    return whole if len(whole) <= LONGEST_MESSAGE else text("offline.see_guide", item=item.id)


def _ticks(text: Translator, sheet: Sheet, item: Item, said: Answer) -> dict[str, Entry]:
    yes, no = yes_and_no(text)
    entries = {f"tick_{number}": Entry() for number in range(1, most_ticks(sheet) + 1)}
    is_said = said.choice == SOME_TICKS and said.ticks
    for number, tick in enumerate(item.ticks, start=1):
        value = (yes if tick.id in said.ticks else no) if is_said else ""
        label = tick.label.in_language(text.language)
        meaning = tick.meaning.in_language(text.language)
        hint = f"{label}{text('join.colon')}{meaning}"
        entries[f"tick_{number}"] = Entry(value, True, (yes, no), hint=hint)
    return entries


def _state(text: Translator, item: Item, said: Answer) -> Entry:
    offered = [one for one in (UNKNOWN, NOT_APPLICABLE) if one in choices(item)]
    if not offered:
        return Entry()
    words = [text(f"answer.{one}") for one in offered]
    value = text(f"answer.{said.choice}") if said.choice in offered else ""
    return Entry(value, True, words, hint=text("offline.state_hint"))


def _reason(text: Translator, item: Item, said: Answer) -> Entry:
    if item.not_applicable is None:
        return Entry()
    ground = item.not_applicable.ground.in_language(text.language)
    hint = text("offline.reason_hint", ground=ground)
    return Entry(said.reason, True, longest=LONGEST_NOTE, hint=hint)


def _note(text: Translator, item: Item, said: Answer) -> Entry:
    hint = item.evidence_hint or item.counts if item.kind is Kind.REMARK else item.evidence_hint
    words = hint.in_language(text.language) if hint else text("card.note_hint")
    return Entry(said.note, True, longest=LONGEST_NOTE, hint=words)


def _details(text: Translator, sheet: Sheet, item: Item, said: Answer) -> dict[str, Entry]:
    entries = dict.fromkeys(DETAIL_COLUMNS.values(), Entry())
    for name in details_of(item):
        value = said.details.get(name, "")
        if name == MEANS_DETAIL:
            words = [one.label.in_language(text.language) for one in sheet.framework.means]
            shown = means_words(text, sheet.framework, value)
            entry = Entry(shown, True, words, hint=text("offline.means_hint"))
        else:
            hint = text("offline.number_hint", name=text(f"detail.{name}"))
            number = Decimal(value) if value else ""
            entry = Entry(number, True, number=DETAIL_FORMS[name], hint=hint)
        entries[DETAIL_COLUMNS[name]] = entry
    return entries
