"""The sign of one community in the colour of the officials' page, and the same in words."""

from collections.abc import Collection, Sequence

from assessment.domain.answers import Outcome
from assessment.reports.answer_words import lacking_words
from assessment.reports.signs import (
    STANDINGS,
    Sign,
    band_sign,
    outcome_sign,
    unsupported_sign,
)
from assessment.services.unsupported import unsupported_of
from assessment.ui.area_view import AreaView


def lacking_of(view: AreaView, codes: Sequence[str]) -> Collection[str]:
    """Whose answer to the item that colours lacks the evidence asked for; nobody's without one."""
    if view.item is None:
        return frozenset()
    marked = unsupported_of(view.visit.store, view.visit.round, view.framework, codes)
    return frozenset(code for code, marks in marked.items() if marks[view.item_column])


def sign_of(view: AreaView, position: int, lacking: Collection[str]) -> Sign:
    """The sign of one community in the view's colour; ``lacking`` is what ``lacking_of`` says."""
    if view.theme:
        return band_sign(float(view.theme_percent[position]))
    if view.item:
        sign = outcome_sign(int(view.nation.outcome[position, view.item_column]))
        return unsupported_sign(sign) if view.nation.code[position] in lacking else sign
    return STANDINGS[view.nation.standing_at(position)]


def sign_words(view: AreaView, position: int, lacking: Collection[str]) -> str:
    """The same in words."""
    text = view.visit.text
    if view.theme:
        percent = float(view.theme_percent[position])
        return text("score.none") if percent != percent else text.percent(percent)
    if view.item:
        code = int(view.nation.outcome[position, view.item_column])
        known = code in set(Outcome)
        words = text(f"answer_state.{Outcome(code).state}") if known else text("standing.no_data")
        lacks = view.nation.code[position] in lacking
        return f"{words} {lacking_words(text)}" if lacks else words
    return text(f"standing.{view.nation.standing_at(position)}")
