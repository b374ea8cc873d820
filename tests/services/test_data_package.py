"""The descriptor of the CSV files: a validator finds whole files whole, and broken ones broken."""

import json
from collections.abc import Callable
from pathlib import Path

import frictionless
import pytest
from frictionless import system

from assessment.domain.records import Round
from assessment.language.translator import LANGUAGES, Language
from assessment.services.selection import Selection
from assessment.services.selection_exports import (
    PACKAGE_NAME,
    SELECTION_KINDS,
    package_export,
    selection_export,
)
from assessment.store.engine import Store
from tests.services.files import register_hostile, sample_round, wish

BEIJING = Selection(adcode="110000")


def download(
    store: Store, folder: Path, one: Round, language: Language, selection: Selection | None = None
) -> dict[str, Path]:
    """Everything into one folder, under the names that a browser would give."""
    wanted = wish(one, selection, language)
    paths = {}
    for kind in SELECTION_KINDS:
        export = selection_export(store, wanted, kind, "csv")
        assert export is not None
        paths[kind] = folder / export.name
        paths[kind].write_bytes(b"".join(export.lines))
    package = package_export(store, wanted)
    assert package is not None
    (folder / package.name).write_bytes(b"".join(package.lines))
    return paths


def faults(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the validator finds."""
    monkeypatch.chdir(folder)
    with system.use_context(trusted=False):
        report = frictionless.validate(PACKAGE_NAME)
    found = [str(one) for one in report.flatten(["type", "message"])]
    assert report.valid == (found == [])
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("selection", [None, BEIJING, Selection(standing="blocked")])
def test_files_of_the_sample_are_valid(
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: Language,
    selection: Selection | None,
) -> None:
    download(store, tmp_path, sample_round(store), language, selection)
    assert faults(tmp_path, monkeypatch) == []


def test_files_with_hostile_names_are_valid(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    download(store, tmp_path, register_hostile(store), "zh")
    assert faults(tmp_path, monkeypatch) == []


def cut_off(content: bytes) -> bytes:
    """Ended after a whole row, as a broken download might."""
    return content[: content.rindex(b"\r\n", 0, len(content) - 2) + 2]


def letters_for_a_number(content: bytes) -> bytes:
    """A word where a credit stands."""
    assert b",1.0," in content
    return content.replace(b",1.0,", b",much,", 1)


def another_column(content: bytes) -> bytes:
    """A code that nobody knows."""
    return content.replace(b"low_percent", b"lowest", 1) if b"low_percent" in content else b"\n\n"


def twice(content: bytes) -> bytes:
    """The last row again."""
    return content + content[content.rindex(b"\r\n", 0, len(content) - 2) + 2 :]


@pytest.mark.parametrize(
    ("kind", "damage"),
    [
        ("communities", cut_off),
        ("answers", cut_off),
        ("coverage", cut_off),
        ("answers", letters_for_a_number),
        ("communities", another_column),
        ("matrix", another_column),
        ("communities", twice),
    ],
)
def test_a_damaged_file_is_noticed(
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    damage: Callable[[bytes], bytes],
) -> None:
    path = download(store, tmp_path, sample_round(store), "en")[kind]
    path.write_bytes(damage(path.read_bytes()))
    assert faults(tmp_path, monkeypatch)


def test_every_field_has_its_words(store: Store, tmp_path: Path) -> None:
    download(store, tmp_path, sample_round(store), "zh")
    package = json.loads((tmp_path / PACKAGE_NAME).read_text(encoding="utf-8"))
    assert [one["name"] for one in package["resources"]] == list(SELECTION_KINDS)
    for one in package["resources"]:
        assert (one["encoding"], one["schema"]["missingValues"]) == ("utf-8", [""])
        assert (one["dialect"]["commentRows"], one["dialect"]["headerRows"]) == ([1], [2])
        for field in one["schema"]["fields"]:
            assert field["title"]
            assert field["description"]
    kinds = {
        field["name"]: field["type"]
        for one in package["resources"]
        for field in one["schema"]["fields"]
    }
    assert (kinds["low_percent"], kinds["adcode"], kinds["exported_at"]) == (
        "number",
        "string",
        "datetime",
    )
