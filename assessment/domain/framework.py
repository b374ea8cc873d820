"""The checklist as data: themes, groups, items, weights and gates.

Everything here is frozen. A framework is read by ``load_framework`` and identified by id,
version and content hash; an assessment keeps the three for good.
"""

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from assessment.domain.framework_parts import (
    ClauseId,
    Condition,
    Guidance,
    Identifier,
    ItemId,
    LocalThreshold,
    NotApplicable,
    Record,
    Rule,
    Step,
    Text,
    Tick,
    WalkPlace,
    Weight,
)


class Role(StrEnum):
    """How an item counts: gate 底线项, core 基础项, bonus 鼓励项, context 参考项, local 地方项.

    A local item is one that a province or city adds: a line of its own, in no national figure.
    """

    GATE = "gate"
    CORE = "core"
    BONUS = "bonus"
    CONTEXT = "context"
    LOCAL = "local"


class Kind(StrEnum):
    """What an answer to an item looks like."""

    FACILITY = "facility"
    MECHANISM = "mechanism"
    UPKEEP = "upkeep"
    QUANTITY = "quantity"
    SURVEY = "survey"
    REMARK = "remark"


STEPPED = frozenset({Kind.FACILITY, Kind.MECHANISM})


# The fact, and its value, of the communities that a local threshold is for.
EXISTING = ("built", "existing")


class FactKind(StrEnum):
    """What a fact holds."""

    COUNT = "count"
    AREA = "area"
    CHOICE = "choice"


class Option(Record):
    """One of the values that a choice fact can take."""

    id: Identifier
    label: Text


class FactDefinition(Record):
    """A raw figure of the community that staff type once."""

    id: Identifier
    kind: FactKind
    label: Text
    help: Text
    unit: Text | None = None
    options: tuple[Option, ...] = ()


class Item(Record):
    """One thing asked."""

    id: ItemId
    theme: Identifier
    group: Identifier
    role: Role
    kind: Kind
    title: Text
    question: Text
    clauses: tuple[ClauseId, ...]
    weight: Weight = 1.0
    counts: Text | None = None
    counts_not: Text | None = None
    evidence: Literal["none", "note", "file"] = "note"
    evidence_hint: Text | None = None
    not_applicable: NotApplicable | None = None
    applies: Condition | None = None
    actor: Text | None = None
    shelf_life_months: Annotated[int, Field(ge=1, le=120, strict=True)] = 12
    steps: tuple[Step, ...] = ()
    ticks: tuple[Tick, ...] = ()
    rule: Rule | None = None
    guidance: tuple[Guidance, ...] = ()
    means: Annotated[bool, Field(strict=True)] = False
    place: Identifier | None = None

    @property
    def scored(self) -> bool:
        """Whether the item counts in a theme's score (gates do, as core items do)."""
        return self.role in (Role.GATE, Role.CORE) and self.kind not in (Kind.SURVEY, Kind.REMARK)

    @property
    def is_apart(self) -> bool:
        """Whether the item counts on a line of its own, outside the score."""
        return self.role in (Role.BONUS, Role.LOCAL)


class Group(Record):
    """Items that are answered together."""

    id: Identifier
    title: Text


class Theme(Record):
    """One of the subjects of the notice."""

    id: Identifier
    title: Text
    short: Text
    weight: Weight = 1.0
    paragraph: str = ""
    groups: tuple[Group, ...]


class Means(Record):
    """A way to make up a shortfall that the notice permits (P4)."""

    id: Identifier
    label: Text
    clauses: tuple[ClauseId, ...]


class UsualAction(Record):
    """How a gap is usually closed: offered while planning, never scored.

    It is for the items that it names, else for every item of its kinds that no action names.
    ``unit`` is what its amount is counted in; ``months`` is our own estimate of how long it takes;
    ``adds_area`` is false where rooms that are there are turned over to residents.
    """

    id: Identifier
    kinds: tuple[Kind, ...] = ()
    items: tuple[ItemId, ...] = ()
    means: Identifier | None = None
    words: Text
    unit: Text
    months: Annotated[int, Field(ge=1, le=120, strict=True)]
    adds_area: Annotated[bool, Field(strict=True)] = True


