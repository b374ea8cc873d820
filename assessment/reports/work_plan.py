"""The work plan in the five parts that the notice asks for (试点工作方案, notice P8).

What the records know is filled in; what they do not know is marked, so that nobody hands in a
plan with a hole in it. Everything can be rewritten in Word.
"""

from collections.abc import Sequence

from assessment.domain.action_check import Check, check_actions
from assessment.domain.cheapest import passes_all
from assessment.domain.plan import ActionState, Month, PlannedAction, after_actions
from assessment.domain.schedule import Spans, after_window, schedule, staircase
from assessment.language.translator import Translator
from assessment.reports.charts import theme_bars
from assessment.reports.community_report import ReportMatter, paper_of
from assessment.reports.gap_words import gap_now_words, shortfall_words
from assessment.reports.paper import (
    Block,
    Paper,
    PaperPicture,
    PaperTable,
    Paragraph,
    Section,
    Tone,
)
from assessment.reports.place_part import place_part
from assessment.reports.plan_charts import gantt_chart, stair_chart
from assessment.reports.plan_words import (
    check_words,
    cost_words,
    lacking_words,
    time_words,
    total_words,
    window_words,
)
from assessment.reports.score_words import figures_words, gates_words, headline, range_words


def work_plan(text: Translator, matter: ReportMatter) -> Paper:
    """Goals, content, key projects, sequence and safeguards."""
    sections = [
        Section(text("work_plan.goals"), _goals(text, matter)),
        Section(text("work_plan.content"), _content(text, matter)),
        Section(text("work_plan.projects"), _projects(text, matter)),
        Section(text("work_plan.sequence"), _sequence(text, matter)),
        Section(text("work_plan.safeguards"), _safeguards(text, matter.actions)),
    ]
    return paper_of(text, matter, text("paper.work_plan"), sections, text("paper.contents"))


def _goals(text: Translator, matter: ReportMatter) -> list[Block]:
    sheet, actions = matter.sheet, matter.actions
    later, target = after_actions(sheet, actions), sheet.framework.complete_from
    blocks: list[Block] = [
        Paragraph(text("work_plan.now", standing=headline(text, sheet))),
        Paragraph(figures_words(text, sheet), Tone.QUIET),
        PaperPicture(theme_bars(text, sheet).to_dict(), text("chart.bars_alt")),
        Paragraph(text("chart.legend"), Tone.QUIET),
        Paragraph(
            text(
                "work_plan.then",
                range=range_words(text, later.scores.overall),
                gates=gates_words(text, later),
                complete=text.number(target),
            ),
            Tone.STRONG,
        ),
        Paragraph(window_words(text, matter.windows)),
    ]
    if sheet.open_items:
        blocks.append(_missing(text, text("work_plan.open_items", open=len(sheet.open_items))))
    if not actions:
        blocks.append(_missing(text, text("work_plan.no_actions")))
    elif not passes_all(later, target):
        lacking = lacking_words(text, later, target)
        blocks.append(_missing(text, text("work_plan.not_enough", words=lacking)))
    return blocks


def _content(text: Translator, matter: ReportMatter) -> list[Block]:
    """For each theme what is missing, and what the plan does about it; then the map."""
    sheet = matter.sheet
    blocks: list[Block] = []
    if sheet.shortfall is not None:
        blocks.append(Paragraph(shortfall_words(text, sheet.shortfall), Tone.STRONG))
    headings = [text("column.item"), text("column.title"), text("paper.now"), text("plan.action")]
    for theme in sheet.framework.themes:
        gaps = [gap for gap in sheet.gaps if gap.item.theme == theme.id]
        blocks.append(Paragraph(theme.title.in_language(text.language), Tone.STRONG))
        rows = [
            [
                gap.item.id,
                gap.item.title.in_language(text.language),
                gap_now_words(text, sheet, gap),
                _taken_up(text, matter.actions, gap.item.id),
            ]
            for gap in gaps
        ]
        if rows:
            widths = (0.125, 0.245, 0.33, 0.3)
            blocks.append(PaperTable(headings, rows, widths, text("work_plan.not_taken_up")))
        else:
            blocks.append(Paragraph(text("work_plan.no_gap"), Tone.LIST))
    return [
        *blocks,
        Paragraph(text("paper.place"), Tone.STRONG),
        *place_part(text, matter.sheet.community, matter.facilities),
    ]


def _taken_up(text: Translator, actions: Sequence[PlannedAction], item_id: str) -> str:
    words = [one.words for one in actions if one.item == item_id]
    return text("join.list").join(words) or text("work_plan.not_taken_up")


