"""Every fault code that the product can raise, found in its source."""

import ast
from collections.abc import Iterator
from pathlib import Path

import assessment

_ROOT = Path(assessment.__file__).parent
_READING = (
    "load_framework.py",
    "read_yaml.py",
    "check_framework.py",
)
_RAISERS = {"Fault", "_refused"}


def all_codes() -> set[str]:
    """The codes of the whole product."""
    return {code for path in _ROOT.rglob("*.py") for code in _codes_in(path)}


def framework_codes() -> set[str]:
    """The codes of faults in a framework file."""
    return {code for name in _READING for code in _codes_in(_ROOT / "domain" / name)}


def _codes_in(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _RAISERS:
            yield from _words(node.args[:1])
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "read_text":
            yield from _words(node.args[2:3])
        elif isinstance(node, ast.Assign):
            yield from _assigned(node)
        elif isinstance(node, ast.FunctionDef):
            named = [a.arg for a in node.args.args][-len(node.args.defaults) :]
            pairs = zip(named, node.args.defaults, strict=False)
            yield from _words([value for name, value in pairs if name == "code"])


def _assigned(node: ast.Assign) -> Iterator[str]:
    names = {target.id for target in node.targets if isinstance(target, ast.Name)}
    if "_CODES" in names and isinstance(node.value, ast.Dict):
        yield from _words(node.value.values)
    elif "code" in names:
        yield from _words([node.value])


def _words(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.IfExp):
            yield from _words([node.body, node.orelse])
        elif isinstance(node, ast.Call):
            yield from _words(node.args[1:])
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
            yield node.value
