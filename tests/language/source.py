"""What the source says of texts: keys that are written out, keys that are put together, faults."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assessment.settings import PROJECT

SOURCE = PROJECT / "assessment"
TRANSLATOR = "assessment/language/translator.py"
_TRANSLATORS = ("text", "plural")
# In the store ``text`` is SQL.
_WITHOUT_TEXTS = ("assessment/store/", "assessment/domain/")


@dataclass(frozen=True)
class Use:
    """One look-up of a text: the pattern of its key, and the values that are filled in.

    ``{}`` in a pattern stands for what is known only at run time; a pattern without a dot is
    the name of a variable. ``values`` is ``None`` where they cannot be read off.
    """

    file: str
    line: int
    pattern: str
    values: frozenset[str] | None


@dataclass(frozen=True)
class FaultUse:
    """One fault that the source makes: its code and the names of its values."""

    file: str
    line: int
    code: str
    values: frozenset[str]


@lru_cache(maxsize=1)
def modules() -> dict[str, ast.Module]:
    """Every module of the package by its path."""
    return {
        str(path.relative_to(PROJECT)): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(SOURCE.rglob("*.py"))
    }


def uses() -> list[Use]:
    """Every look-up of a text in the package."""
    return [
        Use(file, node.lineno, _pattern(node.args[0]), _values(node))
        for file, module in modules().items()
        if not file.startswith(_WITHOUT_TEXTS)
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and node.args and _is_look_up(node)
    ]


def constants(file: str) -> set[str]:
    """Every text constant of a module."""
    return {
        node.value
        for node in ast.walk(modules()[file])
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def assigned(path: Path, name: str) -> tuple[str, ...]:
    """The texts in the tuple that a module assigns to ``name``, without running the module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return tuple(ast.literal_eval(node.value))
    raise LookupError(name)


def first_arguments(callee: str, place: int = 0) -> set[str]:
    """Every text that the package gives to calls of ``callee`` as its n-th argument."""
    return {
        constant
        for module in modules().values()
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == callee
        and len(node.args) > place
        for constant in _texts(node.args[place])
    }


def faults() -> list[FaultUse]:
    """Every fault with a code that is written out, at the place where it is made."""
    found: list[FaultUse] = []
    for file, module in modules().items():
        for function in ast.walk(module):
            if isinstance(function, ast.FunctionDef):
                found += _faults_in(file, function)
    return found


def _faults_in(file: str, function: ast.FunctionDef) -> Iterator[FaultUse]:
    for node in ast.walk(function):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = ast.unparse(node.func)
        if name == "Fault":
            values = _fault_values(function, node)
        elif name == "_refused":
            values = {"text", *(one.arg for one in node.keywords if one.arg)}
        else:
            continue
        for code in _codes(function, node.args[0]):
            yield FaultUse(file, node.lineno, code, frozenset(values))


def _codes(function: ast.FunctionDef, argument: ast.expr) -> set[str]:
    """The codes that an argument can be, through one assignment in the same function."""
    if isinstance(argument, ast.Name):
        return {
            code
            for node in ast.walk(function)
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == argument.id
            for code in _branches(node.value)
        }
    return _branches(argument)


def _branches(value: ast.expr) -> set[str]:
    """The texts that an expression can be: a constant, or either side of a condition."""
    if isinstance(value, ast.IfExp):
        return _branches(value.body) | _branches(value.orelse)
    return {value.value} if isinstance(value, ast.Constant) else set()


def _fault_values(function: ast.FunctionDef, call: ast.Call) -> set[str]:
    given = next((one.value for one in call.keywords if one.arg == "values"), None)
    if isinstance(given, ast.Dict):
        return _keys(given)
    if not isinstance(given, ast.Name):
        return set()
    before = [
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        and ast.unparse(node.targets[0]) == given.id
        and isinstance(node.value, ast.Dict)
        and node.lineno < call.lineno
    ]
    return _keys(max(before, key=lambda node: node.lineno)) if before else set()


def _keys(literal: ast.Dict) -> set[str]:
    return {key.value for key in literal.keys if isinstance(key, ast.Constant)}


def _is_look_up(call: ast.Call) -> bool:
    callee = call.func
    if isinstance(callee, ast.Name):
        return callee.id in _TRANSLATORS
    if isinstance(callee, ast.Attribute):
        return callee.attr in _TRANSLATORS
    return isinstance(callee, ast.Call) and ast.unparse(callee.func).endswith("translator")


def _pattern(key: ast.expr) -> str:
    if isinstance(key, ast.Constant):
        return str(key.value)
    if isinstance(key, ast.JoinedStr):
        parts = (str(one.value) if isinstance(one, ast.Constant) else "{}" for one in key.values)
        return "".join(parts)
    return ast.unparse(key)


def _values(call: ast.Call) -> frozenset[str] | None:
    if any(one.arg is None for one in call.keywords):
        return None
    return frozenset(one.arg for one in call.keywords if one.arg)


def _texts(node: ast.AST) -> set[str]:
    return {
        one.value
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }
