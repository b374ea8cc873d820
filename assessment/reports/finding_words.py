"""Findings of the check before the hand-over, in plain words with their figures."""

from decimal import Decimal

from assessment.domain.findings import Found
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.handover_words import subject_words
from assessment.reports.score_words import percent_words


def finding_words(text: Translator, found: Found) -> str:
    """What is the matter, with the figures filled in."""
    figures = {one.name: _figure(text, one.value) for one in found.figures}
    return text(f"finding.{found.finding}", **figures)


def finding_fix(text: Translator, found: Found) -> str:
    """What to do about it."""
    return text(f"finding.{found.finding}.fix")


def place_words(text: Translator, sheet: Sheet, found: Found) -> str:
    """The item or the fact that it is about; empty for the whole."""
    subject = found.item or found.fact
    return subject_words(text, sheet.framework, subject) if subject else ""


def _figure(text: Translator, value: str | int | float | Decimal) -> str:
    if isinstance(value, float):
        return percent_words(text, value)
    if isinstance(value, str):
        return value
    return text.number(value if isinstance(value, int) else float(value), 2)
