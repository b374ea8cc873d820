"""The papers of a community as files, from the brief to the sheet for a walk. Nothing writes."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache

from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.paper import Paper
from assessment.services.communities import assessment_in
from assessment.services.exports import Export, file_name
from assessment.services.facilities import list_facilities
from assessment.services.hearing import voice_of
from assessment.services.pinning import pins_for
from assessment.services.plan_background import background_of
from assessment.services.planning import list_actions
from assessment.services.sheets import load_history, load_sheet, sheet_to_fill
from assessment.store.engine import Store

BRIEF, REPORT, PLAN = "brief", "report", "work_plan"
PAPERS = (BRIEF, REPORT, PLAN)
WALK_SHEET, ONLY_OPEN = "walk_sheet", "walk_sheet_open"
WALK_SHEETS = (WALK_SHEET, ONLY_OPEN)
PDF = "pdf"
PAPER_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    PDF: "application/pdf",
}


@lru_cache(maxsize=1)
def paper_formats() -> tuple[str, ...]:
    """The endings that papers are written with here; PDF only where WeasyPrint is installed."""
    from assessment.reports.pdf_paper import can_write_pdf

    return tuple(one for one in PAPER_TYPES if one != PDF or can_write_pdf())


def paper_export(
    store: Store, text: Translator, kind: str, ending: str, code: str, round_id: str, at: datetime
) -> Export | None:
    """One of ``PAPERS``; ``None`` if the community has not begun in the round."""
    # The chart and Word libraries take seconds to load: only who wants a file waits.
    from assessment.reports.community_report import ReportMatter, brief, full_report
    from assessment.reports.work_plan import work_plan

    assessment = assessment_in(store, code, round_id)
    sheet = load_sheet(store, assessment.id) if assessment else None
    if sheet is None:
        return None
    rounds = [one for one in load_history(store, code) if one.round.sample == sheet.round.sample]
    until = [one for one in rounds if one.round.opens <= sheet.round.opens]
    matter = ReportMatter(
        sheet,
        until,
        list_facilities(store, sheet.community),
        list_actions(store, sheet.community),
        at,
        UTC,
        voice_of(store, sheet),
        pins_for(store, sheet),
        background_of(store, sheet).windows,
    )
    paper = {BRIEF: brief, REPORT: full_report, PLAN: work_plan}[kind](text, matter)
    return _export(text, sheet, paper, kind, ending)


def walk_sheet_export(
    store: Store,
    text: Translator,
    kind: str,
    ending: str,
    code: str,
    round_id: str,
    at: datetime,
) -> Export | None:
    """The sheet for a walk, whole or with ``ONLY_OPEN`` what is still open, also of a community
    that has not begun; ``None`` if it cannot be seen."""
    from assessment.reports.walk_sheet import walk_sheet

    sheet = sheet_to_fill(store, code, round_id)
    if sheet is None:
        return None
    paper = walk_sheet(text, sheet, at, UTC, only_open=kind == ONLY_OPEN)
    return _export(text, sheet, paper, kind, ending)


def _export(text: Translator, sheet: Sheet, paper: Paper, kind: str, ending: str) -> Export:
    parts = (sheet.community.code, sheet.community.name(text.language), sheet.round.id)
    name = file_name(text, parts, kind, ending, sample=sheet.round.sample)
    return Export(name, iter([paper_writer(ending)(paper)]), PAPER_TYPES[ending])


def paper_writer(ending: str) -> Callable[..., bytes]:
    """What writes a paper in one of ``paper_formats``; loaded only when it is wanted."""
    if ending == "docx":
        from assessment.reports.word_paper import word_paper

        return word_paper
    if ending == PDF:
        from assessment.reports.pdf_paper import pdf_paper

        return pdf_paper
    from assessment.reports.html_paper import html_paper

    return html_paper
