"""Putting assessments side by side: what differs, what none meets, and whether it is comparable."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assessment.domain.answers import Judged, Outcome
from assessment.domain.framework import Item
from assessment.domain.sheet import Sheet

COMPLETENESS_GAP = 0.1
SET_ASIDE_GAP = 0.1


@dataclass(frozen=True)
class ComparedItem:
    """One item across the sheets; ``None`` where a sheet's framework does not ask it.

    ``differs`` compares state and credit; ``met_by_none`` is true where at least one sheet is
    asked and none of those asked meets it. ``caution`` names why a reader should take care.
    """

    item: Item
    judged: tuple[Judged | None, ...]
    differs: bool
    met_by_none: bool
    caution: tuple[str, ...]


class Caution(StrEnum):
    """Why two assessments may not be comparable."""

    VERSION = "version"
    COMPLETENESS = "completeness"
    SET_ASIDE = "set_aside"
    STATE = "state"


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


def _compare(item: Item, sheets: Sequence[Sheet]) -> ComparedItem:
    judged = tuple(sheet.judged.get(item.id) for sheet in sheets)
    shown = {(one.outcome.state, one.credit) if one else None for one in judged}
    asked = [one for one in judged if one is not None and not one.outcome.left_out]
    none_meets = bool(asked) and all(one.outcome is not Outcome.MET for one in asked)
    return ComparedItem(
        item, judged, len(shown) > 1, none_meets, tuple(_item_cautions(item, judged, sheets))
    )


def _item_cautions(
    item: Item, judged: Sequence[Judged | None], sheets: Sequence[Sheet]
) -> Iterator[str]:
    versions = {
        sheet.framework.item(item.id) if sheet.framework.has_item(item.id) else None
        for sheet in sheets
        if sheet.framework.hash != sheets[0].framework.hash
    }
    if versions and versions != {item}:
        yield Caution.VERSION
    outcomes = {one.outcome for one in judged if one is not None}
    if outcomes & {Outcome.SET_ASIDE, Outcome.SET_ASIDE_PENDING, Outcome.NOT_ASKED}:
        yield Caution.SET_ASIDE
    if outcomes & {Outcome.UNANSWERED, Outcome.UNKNOWN}:
        yield Caution.COMPLETENESS


def _cautions(sheets: Sequence[Sheet]) -> Iterator[Caution]:
    if len({sheet.framework.hash for sheet in sheets}) > 1:
        yield Caution.VERSION
    overall = [sheet.scores.overall for sheet in sheets]
    if _spread([float(line.completeness[0]) for line in overall]) > COMPLETENESS_GAP:
        yield Caution.COMPLETENESS
    if _spread([float(line.set_aside_share[0]) for line in overall]) > SET_ASIDE_GAP:
        yield Caution.SET_ASIDE
    if len({sheet.assessment.state for sheet in sheets}) > 1:
        yield Caution.STATE


def _spread(values: Sequence[float]) -> float:
    known = [value for value in values if value == value]
    return max(known) - min(known) if known else 0.0
