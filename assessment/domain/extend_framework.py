"""A local file that extends the national framework: what it may say, and the whole that it makes.

It may add items, which count on a line of their own, and set thresholds for existing communities
with a stated ground. Everything national stays as it is.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from assessment.domain.errors import Fault, Refused
from assessment.domain.file_places import Path, Place
from assessment.domain.framework import Framework, Role
from assessment.domain.upgrading import (
    Upgrade,
    fact_upgrades,
    general_fields,
    item_upgrades,
)

FindBase = Callable[[str, str], Framework | None]
_OWN = ("id", "version", "date", "title", "source", "example")
_PARTS = ("extends", "thresholds", "groups", "items", "step_sets", "tick_sets")
_LOCAL = "rule.local."
# What the whole may say otherwise than its base; titles of added groups are told by their path.
_OWN_FIELDS = ("title", "source", "example")


def no_base(_id: str, _version: str) -> Framework | None:
    """Where no framework can be extended."""
    return None


def is_local_file(content: Mapping[str, Any]) -> bool:
    """Whether a file only says what it adds to another framework."""
    return "extends" in content and "themes" not in content


def extended(
    content: dict[str, Any], places: dict[Path, Place], find_base: FindBase
) -> tuple[dict[str, Any], dict[Path, Place]]:
    """The whole content that a local file makes with its base, and the places in the local file.

    Raises ``Refused`` with what the local file may not say.
    """
    base = _base_of(content, find_base)
    whole = base.model_dump(mode="json", exclude={"hash", "extends", "example"})
    faults = [*_not_allowed(content, places, base)]
    first = len(base.items)
    own = {name: content[name] for name in _OWN if name in content}
    for name in ("id", "version", "date", "title", "source"):
        whole.pop(name)
    extends = {"id": base.id, "version": base.version, "hash": base.hash}
    whole |= {**own, "extends": extends, **{k: content[k] for k in _PARTS[4:] if k in content}}
    faults += _set_thresholds(whole, content, places)
    faults += _add_groups(whole, content, places)
    whole["items"] += _list(content, "items")
    if faults:
        raise Refused(faults)
    return whole, {_moved(path, first): place for path, place in places.items()}


def check_extended(framework: Framework, base: Framework) -> Iterator[Fault]:
    """Whatever of the base a local framework changed, however it was written."""
    for one in item_upgrades(base, framework):
        if one.before is None:
            if one.item.role not in (Role.LOCAL, Role.CONTEXT):
                yield Fault("local_item_role", "role", one.id, values={"role": one.item.role})
        elif Upgrade.REMOVED in one.upgrades:
            yield Fault("local_item_removed", "items", values={"id": one.id})
        elif any(not field.path.startswith(_LOCAL) for field in one.fields):
            yield Fault("local_item_changed", "id", one.id)
    known = {
        f"themes.{theme.id}.groups.{group.id}" for theme in base.themes for group in theme.groups
    }
    for path in fact_upgrades(base, framework):
        yield Fault("local_part_changed", "facts", values={"name": path})
    for field in general_fields(base, framework):
        is_new_group = ".groups." in field.path and ".".join(field.path.split(".")[:4]) not in known
        if not (is_new_group or field.path.startswith(_OWN_FIELDS)):
            yield Fault("local_part_changed", field.path, values={"name": field.path})


def _base_of(content: Mapping[str, Any], find_base: FindBase) -> Framework:
    wanted = content["extends"]
    named = wanted if isinstance(wanted, dict) else {}
    values = {"id": str(named.get("id", "")), "version": str(named.get("version", ""))}
    base = find_base(values["id"], values["version"])
    if base is None or base.extends is not None:
        raise Refused([Fault("extends_unknown", "extends", values=values)])
    return base


def _not_allowed(
    content: Mapping[str, Any], places: Mapping[Path, Place], base: Framework
) -> Iterator[Fault]:
    for name in content:
        if name not in (*_OWN, *_PARTS):
            yield Fault("local_key", name, line=_line(places, name), values={"name": str(name)})
    for name in ("thresholds", "groups", "items"):
        found = content.get(name, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            values = {"name": name, "value": str(found)[:60]}
            yield Fault("wrong_type", name, line=_line(places, name), values=values)
    for k, item in enumerate(_list(content, "items")):
        item_id, line = str(item.get("id", "")), _line(places, "items", k)
        if base.has_item(item_id):
            yield Fault("local_item_changed", "id", item_id, line)
        elif item.get("role") not in (Role.LOCAL, Role.CONTEXT):
            values = {"role": str(item.get("role", ""))}
            yield Fault("local_item_role", "role", item_id, line, values=values)


def _set_thresholds(
    whole: dict[str, Any], content: Mapping[str, Any], places: Mapping[Path, Place]
) -> Iterator[Fault]:
    items = {one["id"]: one for one in whole["items"]}
    for k, one in enumerate(_list(content, "thresholds")):
        line, item_id = _line(places, "thresholds", k), str(one.get("item", ""))
        rule = items.get(item_id, {}).get("rule")
        unknown = set(one) - {"item", "communities", "threshold", "ground"}
        if rule is None:
            yield Fault("local_threshold_item", "thresholds", line=line, values={"id": item_id})
        elif one.get("communities") != "existing":
            yield Fault("local_threshold_new", "thresholds", item_id, line)
        elif not isinstance(one.get("ground"), dict) or not all(one["ground"].values()):
            yield Fault("local_ground_missing", "thresholds", item_id, line)
        elif unknown or not one.get("threshold"):
            name = ", ".join(sorted(map(str, unknown))) or "threshold"
            values = {"name": name}
            yield Fault("local_threshold_key", "thresholds", item_id, line, values=values)
        else:
            rule["local"] = {"threshold": one["threshold"], "ground": one["ground"]}


def _add_groups(
    whole: dict[str, Any], content: Mapping[str, Any], places: Mapping[Path, Place]
) -> Iterator[Fault]:
    themes = {one["id"]: one for one in whole["themes"]}
    for k, one in enumerate(_list(content, "groups")):
        theme = themes.get(str(one.get("theme", "")))
        if theme is None:
            line = _line(places, "groups", k)
            values = {"id": str(one.get("theme", ""))}
            yield Fault("local_group_theme", "groups", line=line, values=values)
        else:
            theme["groups"].append({key: one[key] for key in one if key != "theme"})


def _list(content: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The parts of a list; anything else is refused by the framework itself or left out."""
    found = content.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _line(places: Mapping[Path, Place], *path: str | int) -> int | None:
    return places[path].line if path in places else None


def _moved(path: Path, first: int) -> Path:
    """Own items stand behind those of the base."""
    if len(path) > 1 and path[0] == "items" and isinstance(path[1], int):
        return ("items", first + path[1], *path[2:])
    return path
