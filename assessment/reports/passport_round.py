"""One round on the page of a passport: figures, every answer with its evidence, hand-overs."""

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from assessment.domain.answers import Answer
from assessment.domain.passport import EvidencePart, RoundPart
from assessment.domain.round_days import CHINA
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.answer_words import choice_words, sheet_state_words, unsupported_words
from assessment.reports.community_report import (
    fact_lines,
    gap_blocks,
    gate_lines,
    method_blocks,
    standing_blocks,
    theme_lines,
)
from assessment.reports.handover_words import signed_words
from assessment.reports.paper import Block, PaperTable, Paragraph, Section, Tone
from assessment.reports.signs import STATES

_LINK = Markup('<a href="{address}"{more}>{words}</a>')
_OUTSIDE = Markup(' rel="noreferrer noopener"')
_BREAK = Markup("<br>")


def round_sections(
    text: Translator, part: RoundPart, sheet: Sheet, people: Mapping[str, str]
) -> Iterator[Section]:
    """The sections of a round, each with the round's name in its heading."""
    label = sheet.round.label(text.language)

    def section(title: str, blocks: Sequence[Block]) -> Section:
        return Section(text("passport.of_round", round=label, title=title), blocks)

    yield section(text("paper.standing"), _standing(text, part, sheet, people))
    yield section(text("paper.themes"), [theme_lines(text, sheet), gate_lines(text, sheet)])
    yield section(text("paper.gaps"), gap_blocks(text, sheet, sheet.gaps))
    yield section(text("paper.facts"), [fact_lines(text, sheet)])
    for theme in sheet.framework.themes:
        title = text("paper.answers", theme=theme.title.in_language(text.language))
        yield section(title, [_answers(text, part, sheet, theme.id)])
    if part.comments:
        yield section(text("passport.comments"), [_comments(text, part, people)])
    yield section(text("paper.method"), method_blocks(text, sheet))


def _standing(
    text: Translator, part: RoundPart, sheet: Sheet, people: Mapping[str, str]
) -> list[Block]:
    blocks: list[Block] = [
        *standing_blocks(text, sheet),
        Paragraph(text("passport.code", code=part.code), Tone.STRONG),
        Paragraph(_state(text, part, people)),
    ]
    if part.fingerprint and part.fingerprint != part.code:
        words = text("passport.other_code", code=part.fingerprint)
        blocks.append(Paragraph(words, Tone.WARNING))
    if part.handovers:
        blocks.append(_handovers(text, part, people))
    if part.removed_evidence:
        words = text.plural("passport.removed", part.removed_evidence)
        blocks.append(Paragraph(words, Tone.QUIET))
    return blocks


def _state(text: Translator, part: RoundPart, people: Mapping[str, str]) -> str:
    signed = signed_words(text, CHINA, part.state_by, part.state_at, people)
    return " · ".join(filter(None, (text(f"state.{part.state}"), signed)))


def _handovers(text: Translator, part: RoundPart, people: Mapping[str, str]) -> PaperTable:
    rows = [
        [
            text(f"handover.{one.action}"),
            signed_words(text, CHINA, one.by, one.at, people),
            one.fingerprint,
            " ".join(filter(None, (one.note, *_pinned(part, one.number)))),
        ]
        for one in part.handovers
    ]
    headings = [
        text("handover.what"),
        text("handover.who"),
        text("column.fingerprint"),
        text("handover.note"),
    ]
    return PaperTable(headings, rows, (0.12, 0.32, 0.2, 0.36))


def _pinned(part: RoundPart, handover: int) -> Iterator[str]:
    for one in part.pins:
        if one.handover == handover:
            yield f"{one.item} {one.reason}"


def _answers(text: Translator, part: RoundPart, sheet: Sheet, theme_id: str) -> PaperTable:
    shown: dict[str, list[EvidencePart]] = {}
    for piece in part.evidence:
        shown.setdefault(piece.item, []).append(piece)
    rows = []
    for item in sheet.framework.items_of(theme_id):
        answer = sheet.answers.get(item.id, Answer(item.id))
        state = STATES[sheet.judged[item.id].outcome.state].symbol
        lacks = unsupported_words(text, sheet, item)
        said = choice_words(text, sheet.framework, item.id, answer.choice)
        rows.append(
            [
                item.id,
                item.title.in_language(text.language),
                " ".join(filter(None, (state, sheet_state_words(text, sheet, item), lacks))),
                " ".join(filter(None, (said, answer.reason, answer.note))),
                _BREAK.join(_piece(text, one) for one in shown.get(item.id, ())),
            ]
        )
    headings = [
        text("column.item"),
        text("column.title"),
        text("column.state_words"),
        text("paper.answer"),
        text("passport.evidence"),
    ]
    return PaperTable(headings, rows, (0.1, 0.24, 0.16, 0.3, 0.2))


def _piece(text: Translator, one: EvidencePart) -> Markup:
    """A link into the archive, or out of it; what was lost is only named."""
    dated = text.day(one.dated)
    words = " ".join(filter(None, (one.name or one.url, dated)))
    if one.file:
        return _LINK.format(address=one.file, more="", words=words)
    if one.url:
        return _LINK.format(address=one.url, more=_OUTSIDE, words=words)
    return Markup("{words}").format(words=text("passport.lost", name=words))


def _comments(text: Translator, part: RoundPart, people: Mapping[str, str]) -> PaperTable:
    rows = []
    for one in part.comments:
        settled = signed_words(text, CHINA, one.resolved_by, one.resolved_at, people)
        done = text("passport.settled", signed=settled) if settled else ""
        signed = signed_words(text, CHINA, one.by, one.at, people)
        rows.append([one.item, one.text, " ".join(filter(None, (signed, done)))])
    headings = [text("column.item"), text("passport.comment"), text("handover.who")]
    return PaperTable(headings, rows, (0.12, 0.5, 0.38))
