"""The readable page of a passport: one HTML file that opens in any browser, without a network.

Its links lead to the evidence and the tables that lie beside it in the unpacked archive.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from assessment.domain.passport import Passport
from assessment.domain.passport_parts import community_of, facility_of, planned_of
from assessment.domain.round_days import CHINA
from assessment.domain.schedule import schedule
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.html_paper import html_paper
from assessment.reports.log_table import Line
from assessment.reports.log_words import action_words, author_words, change_words, subject_words
from assessment.reports.paper import Block, Paper, PaperTable, Paragraph, Section, Tone
from assessment.reports.passport_round import round_sections
from assessment.reports.place_part import facility_lines
from assessment.reports.plan_words import cost_words, time_words
from assessment.reports.score_words import gates_words, percent_words, range_words

MOST_LINES = 300
_FILE = Markup('<a href="{name}">{name}</a>')
_CHECKS = ("file", "code", "screen", "open", "proves")


def passport_page(
    text: Translator,
    passport: Passport,
    sheets: Sequence[Sheet],
    lines: Sequence[Line],
    at: datetime,
) -> bytes:
    """The whole page, UTF-8. ``sheets`` follow the rounds, ``lines`` the log; ``at`` is now."""
    name = community_of(passport.community).name(text.language)
    sections = [
        Section(text("passport.what_title"), _what(text, passport)),
        Section(text("passport.community_title"), [_community(text, passport)]),
        Section(text("passport.rounds_title"), [_rounds(text, passport, sheets)]),
    ]
    for part, sheet in reversed(list(zip(passport.rounds, sheets, strict=True))):
        sections += round_sections(text, part, sheet, passport.people)
    sections += [
        *_places_and_plan(text, passport, sheets),
        Section(text("passport.log_title"), _log(text, lines)),
        Section(text("passport.files_title"), [_files(text, passport)]),
        Section(text("passport.check_title"), list(_check(text))),
    ]
    source = text("passport.source", community=name, time=text.moment(at, CHINA))
    if passport.community.sample:
        source = text("paper.sample_source", source=source)
    area = " ".join(community_of(passport.community).area)
    title = f"{name} · {text('file.passport')}"
    return html_paper(Paper(title, area, source, sections, text.language, text("paper.contents")))


def _what(text: Translator, passport: Passport) -> list[Block]:
    blocks: list[Block] = [Paragraph(text("passport.what")), Paragraph(text("passport.times"))]
    if passport.community.sample:
        blocks.insert(0, Paragraph(text("passport.sample"), Tone.WARNING))
    return blocks


def _community(text: Translator, passport: Passport) -> PaperTable:
    part = passport.community
    community = community_of(part)
    where = text("paper.not_placed")
    if community.place is not None:
        where = text(
            "paper.where",
            longitude=f"{community.place.longitude:.5f}",
            latitude=f"{community.place.latitude:.5f}",
        )
    rows = [
        [text("paper.name"), " ".join(filter(None, (part.name_zh, part.name_en)))],
        [text("column.community_code"), part.code],
        [text("passport.area"), " ".join((*community.area, part.adcode))],
        [text("passport.committees"), part.committees or text("value.blank")],
        [text("paper.position"), where],
    ]
    return PaperTable([text("passport.field"), text("passport.value")], rows, (0.3, 0.7))


def _rounds(text: Translator, passport: Passport, sheets: Sequence[Sheet]) -> PaperTable:
    rows = []
    for part, sheet in zip(passport.rounds, sheets, strict=True):
        overall = sheet.scores.overall
        version, short = sheet.framework.version, sheet.framework.hash[:8]
        rows.append(
            [
                sheet.round.label(text.language),
                text(f"state.{part.state}"),
                range_words(text, overall),
                percent_words(text, overall.completeness[0]),
                gates_words(text, sheet),
                part.code,
                text("rounds.version", version=version, hash=short),
            ]
        )
    headings = [
        text("rounds.label"),
        text("column.assessment_state"),
        text("chart.range"),
        text("column.completeness"),
        text("paper.gates"),
        text("column.fingerprint"),
        text("rounds.framework"),
    ]
    return PaperTable(headings, rows, (0.16, 0.14, 0.09, 0.15, 0.17, 0.15, 0.14))


def _places_and_plan(
    text: Translator, passport: Passport, sheets: Sequence[Sheet]
) -> Iterator[Section]:
    if passport.facilities:
        found = [facility_of(one, passport.community.code) for one in passport.facilities]
        yield Section(text("paper.place"), [facility_lines(text, found)])
    if not passport.plan:
        return
    framework, rows = sheets[-1].framework, []
    own_numbers = {part.number: part.number for part in passport.plan}
    actions = [replace(planned_of(one, own_numbers), id=one.number) for one in passport.plan]
    spans = schedule(actions)
    for one in actions:
        known = framework.has_item(one.item)
        title = framework.item(one.item).title.in_language(text.language) if known else ""
        rows.append(
            [
                f"{one.item} {title}".strip(),
                one.words,
                cost_words(text, one.cost),
                time_words(text, one, spans.get(one.id)),
                text(f"plan_state.{one.state}"),
            ]
        )
    names = ("column.item", "passport.action", "passport.cost", "passport.months", "passport.state")
    headings = [text(name) for name in names]
    yield Section(text("page.plan"), [PaperTable(headings, rows, (0.27, 0.28, 0.15, 0.18, 0.12))])


def _log(text: Translator, lines: Sequence[Line]) -> list[Block]:
    if not lines:
        return [Paragraph(text("passport.log_none"))]
    rows = [
        [
            text.moment(entry.at, CHINA),
            author_words(text, author),
            action_words(text, entry.action),
            subject_words(text, framework, entry),
            change_words(text, framework, entry),
        ]
        for entry, author, _community, _assessment, framework in list(reversed(lines))[:MOST_LINES]
    ]
    headings = [text(f"log.{name}") for name in ("when", "who", "what", "subject", "change")]
    blocks: list[Block] = [PaperTable(headings, rows, (0.17, 0.13, 0.13, 0.25, 0.32))]
    if len(lines) > MOST_LINES:
        words = text("passport.log_rest", shown=MOST_LINES, all=text.number(len(lines)))
        blocks.insert(0, Paragraph(words, Tone.QUIET))
    return blocks


def _files(text: Translator, passport: Passport) -> PaperTable:
    def line(name: str, words: str) -> list[str]:
        return [_FILE.format(name=name), words]

    rows = [line("passport.json", text("passport.file_content"))]
    rows.append(line("passport.schema.json", text("passport.file_schema")))
    rows += [line(one.file, text("passport.file_framework")) for one in passport.frameworks]
    for one in passport.rounds:
        label = one.label_en if text.language == "en" and one.label_en else one.label_zh
        rows.append(line(f"items-{one.id}.csv", f"{label} · {text('file.items')}"))
        rows.append(line(f"summary-{one.id}.csv", f"{label} · {text('file.summary')}"))
    rows.append(line("log.csv", text("file.log")))
    rows.append(line("manifest.json", text("passport.file_manifest")))
    return PaperTable([text("passport.file"), text("passport.holds")], rows, (0.45, 0.55))


def _check(text: Translator) -> Iterator[Block]:
    for name in _CHECKS:
        yield Paragraph(text(f"passport.check_{name}"), Tone.LIST)
