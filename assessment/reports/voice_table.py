"""What residents said as a flat table, and the empty table that replies are typed into."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from assessment.domain.handover import Pin
from assessment.domain.poll_file import AGE_COLUMN
from assessment.domain.poll_results import Answers, Said, Voice, disagreements
from assessment.domain.questionnaire import SCALE, Questionnaire
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.provenance import PROVENANCE, SCORE_PROVENANCE, provenance
from assessment.reports.table import Cell, Column, TableOf, numbers, texts
from assessment.reports.voice_words import reviewer_words, staff_words, tied_items

TOTAL = "all"
_STEPS = [f"poll_step_{step}" for step in SCALE]
VOICE_COLUMNS: Sequence[Column] = [
    *texts("poll_question", "theme", "question", "poll_items", "poll_staff", "poll_reviewer"),
    *texts("poll_source"),
    *numbers("poll_answered", "poll_apart", *_STEPS, "poll_positive_percent"),
    *numbers("poll_negative_percent", "poll_disagreement"),
    *texts("poll_side", "poll_version"),
    *SCORE_PROVENANCE,
    *PROVENANCE,
]


def voice_table(
    text: Translator, sheet: Sheet, voice: Voice, pins: Sequence[Pin], at: datetime
) -> TableOf:
    """For every question a row for each source and one for all together; ``at`` is now."""
    return TableOf(VOICE_COLUMNS, list(_rows(text, sheet, voice, pins, at)))


def template_table(questionnaire: Questionnaire) -> TableOf:
    """The columns of a file of replies, with no rows."""
    age = Column(AGE_COLUMN, kind="poll_age", about=questionnaire.age_question)
    questions = [
        Column(one.id, kind="poll_cell", about=one.text) for one in questionnaire.questions
    ]
    return TableOf([age, *questions], [])


def _rows(
    text: Translator, sheet: Sheet, voice: Voice, pins: Sequence[Pin], at: datetime
) -> Iterator[list[Cell]]:
    found = disagreements(sheet, voice)
    version = f"{voice.questionnaire.id} {voice.questionnaire.version}"
    source = provenance(text, sheet, at)
    for said in voice.said:
        own = next((one for one in found if one.said is said), None)
        parts = [*((str(key), one) for key, one in said.by_source.items()), (TOTAL, said.total)]
        for name, answers in parts:
            yield [
                *_asked(text, sheet, voice, said, pins),
                name,
                *_counted(answers),
                own.least if own and name == TOTAL else None,
                own.side if own and name == TOTAL else "",
                version,
                *source,
            ]


def _asked(
    text: Translator, sheet: Sheet, voice: Voice, said: Said, pins: Sequence[Pin]
) -> list[Cell]:
    items = tied_items(sheet, said)
    theme = next(one for one in voice.questionnaire.themes if said.question in one.questions)
    return [
        said.question.id,
        sheet.framework.theme(theme.theme).title.in_language(text.language),
        said.question.text.in_language(text.language),
        " ".join(item.id for item in items),
        "; ".join(f"{item.id} {staff_words(text, sheet, item)}" for item in items),
        "; ".join(f"{item.id} {reviewer_words(text, sheet, item, pins)}" for item in items),
    ]


def _counted(answers: Answers) -> list[Cell]:
    """Counts; of too few answers only how many there are."""
    steps = [answers.of(step) if answers.enough else None for step in SCALE]
    return [
        answers.answered,
        answers.apart,
        *steps,
        answers.positive_percent,
        answers.negative_percent,
    ]
