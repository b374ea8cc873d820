"""What residents said, in words and as a part of the report; the same on screen and paper."""

from collections.abc import Sequence

from assessment.domain.answers import Decision
from assessment.domain.framework import Item
from assessment.domain.handover import Pin
from assessment.domain.poll import Source
from assessment.domain.poll_results import (
    CONFIDENCE,
    FEWEST,
    Answers,
    Disagreement,
    Said,
    Voice,
    disagreements,
)
from assessment.domain.questionnaire import SCALE, Questionnaire
from assessment.domain.records import AssessmentState
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.answer_words import sheet_state_words
from assessment.reports.paper import Block, PaperTable, Paragraph, Section, Tone
from assessment.reports.signs import STATES


def answers_words(text: Translator, answers: Answers) -> str:
    """Shares with the number that they are of; only the number where it is small."""
    apart = text.plural("voice.apart", answers.apart) if answers.apart else ""
    if answers.positive_percent is None or answers.negative_percent is None:
        few = text.plural("voice.few", answers.answered, fewest=FEWEST)
        return text("join.change").join(filter(None, (few, apart)))
    shares = text.plural(
        "voice.shares",
        answers.answered,
        positive=text.percent(answers.positive_percent),
        negative=text.percent(answers.negative_percent),
    )
    return text("join.change").join(filter(None, (shares, apart)))


def steps_words(text: Translator, questionnaire: Questionnaire, answers: Answers) -> str:
    """How often each step of the scale was chosen; blank where there are too few answers."""
    if not answers.enough:
        return ""
    named = [
        f"{questionnaire.choice_label(one).in_language(text.language)} {answers.of(one)}"
        for one in SCALE
    ]
    return text("join.list").join(named)


def sources_words(text: Translator, said: Said) -> str:
    """How many answers came from where; "don't know" apart and not in it."""
    named = [
        f"{text(f'voice.source_{source}')} {answers.answered}"
        for source, answers in said.by_source.items()
        if answers.answered
    ]
    return text("join.list").join(named)


def forms_words(text: Translator, voice: Voice) -> str:
    """How many forms there are: those in files, and those from the page."""
    return text(
        "voice.forms",
        file=text.number(voice.replies.get(Source.FILE, 0)),
        online=text.number(voice.replies.get(Source.ONLINE, 0)),
    )


def staff_words(text: Translator, sheet: Sheet, item: Item) -> str:
    """What staff say of an item: sign and state."""
    sign = STATES[sheet.judged[item.id].outcome.state].symbol
    return f"{sign} {sheet_state_words(text, sheet, item)}"


def reviewer_words(text: Translator, sheet: Sheet, item: Item, pins: Sequence[Pin]) -> str:
    """The reviewer's mark on an item, as far as there is one."""
    answer = sheet.answers.get(item.id)
    if any(one.item == item.id for one in pins):
        return text("voice.mark_pinned")
    if answer is not None and answer.decision is not Decision.NONE:
        return text(f"voice.mark_{answer.decision}")
    if sheet.assessment.state is AssessmentState.APPROVED:
        return text("voice.mark_approved")
    return text("voice.mark_none")


def item_words(text: Translator, voice: Voice, item_id: str) -> Sequence[str]:
    """A line for each question that was answered about an item."""
    return [
        text(
            "voice.line",
            number=one.number,
            question=one.question.text.in_language(text.language),
            answers=answers_words(text, one.total),
        )
        for one in voice.of_item(item_id)
        if one.total.answered or one.total.apart
    ]


def disagreement_words(text: Translator, one: Disagreement) -> str:
    """Who says what, with the number of those who took a side and the lower end of the share."""
    total = one.said.total
    return text(
        f"voice.{one.side}",
        share=text.percent(int(one.share * 100)),
        sides=text.number(total.positive + total.negative),
        answered=text.number(total.answered),
        least=text.percent(int(one.least * 100)),
    )


def items_words(text: Translator, one: Disagreement) -> str:
    """The items that a disagreement is about."""
    named = [f"{item.id} {item.title.in_language(text.language)}" for item in one.items]
    return text("join.list").join(named)


def rule_words(text: Translator) -> str:
    """The rule of the list, whole."""
    return text("voice.rule", fewest=FEWEST, confidence=text.percent(CONFIDENCE * 100))


def voice_section(
    text: Translator, sheet: Sheet, voice: Voice, pins: Sequence[Pin]
) -> Sequence[Section]:
    """The part of the report; none where nobody answered."""
    if not voice.any:
        return []
    blocks: list[Block] = [Paragraph(text("voice.not_scored"), Tone.QUIET)]
    rows = [
        [
            f"{one.number}. {one.question.text.in_language(text.language)}",
            answers_words(text, one.total),
            text("join.change").join(
                f"{item.id} {staff_words(text, sheet, item)} · "
                f"{reviewer_words(text, sheet, item, pins)}"
                for item in tied_items(sheet, one)
            ),
        ]
        for one in voice.said
    ]
    headings = [text("voice.question"), text("voice.residents"), text("voice.staff_and_reviewer")]
    blocks.append(PaperTable(headings, rows, (0.34, 0.34, 0.32)))
    found = disagreements(sheet, voice)
    blocks.append(Paragraph(text("voice.disagree"), Tone.STRONG))
    blocks += [
        Paragraph(
            f"{items_words(text, one)}{text('join.colon')}{disagreement_words(text, one)}",
            Tone.LIST,
        )
        for one in found
    ]
    if not found:
        blocks.append(Paragraph(text("voice.agree")))
    blocks.append(Paragraph(rule_words(text), Tone.QUIET))
    return [Section(text("voice.title"), blocks)]


def tied_items(sheet: Sheet, said: Said) -> Sequence[Item]:
    """The items that a question is tied to, as far as this framework asks them."""
    framework = sheet.framework
    return [framework.item(one) for one in said.question.items if framework.has_item(one)]
