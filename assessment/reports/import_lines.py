"""What an import would change, in words: one line for every field that becomes another."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.domain.framework import Framework
from assessment.domain.import_changes import Change, value_of
from assessment.domain.import_register import CommunityChange
from assessment.domain.records import Community
from assessment.language.translator import Translator
from assessment.reports.answer_words import field_words


@dataclass(frozen=True)
class ImportLine:
    """Where, what, and what it was and would be."""

    community: str
    subject: str
    old: str
    new: str


def change_lines(
    text: Translator, framework: Framework, names: Mapping[str, Community], one: Change
) -> ImportLine:
    """One answer or fact: all fields that become another."""
    subject = subject_words(text, framework, one.subject)
    old, new = (_fields(text, framework, one, which) for which in ("old", "new"))
    return ImportLine(names[one.community].name(text.language), subject, old, new)


def register_line(text: Translator, one: CommunityChange) -> ImportLine:
    """One community of the register."""
    new = _register_words(text, one.new, one)
    old = _register_words(text, one.old, one) if one.old else text("value.blank")
    return ImportLine(one.new.name(text.language), text("import.register"), old, new)


def subject_words(text: Translator, framework: Framework, subject: str) -> str:
    """An item with its title, or the label of a fact."""
    if framework.has_item(subject):
        return f"{subject} {framework.item(subject).title.in_language(text.language)}"
    return framework.fact(subject).label.in_language(text.language)


def _fields(text: Translator, framework: Framework, one: Change, which: str) -> str:
    kept = one.old if which == "old" else one.new
    names = [name for name in one.names if name != "to_confirm"]
    if not names:
        return text("import.waits") if kept.to_confirm else text("import.confirmed")
    words = [
        (name, field_words(text, framework, one.subject, name, value_of(kept, name)))
        for name in names
    ]
    if len(words) == 1 and words[0][0] in ("choice", "value"):
        return words[0][1]
    return text("join.change").join(
        text("log.field", field=_label(text, name), value=value) for name, value in words
    )


def _label(text: Translator, name: str) -> str:
    return text(f"difference.{name.removeprefix('detail:')}")


def _register_words(text: Translator, community: Community, one: CommunityChange) -> str:
    place = community.place
    words = {
        "name_zh": community.name_zh,
        "name_en": community.name_en,
        "adcode": " ".join([community.adcode, *community.area[: -1 if community.street else None]]),
        "street": community.street,
        "committees": community.committees,
        "place": f"{place.longitude:.6f}, {place.latitude:.6f}" if place else "",
    }
    return text("join.change").join(words[name] or text("value.blank") for name in one.names)