class ProgrammePart(Record):
    """What the notice asks of province, city and ministry: shown, never scored."""

    id: Identifier
    title: Text
    clauses: tuple[ClauseId, ...]


class Unused(Record):
    """Clauses that no item asks about, with the reason."""

    clauses: tuple[ClauseId, ...]
    reason: Text


class Linked(Record):
    """Two quantity items whose shortfalls have to be made up together."""

    area: ItemId
    share: ItemId


class Base(Record):
    """The framework that a local one extends, down to its content."""

    id: Identifier
    version: Annotated[str, Field(min_length=1)]
    hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Framework(Record):
    """A whole checklist. ``hash`` is the SHA-256 of its content, independent of layout.

    ``places`` are in the order of the walk; an item without one comes after all of them.
    """

    id: Identifier
    version: Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)*$")]
    date: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    title: Text
    source: Text
    weights_note: Text
    complete_from: Annotated[float, Field(ge=0, le=100, strict=True)]
    score_from_completeness: Annotated[float, Field(ge=0, le=1, strict=True)]
    not_applicable_flag: Annotated[float, Field(ge=0, le=1, strict=True)]
    facts: tuple[FactDefinition, ...]
    means: tuple[Means, ...] = ()
    actions: tuple[UsualAction, ...] = ()
    linked: Linked | None = None
    places: tuple[WalkPlace, ...] = ()
    themes: tuple[Theme, ...]
    items: tuple[Item, ...]
    programme: tuple[ProgrammePart, ...] = ()
    unused: tuple[Unused, ...] = ()
    extends: Base | None = None
    example: Annotated[bool, Field(strict=True)] = False
    hash: str = ""

    @cached_property
    def _items_by_id(self) -> dict[str, Item]:
        return {item.id: item for item in self.items}

    def item(self, item_id: str) -> Item:
        """The item with this id; ``KeyError`` if there is none."""
        return self._items_by_id[item_id]

    def has_item(self, item_id: str) -> bool:
        """Whether the framework asks this item."""
        return item_id in self._items_by_id

    def theme(self, theme_id: str) -> Theme:
        """The theme with this id; ``KeyError`` if there is none."""
        return {theme.id: theme for theme in self.themes}[theme_id]

    def items_of(self, theme_id: str, group_id: str | None = None) -> tuple[Item, ...]:
        """The items of a theme, or of one of its groups, in the order of the file."""
        return tuple(
            item for item in self.items if item.theme == theme_id and group_id in (None, item.group)
        )

    def fact(self, fact_id: str) -> FactDefinition:
        """The definition of a fact; ``KeyError`` if the framework does not ask for it."""
        return {fact.id: fact for fact in self.facts}[fact_id]

    @property
    def local_items(self) -> tuple[Item, ...]:
        """The items on the local line, in the order of the file."""
        return tuple(item for item in self.items if item.role is Role.LOCAL)

    @cached_property
    def gates(self) -> tuple[Item, ...]:
        """The must-pass items, in the order of the file."""
        return tuple(item for item in self.items if item.role is Role.GATE)


__all__ = [
    "EXISTING",
    "STEPPED",
    "Base",
    "ClauseId",
    "Condition",
    "FactDefinition",
    "FactKind",
    "Framework",
    "Group",
    "Guidance",
    "Identifier",
    "Item",
    "ItemId",
    "Kind",
    "Linked",
    "LocalThreshold",
    "Means",
    "NotApplicable",
    "Option",
    "ProgrammePart",
    "Record",
    "Role",
    "Rule",
    "Step",
    "Text",
    "Theme",
    "Tick",
    "Unused",
    "WalkPlace",
    "Weight",
]
