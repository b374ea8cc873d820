"""The rules of the house: short functions, short files, one direction of imports, no traps."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assessment.settings import PROJECT

LONGEST_FUNCTION = 40
LONGEST_FILE = 300
FOLDERS = ("assessment", "tools", "tests", "docs", "data", ".ci", ".github", ".streamlit")
TEXT_ENDINGS = {
    "",
    ".cfg",
    ".css",
    ".csv",
    ".html",
    ".ini",
    ".js",
    ".json",
    ".mako",
    ".md",
    ".po",
    ".py",
    ".sh",
    ".svg",
    ".toml",
    ".txt",
    ".yaml",
    ".yml",
}
# Each is written in two parts, so that this file does not find itself.
TRAPS = (
    "unsafe_allow" + "_html",
    "unsafe_allow" + "_javascript",
    "components.v1" + ".html",
    "st.experimental" + "_",
)
LEFT_OVERS = re.compile(
    r"\b(TO" + r"DO|FIX" + r"ME|HA" + r"CK)\b|\bissue" + r" #\d|\bas disc" + r"ussed\b"
)
MACHINE_PATHS = re.compile(
    r"(?<![\w.:/])/(ho" + r"me|Us" + r"ers|ro" + r"ot|wo" + r"rk|tmp/w)/\w|\b[A-Z]:\\\\?Users"
)


def python_files(*folders: str) -> list[Path]:
    """The Python files of these folders."""
    return [path for folder in folders for path in sorted((PROJECT / folder).rglob("*.py"))]


OURS = [*python_files("assessment", "tools"), PROJECT / "streamlit_app.py"]
ALL_PYTHON = [*OURS, *python_files("tests")]


def text_files() -> Iterator[Path]:
    """Every text file of the repository but the outlines of the map."""
    top = [path for path in PROJECT.iterdir() if path.is_file()]
    below = [path for folder in FOLDERS for path in (PROJECT / folder).rglob("*")]
    for path in sorted([*top, *below]):
        if path.is_file() and path.suffix in TEXT_ENDINGS and "__pycache__" not in path.parts:
            yield path


def name_of(path: Path) -> str:
    """The path inside the repository."""
    return str(path.relative_to(PROJECT))


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, also inner ones."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(module) if isinstance(node, kinds)]


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{name_of(path)}:{one.lineno} {one.name}": one.end_lineno - one.lineno + 1
        for path in OURS
        for one in functions(path)
        if one.end_lineno - one.lineno + 1 > LONGEST_FUNCTION
    }
    assert long == {}


def test_no_file_is_too_long_to_read() -> None:
    long = {
        name_of(path): lines
        for path in ALL_PYTHON
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_nothing_draws_unchecked_markup() -> None:
    found = {
        f"{name_of(path)}: {trap}"
        for path in OURS
        for trap in TRAPS
        if trap in path.read_text(encoding="utf-8")
    }
    assert found == set()


def public_parts(path: Path) -> Iterator[tuple[str, ast.AST]]:
    """The module itself, its public functions and classes, and their public methods."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    yield "module", module
    for node in module.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, node
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_"):
                    yield f"{node.name}.{inner.name}", inner
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name[0] != "_":
            yield node.name, node


def test_everything_public_says_what_it_promises() -> None:
    silent = {
        f"{name_of(path)}: {name}"
        for path in OURS
        for name, node in public_parts(path)
        if not ast.get_docstring(node)
    }
    assert silent == set()


@pytest.mark.parametrize("pattern", [LEFT_OVERS, MACHINE_PATHS], ids=["left over", "machine path"])
def test_no_text_holds_left_overs_or_paths_of_one_machine(pattern: re.Pattern[str]) -> None:
    found = {
        f"{name_of(path)}:{number} {match.group()}"
        for path in text_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if (match := pattern.search(line))
    }
    assert found == set()


def test_no_folder_of_pages_stands_beside_the_entry_point() -> None:
    """Streamlit would run its files without the checks of the entry point."""
    assert not (PROJECT / "pages").exists()


def test_imports_run_down_only() -> None:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    ended = subprocess.run(
        [sys.executable, "-c", command, "--no-cache"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_the_rules_of_imports_name_every_part_of_the_package() -> None:
    config = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    layers = set(
        re.findall(r"assessment\.([a-z]+)", config.partition("layers = [")[2].split("]")[0])
    )
    parts = {
        path.stem
        for path in (PROJECT / "assessment").iterdir()
        if (path.is_dir() or path.suffix == ".py") and not path.name.startswith("_")
    }
    assert parts == layers
