"""Putting assessments side by side: what differs, what none meets, and whether it is comparable."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assessment.domain.answers import Judged, Outcome, State
from assessment.domain.framework import Item
from assessment.domain.scoring import TOLERANCE
from assessment.domain.sheet import Sheet

COMPLETENESS_GAP = 0.1
SET_ASIDE_GAP = 0.1


class Caution(StrEnum):
    """Why two assessments may not be comparable."""

    VERSION = "version"
    COMPLETENESS = "completeness"
    SET_ASIDE = "set_aside"
    STATE = "state"


@dataclass(frozen=True)
class ComparedItem:
    """One item across the sheets; ``None`` where a sheet's framework does not ask it.

    ``differs`` compares outcome and credit. ``met_by_none`` is true where at least one sheet is
    known to fall short and none meets the item: a gap that all share as far as anyone knows.
    ``caution`` names why the sheets do not compare in this item.
    """

    item: Item
    judged: tuple[Judged | None, ...]
    differs: bool
    met_by_none: bool
    caution: tuple[Caution, ...]


def compare_items(sheets: Sequence[Sheet]) -> tuple[ComparedItem, ...]:
    """Every item that any of the sheets asks, in the order of the first framework."""
    items: dict[str, Item] = {}
    for sheet in sheets:
        for item in sheet.framework.items:
            items.setdefault(item.id, item)
    return tuple(_compare(item, sheets) for item in items.values())


def cautions(sheets: Sequence[Sheet]) -> tuple[Caution, ...]:
    """Where the sheets differ in version, completeness, not-applicable share or state."""
    return tuple(_cautions(sheets))


def better(one: Judged | None, than: Judged | None) -> int:
    """1 where ``one`` earns more of an item's credit, −1 where less, 0 where equal or open."""
    if one is None or than is None or one.credit is None or than.credit is None:
        return 0
    return (one.credit > than.credit) - (one.credit < than.credit)


def _compare(item: Item, sheets: Sequence[Sheet]) -> ComparedItem:
    judged = tuple(sheet.judged.get(item.id) for sheet in sheets)
    shown = {(one.outcome, one.credit) if one else None for one in judged}
    outcomes = {one.outcome for one in judged if one is not None}
    short = bool(outcomes & {Outcome.PARTLY, Outcome.NOT_MET})
    return ComparedItem(
        item,
        judged,
        len(shown) > 1,
        short and Outcome.MET not in outcomes,
        tuple(_item_cautions(item.id, judged, sheets)),
    )


def _item_cautions(
    item_id: str, judged: Sequence[Judged | None], sheets: Sequence[Sheet]
) -> Iterator[Caution]:
    if len({sheet.framework.hash for sheet in sheets}) > 1:
        asked = [
            sheet.framework.item(item_id) if sheet.framework.has_item(item_id) else None
            for sheet in sheets
        ]
        if any(one != asked[0] for one in asked):
            yield Caution.VERSION
    outcomes = [one.outcome for one in judged if one is not None]
    if _mixed([one.to_do for one in outcomes]):
        yield Caution.COMPLETENESS
    if _mixed([one.state is State.NOT_APPLICABLE for one in outcomes]):
        yield Caution.SET_ASIDE


def _mixed(marks: Sequence[bool]) -> bool:
    return any(marks) and not all(marks)


def _cautions(sheets: Sequence[Sheet]) -> Iterator[Caution]:
    if len({(sheet.framework.hash, sheet.assessment.scoring_version) for sheet in sheets}) > 1:
        yield Caution.VERSION
    overall = [sheet.scores.overall for sheet in sheets]
    if _spread([float(line.completeness[0]) for line in overall]) > COMPLETENESS_GAP + TOLERANCE:
        yield Caution.COMPLETENESS
    if _spread([float(line.set_aside_share[0]) for line in overall]) > SET_ASIDE_GAP + TOLERANCE:
        yield Caution.SET_ASIDE
    if len({sheet.assessment.state for sheet in sheets}) > 1:
        yield Caution.STATE


def _spread(values: Sequence[float]) -> float:
    known = [value for value in values if value == value]
    return max(known) - min(known) if known else 0.0
