"""What is wrong with a checklist file is said in plain words, in both languages."""

from pathlib import Path

import pytest

from assessment.commands import main
from assessment.domain.errors import Refused
from assessment.domain.load_framework import load_framework
from assessment.language.translator import LANGUAGES, Translator
from assessment.services.setup import FRAMEWORK_FILE
from assessment.settings import PROJECT

SHIPPED = (PROJECT / "data" / "frameworks" / FRAMEWORK_FILE).read_text(encoding="utf-8")
BROKEN = [
    ("complete_from: 80\n", "", "missing_key", "complete_from"),
    ("complete_from: 80\n", "complete_from: 80\ncolour: red\n", "unknown_key", "colour"),
    ("complete_from: 80\n", "complete_from: many\n", "wrong_type", "many"),
    ("complete_from: 80\n", "complete_from: 800\n", "out_of_range", "800"),
    ("score_from_completeness: 0.5", "score_from_completeness: -1", "out_of_range", "-1"),
    ('version: "1.2"', 'version: "one"', "bad_form", "one"),
    ('date: "2026-11-24"', 'date: "2026-02-31"', "bad_form", "2026-02-31"),
    ("    role: gate\n", "    role: golden\n", "not_one_of", "golden"),
    ("    evidence: note\n", "    evidence: video\n", "not_one_of", "video"),
    ('zh: "完整社区建设自评清单"', 'zh: ""', "empty_text", "zh"),
    ("id: complete_community\n", "id: complete_community\nid: two\n", "duplicate_key", "id"),
    ("id: complete_community\n", "id: [complete_community\n", "yaml_syntax", ""),
]


def broken(old: str, new: str) -> bytes:
    """The shipped file with its first ``old`` replaced."""
    assert old in SHIPPED
    return SHIPPED.replace(old, new, 1).encode()


@pytest.mark.parametrize(("old", "new", "code", "named"), BROKEN)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fault_is_said_with_what_it_is_about(
    language: str, old: str, new: str, code: str, named: str
) -> None:
    with pytest.raises(Refused) as refused:
        load_framework(broken(old, new))
    (fault,) = [one for one in refused.value.faults if one.code == code]
    words = Translator(language).fault(fault)
    assert named in words
    assert "fault." not in words
    assert fault.line is not None or code == "missing_key"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_says_where_what_and_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_bytes(broken("    role: gate\n", "    role: golden\n"))
    assert main(["check-framework", str(file), "--lang", language]) == 1
    first, last = capsys.readouterr().out.strip().splitlines()
    assert first.startswith("mine.yaml")
    assert "golden" in first
    assert "F-01" in first
    assert last == Translator(language).plural("command.faults", 1)


def test_the_command_is_content_with_the_shipped_file(
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = PROJECT / "data" / "frameworks" / FRAMEWORK_FILE
    assert main(["check-framework", str(path), "--lang", "zh"]) == 0
    assert capsys.readouterr().out.count("\n") == 1


def test_the_command_says_so_when_there_is_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check-framework", str(tmp_path / "none.yaml"), "--lang", "en"]) == 1
    assert "none.yaml" in capsys.readouterr().out
