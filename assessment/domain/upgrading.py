"""What another version of a framework changes, item by item, and what must be confirmed again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assessment.domain.formulas import FORMULAS
from assessment.domain.framework import EXISTING, FactDefinition, Framework, Item, Record, Text

Value = Text | str


class Upgrade(StrEnum):
    """What a version does to an item; one item can have several of them.

    ``ANSWERS`` is another choice of answers, credit, formula or condition; ``WEIGHT`` another
    weight or role; ``BESIDE`` what stands around the question: group, evidence, clauses, hints.
    """

    NEW = "new"
    REMOVED = "removed"
    THRESHOLD = "threshold"
    ANSWERS = "answers"
    REWORDED = "reworded"
    WEIGHT = "weight"
    BESIDE = "beside"
    UNCHANGED = "unchanged"


# What was said may no longer be what the item asks now.
TOUCHES = frozenset({Upgrade.THRESHOLD, Upgrade.ANSWERS, Upgrade.REWORDED})
_REWORDED = ("title", "question", "counts", "counts_not", "rule.unit", "rule.base")
_WEIGHT = ("weight", "role")
_ANSWERS = ("kind", "rule.formula", "rule.direction", "applies.fact", "applies.equals")
_WORDED_PARTS = ("steps", "ticks", "not_applicable", "options")
_THRESHOLD = "rule.threshold"
_LOCAL = "rule.local"
# Told apart: items and facts have lists of their own, and every version has other marks.
_NOT_GENERAL = {"items", "facts", "id", "version", "date", "hash", "extends"}


@dataclass(frozen=True)
class Field:
    """One thing that is written otherwise: its path, and both values; empty where there is none."""

    path: str
    before: Value
    after: Value


@dataclass(frozen=True)
class ItemUpgrade:
    """One item in two versions; a side is ``None`` where that version does not ask it."""

    id: str
    before: Item | None
    after: Item | None
    upgrades: frozenset[Upgrade]
    fields: tuple[Field, ...]

    @property
    def item(self) -> Item:
        """The item as it will be, or as it was."""
        found = self.after or self.before
        if found is None:
            raise ValueError(self.id)
        return found

    @property
    def is_touched(self) -> bool:
        """Whether an answer to it must be confirmed again."""
        return bool(self.upgrades & TOUCHES)


def item_upgrades(old: Framework, new: Framework) -> tuple[ItemUpgrade, ...]:
    """Every item of either version, in the order of the new one, then the removed ones."""
    gone = [item.id for item in old.items if not new.has_item(item.id)]
    return tuple(_upgrade(old, new, one) for one in (*(item.id for item in new.items), *gone))


def fact_upgrades(old: Framework, new: Framework) -> Mapping[str, tuple[Field, ...]]:
    """What is written otherwise of the facts that either version asks for."""
    before = {one.id: one for one in old.facts}
    after = {one.id: one for one in new.facts}
    ids = [*after, *(one for one in before if one not in after)]
    found = {one: tuple(_fields(before.get(one), after.get(one))) for one in ids}
    return {one: fields for one, fields in found.items() if fields}


def general_fields(old: Framework, new: Framework) -> tuple[Field, ...]:
    """What is written otherwise of the framework itself: title, themes, pass mark, means."""
    return tuple(field for field in _fields(old, new) if _head(field.path) not in _NOT_GENERAL)


def touched_items(old: Framework, new: Framework) -> frozenset[str]:
    """The items whose answers must be confirmed again."""
    return frozenset(one.id for one in item_upgrades(old, new) if one.is_touched)


def touched_facts(old: Framework, new: Framework) -> frozenset[str]:
    """The facts of both versions whose values must be confirmed again."""
    both = {one.id for one in old.facts} & {one.id for one in new.facts}
    return frozenset(both & set(fact_upgrades(old, new)))


def facts_of(item: Item) -> frozenset[str]:
    """The facts that decide an item."""
    needed = FORMULAS[item.rule.formula].facts if item.rule else ()
    kind = EXISTING[:1] if item.rule and item.rule.local else ()
    return frozenset([*needed, *kind, *([item.applies.fact] if item.applies else [])])


def _upgrade(old: Framework, new: Framework, item_id: str) -> ItemUpgrade:
    before = old.item(item_id) if old.has_item(item_id) else None
    after = new.item(item_id) if new.has_item(item_id) else None
    if before is None or after is None:
        only = Upgrade.NEW if before is None else Upgrade.REMOVED
        return ItemUpgrade(item_id, before, after, frozenset({only}), ())
    fields = tuple(_fields(before, after))
    upgrades = frozenset(map(_upgrade_of, fields)) or frozenset({Upgrade.UNCHANGED})
    return ItemUpgrade(item_id, before, after, upgrades, fields)


def _upgrade_of(field: Field) -> Upgrade:
    if field.path == _THRESHOLD and field.before and field.after:
        return Upgrade.THRESHOLD
    if field.path.startswith(_LOCAL):
        is_words = isinstance(field.before, Text) and isinstance(field.after, Text)
        return Upgrade.REWORDED if is_words else Upgrade.THRESHOLD
    if field.path in _WEIGHT:
        return Upgrade.WEIGHT
    if field.path in _ANSWERS or field.path == _THRESHOLD:
        return Upgrade.ANSWERS
    if _head(field.path) in _WORDED_PARTS:
        both = isinstance(field.before, Text) and isinstance(field.after, Text)
        return Upgrade.REWORDED if both else Upgrade.ANSWERS
    return Upgrade.REWORDED if field.path in _REWORDED else Upgrade.BESIDE


def _head(path: str) -> str:
    return path.partition(".")[0]


def _fields(
    before: Item | FactDefinition | Framework | None,
    after: Item | FactDefinition | Framework | None,
) -> Iterator[Field]:
    old, new = dict(_flat(before, "")), dict(_flat(after, ""))
    for path in dict.fromkeys([*new, *old]):
        one, other = old.get(path, ""), new.get(path, "")
        if not _alike(path, one, other):
            yield Field(path, one, other)


def _alike(path: str, one: Value, other: Value) -> bool:
    if path == _THRESHOLD and isinstance(one, str) and isinstance(other, str) and one and other:
        return Fraction(one) == Fraction(other)
    return one == other


def _flat(value: object, path: str) -> Iterator[tuple[str, Value]]:
    """Every text and figure by its path: ``steps.open.label``; parts that have no id by place."""
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            yield from _flat(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, tuple):
        yield from _flat_list(value, path)
    elif value is True:
        yield path, "yes"
    elif value not in (None, "", False):
        yield path, f"{value:.15g}" if isinstance(value, float) else str(value)


def _flat_list(values: tuple[object, ...], path: str) -> Iterator[tuple[str, Value]]:
    if values and all(isinstance(one, str) for one in values):
        yield path, ", ".join(map(str, values))
        return
    for place, one in enumerate(values, start=1):
        yield from _flat(one, f"{path}.{getattr(one, 'id', place)}")
