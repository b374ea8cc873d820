"""The small parts of a framework: texts, answer steps, rules and grounds. All are frozen."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
ItemId = Annotated[str, Field(pattern=r"^[A-Z]{1,3}-[0-9]{2,3}$")]
ClauseId = Annotated[str, Field(pattern=r"^[A-Z]{2,4}-[0-9]{2,3}$")]
# The bounds keep every sum of weights finite and every weight visible in it.
Weight = Annotated[float, Field(ge=1e-6, le=1e6, allow_inf_nan=False, strict=True)]


class Record(BaseModel):
    """Base of all framework parts: frozen, and a key that nobody defined is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Text(Record):
    """One text in both languages."""

    zh: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def in_language(self, language: str) -> str:
        """The text in ``language`` ("zh" or "en")."""
        return self.en if language == "en" else self.zh


class Step(Record):
    """One worded answer and the credit that it earns, between 0 and 1."""

    id: Identifier
    credit: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False, strict=True)]
    label: Text
    meaning: Text


class Tick(Record):
    """One of the marks of an upkeep item."""

    id: Identifier
    label: Text
    meaning: Text


class Condition(Record):
    """The item applies only where the fact has this value."""

    fact: Identifier
    equals: Identifier
    otherwise: Text


class Guidance(Record):
    """A figure from a related standard: help for the reader, never part of the score.

    ``status`` is how sure we are of the figure: V read on a public page, V2 on two or more,
    C in a third party's code. Figures from memory are not allowed.
    """

    text: Text
    source: Annotated[str, Field(min_length=1)]
    status: Literal["V", "V2", "C"]


Threshold = Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)?$")]


class LocalThreshold(Record):
    """What a province or city asks of existing communities instead, and on what ground.

    Source: notice P4, 既有社区可结合实际确定.
    """

    threshold: Threshold
    ground: Text


class Rule(Record):
    """How a quantity item is decided: a named formula, its threshold and the base."""

    formula: Identifier
    threshold: Threshold
    direction: Literal["at_least", "at_most"] = "at_least"
    unit: Text
    base: Text
    local: LocalThreshold | None = None


class WalkPlace(Record):
    """Where a person who walks round the community finds what some items ask about."""

    id: Identifier
    title: Text


class NotApplicable(Record):
    """The ground on which an item may be set aside; a reason and a reviewer are still needed."""

    ground: Text
