"""Strict reading of YAML: no repeated keys, no aliases, and a line number for every path."""

from collections.abc import Iterator
from typing import Any

import yaml
from yaml.constructor import ConstructorError, SafeConstructor

from assessment.domain.errors import Fault, Refused
from assessment.domain.file_places import Path

# The parser in C reads ten times as fast; where it was not built, the one in Python does.
_PARSER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LARGEST_FILE = 4_000_000
DEEPEST_NESTING = 30


def read_yaml(data: bytes) -> tuple[Any, dict[Path, int]]:
    """Parse ``data`` and return its value with the line of every path in it.

    Raises ``Refused`` with code ``file_too_large``, ``not_utf8``, ``yaml_syntax``,
    ``yaml_alias``, ``yaml_too_deep`` or ``duplicate_key``. Aliases are refused because a few of
    them can stand for gigabytes, deep nesting because it exhausts the stack.
    """
    text = _decode(data)
    try:
        _refuse_traps(text)
        root = yaml.compose(text, Loader=_PARSER)
        if root is None:
            raise Refused([Fault("file_empty")])
        lines = dict(_lines(root, ()))
        return _Values().construct_document(root), lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else None
        detail = error.problem or ""
        raise Refused([Fault("yaml_syntax", line=line, values={"detail": detail})]) from error
    except yaml.YAMLError as error:
        raise Refused([Fault("yaml_syntax", values={"detail": str(error)})]) from error


class _Values(SafeConstructor):
    """A safe constructor whose every complaint about a value names the line."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: ANN401
        try:
            return super().construct_object(node, deep)
        except (ValueError, KeyError, AttributeError, ArithmeticError) as error:
            problem = f"{str(node.value)[:40]!r} is no {node.tag.rpartition(':')[2]}"
            raise ConstructorError(None, None, problem, node.start_mark) from error


def _decode(data: bytes) -> str:
    if len(data) > LARGEST_FILE:
        raise Refused([Fault("file_too_large", values={"limit": f"{LARGEST_FILE:,}"})])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Refused([Fault("not_utf8", line=line)]) from error


def _refuse_traps(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_PARSER):
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.AliasEvent):
            raise Refused([Fault("yaml_alias", line=line)])
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST_NESTING:
            values = {"limit": str(DEEPEST_NESTING)}
            raise Refused([Fault("yaml_too_deep", line=line, values=values)])


def _lines(node: yaml.Node, path: Path) -> Iterator[tuple[Path, int]]:
    yield path, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        yield from _lines_of_mapping(node, path)
    elif isinstance(node, yaml.SequenceNode):
        for position, child in enumerate(node.value):
            yield from _lines(child, (*path, position))


def _lines_of_mapping(node: yaml.MappingNode, path: Path) -> Iterator[tuple[Path, int]]:
    seen: set[str] = set()
    for key, child in node.value:
        name = str(key.value)
        if name in seen:
            place = ".".join(map(str, (*path, name)))
            line = key.start_mark.line + 1
            raise Refused([Fault("duplicate_key", place, line=line, values={"name": name})])
        seen.add(name)
        if not isinstance(child, yaml.ScalarNode):
            yield from _lines(child, (*path, name))
        yield (*path, name), key.start_mark.line + 1
