"""Frameworks and what changes in them, in words."""

import re
from collections.abc import Mapping

from assessment.domain.errors import Fault
from assessment.domain.framework import Framework, Text
from assessment.domain.upgrading import Field, ItemUpgrade, Upgrade, Value
from assessment.language.translator import Translator
from assessment.reports.framework_workbook import column_label

# Paths with the id or place of a part in them: steps.open.label.
_PART = re.compile(
    r"^(steps|ticks|options|guidance|means|programme|unused|themes)\.([a-z0-9_]+)(?:\.|$)"
)
_GROUP = re.compile(r"^groups\.([a-z0-9_]+)\.")
_SIGNS: Mapping[Upgrade, str] = {
    Upgrade.NEW: "＋",
    Upgrade.REMOVED: "－",
    Upgrade.THRESHOLD: "△",
    Upgrade.ANSWERS: "△",
    Upgrade.REWORDED: "≈",
    Upgrade.WEIGHT: "⚖",
    Upgrade.BESIDE: "·",
    Upgrade.UNCHANGED: "＝",
}


def framework_name(text: Translator, framework: Framework) -> str:
    """Title, version and the beginning of the content hash."""
    version = text("rounds.version", version=framework.version, hash=framework.hash[:8])
    return f"{framework.title.in_language(text.language)} {version}"


def upgrade_words(text: Translator, one: Upgrade) -> str:
    """What a version does to an item, with its sign."""
    return f"{_SIGNS[one]} {text(f'upgrade.{one}')}"


def upgrades_words(text: Translator, one: ItemUpgrade) -> str:
    """All that a version does to an item, the gravest first."""
    return text("join.list").join(
        upgrade_words(text, each) for each in Upgrade if each in one.upgrades
    )


def field_words(text: Translator, field: Field) -> str:
    """Which part of an item, fact or framework a field is."""
    parts, rest = [], field.path
    for pattern in (_PART, _GROUP):
        found = pattern.match(rest)
        if found:
            name = found.group(1) if pattern is _PART else "groups"
            parts.append(f"{text(f'framework_field.{name}')} {found.group(found.lastindex or 0)}")
            rest = rest[found.end() :]
    if rest:
        parts.append(text(f"framework_field.{rest}"))
    return " ".join(parts)


def value_words(text: Translator, path: str, value: Value) -> str:
    """What a field holds: a text in the reader's language, a code in words, or a figure."""
    if isinstance(value, Text):
        return value.in_language(text.language)
    if value and path in ("role", "kind"):
        return text(f"framework_value.{value}")
    if value and path in ("means", "example"):
        return text("frameworks.yes")
    return value or text("frameworks.none")


def column_words(text: Translator, fault: Fault) -> str:
    """The column of a fault: its letter and heading; in a text file the key."""
    if not (fault.column or fault.letter):
        return "" if fault.sheet else fault.place
    label = column_label(text, fault.column) if fault.column else ""
    return f"{fault.letter} {label}".strip()
