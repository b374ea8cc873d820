"""What stands in the brief and in the full report of a community; figures as on the screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from assessment.domain.answers import Answer
from assessment.domain.fingerprint import fingerprint
from assessment.domain.gaps import Gap
from assessment.domain.handover import Pin
from assessment.domain.plan import PlannedAction
from assessment.domain.poll_results import Voice
from assessment.domain.records import Facility, Programme
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.answer_words import choice_words, fact_words, state_words
from assessment.reports.charts import theme_bars, trend_chart
from assessment.reports.gap_words import gap_now_words, linked_words, shortfall_words
from assessment.reports.handover_words import state_name
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
from assessment.reports.score_words import (
    figures_words,
    gate_results,
    gates_words,
    headline,
    percent_words,
    range_words,
    verdict_words,
)
from assessment.reports.signs import GATES, STATES
from assessment.reports.theme_rows import method_changes
from assessment.reports.voice_words import voice_section

MOST_GAPS_IN_BRIEF = 5


@dataclass(frozen=True)
class ReportMatter:
    """What a report is written from: the sheet, all rounds up to it, places, plan, residents.

    ``windows`` are the pilot lists that the community is in.
    """

    sheet: Sheet
    history: Sequence[Sheet]
    facilities: Sequence[Facility]
    actions: Sequence[PlannedAction]
    at: datetime
    zone: tzinfo
    voice: Voice
    pins: Sequence[Pin]
    windows: Sequence[Programme] = ()


def brief(text: Translator, matter: ReportMatter) -> Paper:
    """One page: where the community stands, its gates, and what decides most."""
    sheet = matter.sheet
    sections = [
        Section(text("paper.standing"), standing_blocks(text, sheet)),
        Section(text("paper.themes"), [_bars(text, sheet), _signs(text)]),
        Section(text("paper.gates"), [_gates_sentence(text, sheet)]),
        Section(text("paper.gaps"), gap_blocks(text, sheet, sheet.gaps[:MOST_GAPS_IN_BRIEF])),
    ]
    return paper_of(text, matter, text("paper.brief"), sections, contents="")


def full_report(text: Translator, matter: ReportMatter) -> Paper:
    """Everything that the result page shows, and every answer."""
    sheet = matter.sheet
    sections = [
        Section(text("paper.standing"), standing_blocks(text, sheet)),
        Section(text("paper.themes"), [_bars(text, sheet), _signs(text), theme_lines(text, sheet)]),
        Section(text("paper.gates"), [gate_lines(text, sheet)]),
        Section(text("paper.gaps"), gap_blocks(text, sheet, sheet.gaps)),
        *_trend(text, matter.history),
        Section(text("paper.place"), place_part(text, sheet.community, matter.facilities)),
        *voice_section(text, sheet, matter.voice, matter.pins),
        Section(text("paper.facts"), [fact_lines(text, sheet)]),
        *(_answers(text, sheet, theme.id) for theme in sheet.framework.themes),
        Section(text("paper.method"), method_blocks(text, sheet)),
    ]
    return paper_of(text, matter, text("paper.report"), sections, text("paper.contents"))


def paper_of(
    text: Translator, matter: ReportMatter, kind: str, sections: Sequence[Section], contents: str
) -> Paper:
    """A paper about the community with its title, and the line that stands on each page."""
    sheet = matter.sheet
    name = sheet.community.name(text.language)
    source = text(
        "paper.source",
        community=f"{name} {sheet.community.code}",
        round=sheet.round.label(text.language),
        state=state_name(text, sheet.assessment),
        framework=f"{sheet.framework.id} {sheet.framework.version}",
        hash=sheet.framework.hash[:12],
        code=fingerprint(sheet),
        time=text.moment(matter.at, matter.zone),
    )
    if sheet.round.sample:
        source = text("paper.sample_source", source=source)
    area = " ".join(sheet.community.area)
    subtitle = text("paper.subtitle", area=area, round=sheet.round.label(text.language))
    title = text("paper.title", community=name, kind=kind)
    return Paper(title, subtitle, source, sections, text.language, contents)


def standing_blocks(text: Translator, sheet: Sheet) -> list[Block]:
    """Where the community stands, in three lines."""
    return [
        Paragraph(headline(text, sheet), Tone.STRONG),
        Paragraph(f"{verdict_words(text, sheet)} · {gates_words(text, sheet)}"),
        Paragraph(figures_words(text, sheet), Tone.QUIET),
    ]


def _bars(text: Translator, sheet: Sheet) -> PaperPicture:
    return PaperPicture(theme_bars(text, sheet).to_dict(), text("chart.bars_alt"))


def _signs(text: Translator) -> Paragraph:
    return Paragraph(f"{text('chart.legend')}　{text('chart.bars_legend')}", Tone.QUIET)


def theme_lines(text: Translator, sheet: Sheet) -> PaperTable:
    """A line for each theme: range, completeness, answers, share set aside."""
    lines = [
        (theme.title.in_language(text.language), sheet.scores.themes[theme.id])
        for theme in sheet.framework.themes
    ]
    if sheet.framework.local_items:
        lines.append((text("line.local"), sheet.scores.local))
    rows = [
        [
            name,
            range_words(text, line),
            percent_words(text, line.completeness[0]),
            f"{int(line.answered[0])}/{int(line.asked[0])}",
            percent_words(text, line.set_aside_share[0]),
        ]
        for name, line in lines
    ]
    headings = [
        text("chart.theme"),
        text("chart.range"),
        text("column.completeness"),
        text("paper.answered"),
        text("column.set_aside_share"),
    ]
    return PaperTable(headings, rows, (0.28, 0.17, 0.17, 0.2, 0.18))


def gate_lines(text: Translator, sheet: Sheet) -> PaperTable:
    """A line for each gate."""
    results = gate_results(sheet)
    rows = [
        [
            gate.id,
            gate.title.in_language(text.language),
            f"{GATES[results[gate.id]].symbol} {text(f'gate.{results[gate.id].name.lower()}')}",
        ]
        for gate in sheet.framework.gates
    ]
    headings = [text("column.item"), text("column.title"), text("paper.result")]
    return PaperTable(headings, rows, (0.14, 0.56, 0.3))


def _gates_sentence(text: Translator, sheet: Sheet) -> Paragraph:
    results = gate_results(sheet)
    named = [
        f"{GATES[results[gate.id]].symbol} {gate.id} {gate.title.in_language(text.language)}"
        for gate in sheet.framework.gates
    ]
    return Paragraph(text("join.list").join(named))


def gap_blocks(text: Translator, sheet: Sheet, gaps: Sequence[Gap]) -> list[Block]:
    """What is missing, and what each gap would add."""
    blocks: list[Block] = []
    if sheet.shortfall is not None:
        blocks.append(Paragraph(shortfall_words(text, sheet.shortfall), Tone.STRONG))
        blocks += [Paragraph(words, Tone.QUIET) for words in linked_words(text, sheet)]
    rows = [
        [
            gap.item.id,
            gap.item.title.in_language(text.language),
            gap_now_words(text, sheet, gap),
            _points(text, gap),
        ]
        for gap in gaps
    ]
    if rows:
        headings = [
            text("column.item"),
            text("column.title"),
            text("paper.now"),
            text("paper.gain"),
        ]
        blocks.append(PaperTable(headings, rows, (0.13, 0.32, 0.39, 0.16)))
    if len(gaps) < len(sheet.gaps):
        blocks.append(Paragraph(text("paper.more_gaps", count=len(sheet.gaps)), Tone.QUIET))
    return blocks or [Paragraph(text("paper.no_gaps", open=len(sheet.open_items)))]


def _points(text: Translator, gap: Gap) -> str:
    """What meeting it fully adds to the score; the formula is on the screen."""
    if gap.gain <= 0:
        return text("paper.outside_score")
    return text("paper.points", points=text.number(gap.gain, 1))


def _trend(text: Translator, history: Sequence[Sheet]) -> list[Section]:
    if len(history) < 2:
        return []
    picture = PaperPicture(trend_chart(text, history).to_dict(), text("chart.trend_alt"))
    marks = [Paragraph(words, Tone.QUIET) for words in method_changes(text, history)]
    return [Section(text("paper.trend"), [picture, *marks])]


def fact_lines(text: Translator, sheet: Sheet) -> PaperTable:
    """A line for each fact that the checklist asks for."""
    rows = []
    for definition in sheet.framework.facts:
        saved = sheet.saved_facts.get(definition.id)
        words = fact_words(text, sheet.framework, definition.id, saved.value) if saved else ""
        rows.append([definition.label.in_language(text.language), words or text("value.blank")])
    return PaperTable([text("paper.fact"), text("paper.value")], rows, (0.5, 0.5))


def _answers(text: Translator, sheet: Sheet, theme_id: str) -> Section:
    rows = []
    for item in sheet.framework.items_of(theme_id):
        answer = sheet.answers.get(item.id, Answer(item.id))
        outcome = sheet.judged[item.id].outcome
        said = choice_words(text, sheet.framework, item.id, answer.choice)
        remarks = " ".join(filter(None, (said, answer.reason, answer.note)))
        state = f"{STATES[outcome.state].symbol} {state_words(text, item, outcome)}"
        rows.append([item.id, item.title.in_language(text.language), state, remarks])
    headings = [
        text("column.item"),
        text("column.title"),
        text("column.state_words"),
        text("paper.answer"),
    ]
    title = text(
        "paper.answers", theme=sheet.framework.theme(theme_id).title.in_language(text.language)
    )
    return Section(title, [PaperTable(headings, rows, (0.13, 0.32, 0.16, 0.39))])


def method_blocks(text: Translator, sheet: Sheet) -> list[Block]:
    """How it was counted, and whose choice that is."""
    framework = sheet.framework
    return [
        Paragraph(framework.source.in_language(text.language)),
        Paragraph(framework.weights_note.in_language(text.language)),
        Paragraph(
            text(
                "paper.counting",
                version=framework.version,
                scoring=sheet.assessment.scoring_version,
                complete=text.number(framework.complete_from),
            )
        ),
    ]
