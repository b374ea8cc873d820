"""The questions to residents on paper: large type, a box for every choice, a code for phones."""

from collections.abc import Sequence

from assessment.domain.poll import Poll
from assessment.domain.questionnaire import CHOICES, Questionnaire, ThemeQuestions
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.paper import Block, Paper, PaperCode, PaperTable, Paragraph, Section, Tone

BOX = "□"
_QUESTION_WIDTH, _STEP_WIDTH, _APART_WIDTH = 0.38, 0.1, 0.12
_AGE_QUESTION_WIDTH = 0.38


def poll_paper(
    text: Translator, sheet: Sheet, questionnaire: Questionnaire, poll: Poll, theme: str = ""
) -> Paper:
    """The questions of one theme, or of all of them for ``""``."""
    language = text.language
    name = sheet.community.name(language)
    themes = [one for one in questionnaire.themes if theme in ("", one.theme)]
    sections = [_theme(text, questionnaire, one) for one in themes]
    source = text(
        "poll_paper.source",
        community=f"{name} {sheet.community.code}",
        round=sheet.round.label(language),
        version=f"{questionnaire.id} {questionnaire.version}",
    )
    if sheet.round.sample:
        source = text("paper.sample_source", source=source)
    title = text(
        "poll_paper.title", community=name, title=questionnaire.title.in_language(language)
    )
    subtitle = questionnaire.intro.in_language(language)
    last = Section(text("poll_paper.last"), _last(text, questionnaire, poll))
    return Paper(title, subtitle, source, [*sections, last], language, large=True)


def _theme(text: Translator, questionnaire: Questionnaire, theme: ThemeQuestions) -> Section:
    language = text.language
    rows = [
        [
            f"{questionnaire.number(one.id)}. {one.text.in_language(language)}",
            *(BOX for _ in CHOICES),
        ]
        for one in theme.questions
    ]
    words = [questionnaire.choice_label(one).in_language(language) for one in CHOICES]
    headings = [text("poll_paper.question"), *words]
    widths = (_QUESTION_WIDTH, *(_STEP_WIDTH for _ in CHOICES[:-1]), _APART_WIDTH)
    return Section(theme.title.in_language(language), [PaperTable(headings, rows, widths)])


def _last(text: Translator, questionnaire: Questionnaire, poll: Poll) -> Sequence[Block]:
    """Age, what becomes of the paper, and the way to the page on a phone."""
    language = text.language
    blocks: list[Block] = []
    if questionnaire.ages:
        labels = [one.label.in_language(language) for one in questionnaire.ages]
        row = [questionnaire.age_question.in_language(language), *(BOX for _ in labels)]
        width = (1 - _AGE_QUESTION_WIDTH) / len(labels)
        widths = (_AGE_QUESTION_WIDTH, *(width for _ in labels))
        blocks.append(PaperTable(["", *labels], [row], widths))
    blocks.append(Paragraph(text("poll_paper.thanks"), Tone.STRONG))
    if poll.address:
        blocks += [Paragraph(text("poll_paper.phone")), PaperCode(poll.address)]
    return blocks