def _projects(text: Translator, matter: ReportMatter) -> list[Block]:
    actions = matter.actions
    if not actions:
        return [_missing(text, text("work_plan.no_actions"))]
    mark = text("work_plan.open")
    means = {one.id: one.label for one in matter.sheet.framework.means}
    rows = [
        [
            one.item,
            one.words,
            means[one.means].in_language(text.language) if one.means in means else mark,
            cost_words(text, one.cost) if one.cost is not None else mark,
            one.owner or mark,
            one.decides or mark,
            text(f"plan_state.{one.state}"),
        ]
        for one in actions
    ]
    headings = [
        text("work_plan.item"),
        text("plan.action"),
        text("work_plan.means"),
        text("plan.cost"),
        text("plan.owner"),
        text("plan.decides"),
        text("plan.state"),
    ]
    table = PaperTable(headings, rows, (0.1, 0.25, 0.11, 0.16, 0.15, 0.13, 0.1), mark)
    total = Paragraph(text("work_plan.total", cost=total_words(text, actions)), Tone.STRONG)
    return [table, total, *_checked(text, matter)]


def _checked(text: Translator, matter: ReportMatter) -> list[Block]:
    """What became of the actions by the answers of this round; nothing while all still wait."""
    opens = matter.sheet.round.opens
    earlier = [one for one in matter.history if one.round.opens < opens]
    today = matter.at.astimezone(matter.zone)
    checked = check_actions(
        matter.sheet,
        earlier[-1] if earlier else None,
        matter.actions,
        Month(today.year, today.month),
    )
    rows = [
        [one.action.item, one.action.words, check_words(text, one)]
        for one in checked
        if one.check is not Check.WAITING
    ]
    if not rows:
        return []
    label = matter.sheet.round.label(text.language)
    headings = [text("column.item"), text("plan.action"), text("work_plan.outcome")]
    return [
        Paragraph(text("work_plan.checked", round=label), Tone.STRONG),
        PaperTable(headings, rows, (0.125, 0.355, 0.52)),
    ]


def _sequence(text: Translator, matter: ReportMatter) -> list[Block]:
    actions, spans = matter.actions, schedule(matter.actions)
    if not spans:
        return [_missing(text, text("work_plan.no_dates"))]
    chart = gantt_chart(text, actions, spans, matter.windows)
    blocks: list[Block] = [PaperPicture(chart.to_dict(), text("plan.gantt_alt"))]
    steps = staircase(matter.sheet, actions, spans)
    if steps:
        stairs = stair_chart(text, matter.sheet, steps)
        blocks.append(PaperPicture(stairs.to_dict(), text("plan.stair_alt")))
        rows = [
            [
                str(one.month),
                text("join.list").join(action.words for action in one.actions),
                range_words(text, one.sheet.scores.overall),
                gates_words(text, one.sheet),
            ]
            for one in steps
        ]
        headings = [
            text("plan.month"),
            text("plan.finished"),
            text("plan.score"),
            text("plan.gates"),
        ]
        blocks.append(PaperTable(headings, rows, (0.14, 0.42, 0.14, 0.3)))
    return [*blocks, *_times(text, matter, spans)]


def _times(text: Translator, matter: ReportMatter, spans: Spans) -> list[Block]:
    """When each action runs and what it waits for; what is late for the pilot is marked."""
    by_id, mark = {one.id: one for one in matter.actions}, text("work_plan.open")
    rows = []
    for one in matter.actions:
        first = by_id.get(one.after or 0)
        time = time_words(text, one, spans[one.id]) if one.id in spans else mark
        rows.append([one.words, time, first.words if first else text("plan.nothing_first")])
    headings = [text("plan.action"), text("work_plan.time"), text("plan.after")]
    blocks: list[Block] = [PaperTable(headings, rows, (0.4, 0.28, 0.32), mark)]
    late = [
        one.words
        for one in matter.actions
        if one.state is not ActionState.DONE and after_window(spans.get(one.id), matter.windows)
    ]
    if late:
        names = text("join.list").join(late)
        blocks.append(Paragraph(text("work_plan.late", names=names), Tone.WARNING))
    return blocks


def _safeguards(text: Translator, actions: Sequence[PlannedAction]) -> list[Block]:
    """Nothing in the records says these: each is marked, with what the plan already names."""
    owners = dict.fromkeys(one.owner for one in actions if one.owner)
    deciders = dict.fromkeys(one.decides for one in actions if one.decides)
    blocks: list[Block] = []
    for key, found in (("work_plan.owners", owners), ("work_plan.deciders", deciders)):
        if found:
            blocks.append(Paragraph(text(key, names=text("join.list").join(found))))
    if actions:
        blocks.append(Paragraph(text("work_plan.total", cost=total_words(text, actions))))
    for name in ("organisation", "money", "residents", "upkeep"):
        blocks.append(_missing(text, text(f"work_plan.safeguard_{name}")))
    return blocks


def _missing(text: Translator, words: str) -> Paragraph:
    return Paragraph(text("work_plan.missing", words=words), Tone.WARNING)
