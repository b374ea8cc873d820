"""The work plan in the five parts that the notice asks for (试点工作方案, notice P8).

What the records know is filled in; what they do not know is marked, so that nobody hands in a
plan with a hole in it. Everything can be rewritten in Word.
"""

from collections.abc import Sequence
from decimal import Decimal

from assessment.domain.plan import PlannedAction, after_actions, staircase
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.community_report import ReportMatter, paper_of
from assessment.reports.gap_words import shortfall_words
from assessment.reports.paper import (
    Block,
    Paper,
    PaperPicture,
    PaperTable,
    Paragraph,
    Section,
    Tone,
)
from assessment.reports.plan_charts import gantt_chart, stair_chart
from assessment.reports.plan_words import cost_words, time_words
from assessment.reports.score_words import gates_words, headline, range_words


def work_plan(text: Translator, matter: ReportMatter) -> Paper:
    """Goals, content, key projects, sequence and safeguards."""
    sheet, actions = matter.sheet, matter.actions
    sections = [
        Section(text("work_plan.goals"), _goals(text, sheet, actions)),
        Section(text("work_plan.content"), _content(text, sheet, actions)),
        Section(text("work_plan.projects"), _projects(text, actions)),
        Section(text("work_plan.sequence"), _sequence(text, sheet, actions)),
        Section(text("work_plan.safeguards"), _safeguards(text, actions)),
    ]
    return paper_of(text, matter, text("paper.work_plan"), sections, text("paper.contents"))


def _goals(text: Translator, sheet: Sheet, actions: Sequence[PlannedAction]) -> list[Block]:
    later = after_actions(sheet, actions)
    blocks: list[Block] = [
        Paragraph(text("work_plan.now", standing=headline(text, sheet))),
        Paragraph(
            text(
                "work_plan.then",
                range=range_words(text, later.scores.overall),
                gates=gates_words(text, later),
                complete=text.number(sheet.framework.complete_from),
            ),
            Tone.STRONG,
        ),
    ]
    if not actions:
        blocks.append(_missing(text, text("work_plan.no_actions")))
    return blocks


def _content(text: Translator, sheet: Sheet, actions: Sequence[PlannedAction]) -> list[Block]:
    """For each theme what is missing, and which of it the plan takes up."""
    blocks: list[Block] = []
    if sheet.shortfall is not None:
        blocks.append(Paragraph(shortfall_words(text, sheet.shortfall)))
    planned = {one.item for one in actions}
    for theme in sheet.framework.themes:
        gaps = [gap.item for gap in sheet.gaps if gap.item.theme == theme.id]
        blocks.append(Paragraph(theme.title.in_language(text.language), Tone.STRONG))
        for item in gaps:
            title = item.title.in_language(text.language)
            if item.id in planned:
                words = text("work_plan.taken_up", item=item.id, title=title)
            else:
                words = text("work_plan.not_taken_up", item=item.id, title=title)
            blocks.append(Paragraph(words, Tone.LIST))
        if not gaps:
            blocks.append(Paragraph(text("work_plan.no_gap"), Tone.LIST))
    return blocks


def _projects(text: Translator, actions: Sequence[PlannedAction]) -> list[Block]:
    if not actions:
        return [_missing(text, text("work_plan.no_actions"))]
    open_mark = text("work_plan.open")
    rows = [
        [
            one.item,
            one.words,
            cost_words(text, one.cost),
            one.owner or open_mark,
            one.decides or open_mark,
        ]
        for one in actions
    ]
    headings = [
        text("column.item"),
        text("plan.action"),
        text("plan.cost"),
        text("plan.owner"),
        text("plan.decides"),
    ]
    total = sum((one.cost or Decimal(0) for one in actions), Decimal(0))
    return [
        PaperTable(headings, rows, (0.12, 0.36, 0.18, 0.17, 0.17)),
        Paragraph(text("work_plan.total", cost=cost_words(text, total)), Tone.STRONG),
    ]


def _sequence(text: Translator, sheet: Sheet, actions: Sequence[PlannedAction]) -> list[Block]:
    steps = staircase(sheet, actions)
    if not steps:
        return [_missing(text, text("work_plan.no_dates"))]
    rows = [[one.words, time_words(text, one)] for one in actions]
    return [
        PaperPicture(gantt_chart(text, actions).to_dict(), text("plan.gantt_alt")),
        PaperPicture(stair_chart(text, sheet, steps).to_dict(), text("plan.stair_alt")),
        PaperTable([text("plan.action"), text("work_plan.time")], rows, (0.6, 0.4)),
    ]


def _safeguards(text: Translator, actions: Sequence[PlannedAction]) -> list[Block]:
    """Nothing in the records says these: each is marked, with what the plan already names."""
    owners = list(dict.fromkeys(one.owner for one in actions if one.owner))
    blocks: list[Block] = []
    if owners:
        names = text("join.list").join(owners)
        blocks.append(Paragraph(text("work_plan.owners", names=names)))
    for name in ("organisation", "money", "residents", "upkeep"):
        blocks.append(_missing(text, text(f"work_plan.safeguard_{name}")))
    return blocks


def _missing(text: Translator, words: str) -> Paragraph:
    return Paragraph(text("work_plan.missing", words=words), Tone.WARNING)
