"""YAML → Framework. Every fault has a code, a place and a fix; nothing is guessed."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from assessment.domain.check_framework import check_framework
from assessment.domain.errors import Fault, Refused
from assessment.domain.extend_framework import FindBase, extended, is_local_file, no_base
from assessment.domain.file_places import Path, Place
from assessment.domain.framework import Framework
from assessment.domain.read_yaml import read_yaml

Model = TypeVar("Model", bound=BaseModel)
_SETS = {"steps": "step_sets", "ticks": "tick_sets"}

_CODES = {
    "missing": "missing_key",
    "extra_forbidden": "unknown_key",
    "enum": "not_one_of",
    "literal_error": "not_one_of",
    "string_pattern_mismatch": "bad_form",
    "string_too_short": "empty_text",
    "greater_than": "out_of_range",
    "greater_than_equal": "out_of_range",
    "less_than": "out_of_range",
    "less_than_equal": "out_of_range",
    "finite_number": "out_of_range",
}


def load_framework(
    data: bytes, clauses: Collection[str] | None = None, find_base: FindBase = no_base
) -> Framework:
    """Read one framework file.

    ``clauses`` are the ids of the notice's requirements; with them every clause must be known
    and every requirement must be used, told as programme, or listed with a reason. A local file
    extends the framework that ``find_base`` gives for an id and a version.
    Raises ``Refused`` with every fault that was found.
    """
    content, lines = _read_mapping(data)
    places = {path: Place(line) for path, line in lines.items()}
    if is_local_file(content):
        content, places = extended(content, places, find_base)
    return framework_in(content, places, clauses)


def framework_in(
    content: dict[str, Any], places: Mapping[Path, Place], clauses: Collection[str] | None = None
) -> Framework:
    """The framework that the content of a file is, with ``places`` of what stands in it.

    Raises ``Refused`` with every fault that was found.
    """
    content = dict(content)
    faults = [*_refuse_hash(content), *_fill_in_sets(content)]
    framework = _build(Framework, content, places, faults)
    faults = [_placed(fault, content, places) for fault in check_framework(framework, clauses)]
    if faults:
        raise Refused(_told_once(faults))
    return framework.model_copy(update={"hash": content_hash(framework)})


def load_framework_file(
    path: FilePath, clauses: Collection[str] | None = None, find_base: FindBase = no_base
) -> Framework:
    """Read a framework from a file; ``Refused`` with code ``file_missing`` if it is not there."""
    if not path.is_file():
        raise Refused([Fault("file_missing", values={"file": path.name})])
    return load_framework(path.read_bytes(), clauses, find_base)


def read_record(model: type[Model], data: bytes) -> Model:
    """Read any file of this kind, as strictly as a framework; ``Refused`` with every fault."""
    content, lines = _read_mapping(data)
    places = {path: Place(line) for path, line in lines.items()}
    return _build(model, content, places, list(_refuse_hash(content)))


def content_hash(record: BaseModel) -> str:
    """SHA-256 over the content in a fixed order, so layout and comments do not matter.

    A part that came to the form later is left out where it is empty: earlier files keep their hash.
    """
    plain = record.model_dump(mode="json", exclude={"hash"})
    if isinstance(record, Framework):
        _leave_out_later_keys(plain)
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _leave_out_later_keys(plain: dict[str, Any]) -> None:
    """A file without the keys that came later has the hash that it was published under."""
    for holder, key in [
        *((plain, later) for later in ("places", "actions", "extends", "example")),
        *((item, "place") for item in plain["items"]),
        *((item["rule"], "local") for item in plain["items"] if item["rule"]),
    ]:
        if not holder[key]:
            del holder[key]


def _read_mapping(data: bytes) -> tuple[dict[str, Any], dict[Path, int]]:
    content, lines = read_yaml(data)
    if not isinstance(content, dict):
        raise Refused([Fault("not_a_mapping", line=1)])
    return dict(content), lines


def _build(
    model: type[Model],
    content: dict[str, Any],
    places: Mapping[Path, Place],
    faults: list[Fault],
) -> Model:
    try:
        record = model.model_validate(content)
    except ValidationError as error:
        faults += [_fault_of(detail, content) for detail in error.errors(include_url=False)]
    if faults:
        raise Refused(_told_once(_placed(fault, content, places) for fault in faults))
    return record


def _told_once(faults: Iterable[Fault]) -> Iterator[Fault]:
    """Without the same fault of the same cell: a set of answers is read for each of its items."""
    told = set()
    for fault in faults:
        cell = (fault.code, fault.sheet, fault.line, fault.column)
        if not fault.sheet or cell not in told:
            yield fault
        told.add(cell)


def _refuse_hash(content: dict[str, Any]) -> Iterable[Fault]:
    """The hash is computed; a file that states one would be believed by its reader."""
    if "hash" in content:
        values = {"name": "hash", "value": str(content["hash"])[:60]}
        yield Fault("unknown_key", "hash", values=values)


def _fill_in_sets(content: dict[str, Any]) -> Iterable[Fault]:
    """Replace ``steps: facility`` by the words that ``step_sets.facility`` holds."""
    sets = {key: content.pop(name, {}) for key, name in _SETS.items()}
    items = content.get("items")
    if not isinstance(items, list):
        return
    for position, item in enumerate(items):
        if not isinstance(item, dict):
            continue
        for key, known in sets.items():
            name = item.get(key)
            if not isinstance(name, str):
                continue
            words = known.get(name) if isinstance(known, dict) else None
            if words is None:
                place = f"items[{position}].{key}"
                yield Fault("unknown_set", place, str(item.get("id", "")), values={"name": name})
            items[position] = item = {**item, key: words or []}


def _fault_of(detail: ErrorDetails, content: dict[str, Any]) -> Fault:
    path = tuple(detail["loc"])
    values = {key: str(value) for key, value in (detail.get("ctx") or {}).items()}
    values["value"] = str(detail.get("input"))[:60]
    values["name"] = str(path[-1]) if path else ""
    code = _CODES.get(detail["type"], "wrong_type")
    return Fault(code, _place(path), _item_at(path, content), values=values)


def _place(path: Path) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def _item_at(path: Path, content: dict[str, Any]) -> str:
    if len(path) > 1 and path[0] == "items" and isinstance(path[1], int):
        item = content["items"][path[1]]
        return str(item.get("id", "")) if isinstance(item, dict) else ""
    return ""


def _placed(fault: Fault, content: dict[str, Any], places: Mapping[Path, Place]) -> Fault:
    """Add the place of the deepest part of the fault's path that the file has."""
    path = _path_of(fault, content)
    while path and path not in places:
        path = path[:-1]
    if not path:
        return fault
    line, sheet, column, letter = places[path]
    return replace(fault, line=line, sheet=sheet, column=column, letter=letter)


def _path_of(fault: Fault, content: dict[str, Any]) -> Path:
    if fault.item and not fault.place.startswith("items["):
        ids = [item.get("id") for item in content["items"] if isinstance(item, dict)]
        if fault.item in ids:
            return ("items", ids.index(fault.item), *_split(fault.place))
    return _split(fault.place)


def _split(place: str) -> Path:
    parts = place.replace("[", ".").replace("]", "").split(".")
    return tuple(int(part) if part.isdigit() else part for part in parts if part)
