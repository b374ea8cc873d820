"""Changes to the shipped framework, each of a kind that a new version can bring."""

import json
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from itertools import count
from typing import Any

import yaml

from assessment.services.setup import FRAMEWORK_FILE
from assessment.settings import PROJECT

SHIPPED = PROJECT / "data" / "frameworks" / FRAMEWORK_FILE
Content = dict[str, Any]
_versions = count(10)


def item_of(content: Content, item_id: str) -> Content:
    return next(one for one in content["items"] if one["id"] == item_id)


def other_weights(content: Content) -> None:
    item_of(content, "F-01")["weight"] = 3.0
    content["themes"][1]["weight"] = 2.5
    content["complete_from"] = 60


def other_threshold(content: Content) -> None:
    item_of(content, "F-06")["rule"]["threshold"] = "41.5"


def other_credit(content: Content) -> None:
    for step in content["step_sets"]["facility"][1:-1]:
        step["credit"] = 0.25


def other_condition(content: Content) -> None:
    del item_of(content, "E-05")["applies"]


def other_gate(content: Content) -> None:
    item_of(content, "F-08")["role"] = "gate"


def no_longer_set_aside(content: Content) -> None:
    for item in content["items"]:
        item.pop("not_applicable", None)


def item_added(content: Content) -> None:
    new = {**item_of(content, "F-08"), "id": "F-90"}
    asked_of_some = {**item_of(content, "F-19"), "id": "F-91"}
    content["items"].insert(3, new)
    content["items"].append(asked_of_some)


def items_removed(content: Content) -> None:
    gone = {"F-08", "E-16", "G-05"}
    content["items"] = [one for one in content["items"] if one["id"] not in gone]


def items_turned_round(content: Content) -> None:
    content["items"].reverse()


def theme_removed(content: Content) -> None:
    content["themes"] = [one for one in content["themes"] if one["id"] != "smart"]
    content["items"] = [one for one in content["items"] if one["theme"] != "smart"]


def fact_removed(content: Content) -> None:
    content["facts"] = [one for one in content["facts"] if one["id"] != "land_area"]


Edit = Callable[[Content], None]
EDITS: tuple[Edit, ...] = (
    other_weights,
    other_threshold,
    other_credit,
    other_condition,
    other_gate,
    no_longer_set_aside,
    item_added,
    items_removed,
    items_turned_round,
    theme_removed,
    fact_removed,
)


@cache
def shipped() -> Content:
    """The framework that ships with the product, as it stands in the file."""
    return yaml.safe_load(SHIPPED.read_bytes())


def edited(*edits: Edit) -> bytes:
    """The shipped framework with changes, under a version of its own."""
    content = deepcopy(shipped())
    for edit in edits:
        edit(content)
    _let_go_of_items(content)
    content["version"] = f"{next(_versions)}.0"
    return json.dumps(content, ensure_ascii=False).encode()


def _let_go_of_items(content: Content) -> None:
    """Actions name no item that is gone, and none is left for nothing."""
    known = {one["id"] for one in content["items"]}
    for action in content["actions"]:
        if "items" in action:
            action["items"] = [one for one in action["items"] if one in known]
    content["actions"] = [one for one in content["actions"] if one.get("items") or one.get("kinds")]
