"""A file of replies: one row a resident, one column a question, read strictly.

The row that names the columns holds the ids of the questions, and may hold ``age``. Cells hold 5
to 1, X, or nothing for a question left out; the exact words of the paper mean the same. Whatever
else stands there is refused with row and column; nothing is guessed. Rows count as a spreadsheet
counts them, from 1.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from unicodedata import normalize

from assessment.domain.errors import Fault, Refused
from assessment.domain.import_table import RawSheet, column_letters, fault_of_mark
from assessment.domain.poll import Reply
from assessment.domain.questionnaire import APART, CHOICES, Questionnaire

MOST_REPLIES = 5_000
AGE_COLUMN = "age"
_HEADING_WITHIN = 5
_Rows = Sequence[tuple[int, Sequence[str]]]
# For each column what may stand in it, and the code that it stands for.
_Words = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class PollFile:
    """What a file holds. Only one without ``faults`` can be taken.

    ``left_out`` are questions without a column; ``blank`` counts rows without an answer.
    """

    replies: Sequence[Reply]
    faults: Sequence[Fault]
    left_out: Sequence[str]
    blank: int


def read_replies(sheet: RawSheet, questionnaire: Questionnaire) -> PollFile:
    """Read the sheet of a file; faults of single cells are in the result.

    Raises ``Refused`` where it cannot be read as a whole: a cell holds no plain value,
    ``poll_file_no_heading``, ``poll_column_unknown``, ``poll_column_twice`` or
    ``poll_file_rows``.
    """
    if sheet.marks:
        raise Refused(_marked(sheet))
    rows = [(row.number, row.cells) for row in sheet.rows if any(map(str.strip, row.cells))]
    heading = _heading(rows, questionnaire)
    columns = [cell.strip() for cell in rows[heading][1]]
    _check_columns(columns, questionnaire)
    below = rows[heading + 1 :]
    if len(below) > MOST_REPLIES:
        limit, found = f"{MOST_REPLIES:,}", f"{len(below):,}"
        raise Refused([Fault("poll_file_rows", values={"limit": limit, "found": found})])
    words = {one: _words(one, questionnaire) for one in columns if one}
    faults = [one for number, cells in below for one in _faults(number, cells, columns, words)]
    replies = [_reply(cells, columns, words) for _, cells in below] if not faults else []
    return PollFile(
        [one for one in replies if one.choices],
        faults,
        [one.id for one in questionnaire.questions if one.id not in columns],
        sum(not one.choices for one in replies),
    )


def _marked(sheet: RawSheet) -> Iterator[Fault]:
    for (number, column), mark in sorted(sheet.marks.items()):
        yield replace(fault_of_mark(mark), line=number, letter=column_letters(column))


def _heading(rows: _Rows, questionnaire: Questionnaire) -> int:
    """Where the row with the codes stands; the template has a row of words above it."""
    known = {one.id for one in questionnaire.questions}
    for place, (_, cells) in enumerate(rows[:_HEADING_WITHIN]):
        if known & {cell.strip() for cell in cells}:
            return place
    raise Refused([Fault("poll_file_no_heading")])


def _check_columns(columns: Sequence[str], questionnaire: Questionnaire) -> None:
    known = {AGE_COLUMN, *(one.id for one in questionnaire.questions)}
    named = [one for one in columns if one]
    unknown = [one for one in named if one not in known]
    twice = sorted({one for one in named if named.count(one) > 1})
    faults = [Fault("poll_column_unknown", values={"column": one[:40]}) for one in unknown]
    faults += [Fault("poll_column_twice", values={"column": one}) for one in twice]
    if faults:
        raise Refused(faults)


def _faults(
    number: int, cells: Sequence[str], columns: Sequence[str], words: _Words
) -> Iterator[Fault]:
    """What cannot be read in a row."""
    for place, cell in enumerate(cells):
        value = _tidy(cell)
        name = columns[place] if place < len(columns) else ""
        if value and not name:
            values = {"row": str(number), "column": str(place + 1), "value": value[:20]}
            yield Fault("poll_cell_without_column", values=values)
        elif value and value not in words[name]:
            known = ", ".join(dict.fromkeys(words[name].values()))
            values = {"row": str(number), "column": name, "value": value[:20], "known": known}
            yield Fault(
                "poll_age_unknown" if name == AGE_COLUMN else "poll_choice_unknown", values=values
            )


def _words(column: str, questionnaire: Questionnaire) -> Mapping[str, str]:
    """What may stand in a column, and the code that each stands for."""
    if column == AGE_COLUMN:
        labels = {one.id: one.label for one in questionnaire.ages}
    else:
        labels = {one: questionnaire.choice_label(one) for one in CHOICES}
    codes = {code: code for code in labels}
    return codes | {
        _tidy(words): code for code, label in labels.items() for words in (label.zh, label.en)
    }


def _reply(cells: Sequence[str], columns: Sequence[str], words: _Words) -> Reply:
    named = {
        column: words[column][value]
        for column, cell in zip(columns, cells, strict=False)
        if column and (value := _tidy(cell))
    }
    age = named.pop(AGE_COLUMN, "")
    return Reply(named, age)


def _tidy(cell: str) -> str:
    """Full-width forms and small x are the same answer; nothing else is."""
    text = normalize("NFKC", cell).strip()
    return APART if text in ("x", "×") else text
