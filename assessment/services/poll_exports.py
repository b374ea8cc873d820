"""The poll as files: the paper to fill in, the empty table for replies, and what was said."""

from datetime import datetime

from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.csv_file import csv_lines
from assessment.reports.voice_table import template_table, voice_table
from assessment.services.communities import assessment_in
from assessment.services.exports import CSV, VOICE, Export, file_name
from assessment.services.hearing import voice_of
from assessment.services.paper_exports import PAPER_TYPES, paper_writer
from assessment.services.pinning import pins_for
from assessment.services.polling import poll_of, questions_of
from assessment.services.sheets import load_sheet
from assessment.store.engine import Store

TEMPLATE, POLL = "poll_template", "poll"
POLL_TABLES = (VOICE, TEMPLATE)


def voice_export(
    store: Store, text: Translator, kind: str, code: str, round_id: str, at: datetime
) -> Export | None:
    """One of ``POLL_TABLES`` as CSV; ``None`` if the community has not begun."""
    sheet = _sheet(store, code, round_id)
    if sheet is None:
        return None
    if kind == TEMPLATE:
        table = template_table(questions_of(store, poll_of(store, sheet)))
    else:
        table = voice_table(text, sheet, voice_of(store, sheet), pins_for(store, sheet), at)
    return Export(_name(text, sheet, kind, CSV), csv_lines(table, text))


def poll_export(
    store: Store, text: Translator, ending: str, code: str, round_id: str, theme: str
) -> Export | None:
    """The paper with the questions of a theme, or of all for ``""``; ``None`` as above."""
    from assessment.reports.poll_paper import poll_paper

    sheet = _sheet(store, code, round_id)
    if sheet is None:
        return None
    poll = poll_of(store, sheet)
    questions = questions_of(store, poll)
    if theme not in ("", *(one.theme for one in questions.themes)):
        return None
    paper = poll_paper(text, sheet, questions, poll, theme)
    content = paper_writer(ending)(paper)
    return Export(_name(text, sheet, POLL, ending), iter([content]), PAPER_TYPES[ending])


def _sheet(store: Store, code: str, round_id: str) -> Sheet | None:
    assessment = assessment_in(store, code, round_id)
    return load_sheet(store, assessment.id) if assessment else None


def _name(text: Translator, sheet: Sheet, kind: str, ending: str) -> str:
    parts = (sheet.community.code, sheet.community.name(text.language), sheet.round.id)
    return file_name(text, parts, kind, ending, sample=sheet.round.sample)
