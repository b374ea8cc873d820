"""What to look at before an assessment is handed in, each with the item or fact it is about."""

from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from assessment.domain.answers import NOT_APPLICABLE, SOME_TICKS, Answer, Decision, Outcome
from assessment.domain.figure_findings import Figure, odd_figures
from assessment.domain.framework import Item, Role
from assessment.domain.sheet import Sheet


class Severity(StrEnum):
    """Whether a finding stops the hand-over, is to be read, or is only worth knowing."""

    HARD = "hard"
    WARNING = "warning"
    HINT = "hint"


class Finding(StrEnum):
    """Everything that can be found, the gravest first."""

    NOTHING_ANSWERED = "nothing_answered"
    ACTIVITY_ABOVE_TOTAL = "activity_above_total"
    HOUSEHOLDS_ZERO = "households_zero"
    NO_REASON = "no_reason"
    PIN_UNCHANGED = "pin_unchanged"
    TO_CONFIRM = "to_confirm"
    GATE_OPEN = "gate_open"
    GATE_UNSUPPORTED = "gate_unsupported"
    HOUSEHOLDS_ABOVE_POPULATION = "households_above_population"
    TEN_TIMES = "ten_times"
    LOOKS_LIKE_MU = "looks_like_mu"
    LAND_BELOW_SERVICE = "land_below_service"
    TICKS_MISSING = "ticks_missing"
    REFUSED = "refused"
    MANY_SET_ASIDE = "many_set_aside"
    OUT_OF_DATE = "out_of_date"
    UNKNOWN = "unknown"
    UNANSWERED = "unanswered"
    UNSUPPORTED = "unsupported"
    PENDING = "pending"
    BONUS_OPEN = "bonus_open"

    @property
    def severity(self) -> Severity:
        """Only what cannot be counted, or not be decided, stops the hand-over."""
        if self in _HARD:
            return Severity.HARD
        return Severity.HINT if self in _HINTS else Severity.WARNING


_HARD = frozenset(
    {
        Finding.NOTHING_ANSWERED,
        Finding.ACTIVITY_ABOVE_TOTAL,
        Finding.HOUSEHOLDS_ZERO,
        Finding.NO_REASON,
    }
)
_HINTS = frozenset({Finding.UNSUPPORTED, Finding.PENDING, Finding.BONUS_OPEN})


@dataclass(frozen=True)
class Found:
    """One finding: the item or the fact that it is about, and the figures of its words."""

    finding: Finding
    item: str = ""
    fact: str = ""
    figures: tuple[Figure, ...] = field(default=())

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return self.finding.severity


@dataclass(frozen=True)
class Beside:
    """What is known beside the sheet itself.

    ``now`` is the present (UTC), ``earlier`` the community's sheet of the round before,
    ``pinned`` the items that a reviewer returned and that were not changed since.
    """

    now: datetime
    earlier: Sheet | None = None
    pinned: Set[str] = frozenset()


def find(sheet: Sheet, beside: Beside) -> tuple[Found, ...]:
    """All findings of a sheet, by kind, within a kind in the order of the checklist."""
    found = [*_of_whole(sheet), *_of_facts(sheet, beside)]
    for item in sheet.framework.items:
        found += _of_item(sheet, beside, item)
    order = {one: place for place, one in enumerate(Finding)}
    return tuple(sorted(found, key=lambda one: order[one.finding]))


def stops(found: tuple[Found, ...]) -> bool:
    """Whether something has to be mended before the hand-over."""
    return any(one.severity is Severity.HARD for one in found)


def _of_whole(sheet: Sheet) -> Iterator[Found]:
    overall = sheet.scores.overall
    answers = (one for one in sheet.answers.values() if not one.to_confirm)
    facts = (one for one in sheet.saved_facts.values() if not one.to_confirm)
    said = any(one.choice or one.ticks or one.details for one in answers)
    if not said and not any(one.value for one in facts):
        yield Found(Finding.NOTHING_ANSWERED)
    share, limit = float(overall.set_aside_share[0]), sheet.framework.not_applicable_flag
    if share > limit:
        yield Found(
            Finding.MANY_SET_ASIDE, figures=(Figure("share", share), Figure("limit", limit))
        )


def _of_facts(sheet: Sheet, beside: Beside) -> Iterator[Found]:
    for fault in sheet.contradictions:
        figures = tuple(Figure(name, text) for name, text in fault.values.items())
        yield Found(Finding(fault.code), fact=fault.place, figures=figures)
    if sheet.facts.get("households") == 0:
        yield Found(Finding.HOUSEHOLDS_ZERO, fact="households")
    for code, fact, figures in odd_figures(sheet, beside.earlier):
        yield Found(Finding(code), fact=fact, figures=figures)


def _of_item(sheet: Sheet, beside: Beside, item: Item) -> Iterator[Found]:
    outcome = sheet.judged[item.id].outcome
    answer = sheet.answers.get(item.id, Answer(item.id))
    if item.id in beside.pinned:
        yield Found(Finding.PIN_UNCHANGED, item.id)
    if outcome is Outcome.NOT_ASKED:
        return
    if answer.choice == NOT_APPLICABLE and item.not_applicable and not answer.to_confirm:
        yield from _of_set_aside(item, answer)
    elif outcome.to_do:
        yield from _of_open(item, answer, outcome)
    elif outcome in (Outcome.MET, Outcome.PARTLY) and item.id in sheet.unsupported:
        is_gate = item.role is Role.GATE
        yield Found(Finding.GATE_UNSUPPORTED if is_gate else Finding.UNSUPPORTED, item.id)
    if outcome.known and _out_of_date(beside.now, item, answer):
        months = Figure("months", item.shelf_life_months)
        yield Found(Finding.OUT_OF_DATE, item.id, figures=(months,))


def _of_set_aside(item: Item, answer: Answer) -> Iterator[Found]:
    if answer.decision is Decision.REFUSED:
        yield Found(Finding.REFUSED, item.id)
    elif not answer.reason.strip():
        yield Found(Finding.NO_REASON, item.id)
    elif answer.decision is Decision.NONE:
        yield Found(Finding.PENDING, item.id)


def _of_open(item: Item, answer: Answer, outcome: Outcome) -> Iterator[Found]:
    if answer.to_confirm:
        yield Found(Finding.TO_CONFIRM, item.id)
    elif answer.choice == SOME_TICKS:
        yield Found(Finding.TICKS_MISSING, item.id)
    elif item.role is Role.GATE:
        yield Found(Finding.GATE_OPEN, item.id)
    elif item.scored:
        is_unknown = outcome is Outcome.UNKNOWN
        yield Found(Finding.UNKNOWN if is_unknown else Finding.UNANSWERED, item.id)
    elif item.is_apart:
        yield Found(Finding.BONUS_OPEN, item.id)


def _out_of_date(now: datetime, item: Item, answer: Answer) -> bool:
    if answer.at is None:
        return False
    months = (now.year - answer.at.year) * 12 + now.month - answer.at.month
    months -= (now.day, now.timetz()) < (answer.at.day, answer.at.timetz())
    return months >= item.shelf_life_months
