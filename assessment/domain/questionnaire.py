"""The questions that residents are asked, as data: read by ``load_questionnaire``."""

from functools import cached_property
from typing import Annotated

from pydantic import Field

from assessment.domain.framework import Identifier, ItemId, Option, Record, Text

# How answers are written in files and records: the scale from the best to the worst, and apart
# from it "don't know, or does not concern me". A question that was left out has none of these.
SCALE = ("5", "4", "3", "2", "1")
APART = "X"
CHOICES = (*SCALE, APART)


class Question(Record):
    """One question, and the items of the checklist that staff answer about the same thing."""

    id: ItemId
    items: Annotated[tuple[ItemId, ...], Field(min_length=1)]
    text: Text


class ThemeQuestions(Record):
    """The few questions about one theme, under a heading for residents."""

    theme: Identifier
    title: Text
    questions: Annotated[tuple[Question, ...], Field(min_length=3, max_length=5)]


class Questionnaire(Record):
    """All questions. ``hash`` is the SHA-256 of its content, independent of layout.

    ``scale`` has the words of the five steps from the best to the worst.
    """

    id: Identifier
    version: Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)*$")]
    date: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    framework: Identifier
    title: Text
    intro: Text
    scale: Annotated[tuple[Text, ...], Field(min_length=len(SCALE), max_length=len(SCALE))]
    apart: Text
    age_question: Text
    ages: tuple[Option, ...] = ()
    themes: Annotated[tuple[ThemeQuestions, ...], Field(min_length=1)]
    hash: str = ""

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question in the order of the paper."""
        return tuple(question for theme in self.themes for question in theme.questions)

    def number(self, question_id: str) -> int:
        """The number of a question on the paper, from 1; ``KeyError`` if there is none."""
        for number, question in enumerate(self.questions, start=1):
            if question.id == question_id:
                return number
        raise KeyError(question_id)

    def choice_label(self, choice: str) -> Text:
        """The words of one of ``CHOICES``."""
        return self.apart if choice == APART else self.scale[SCALE.index(choice)]
