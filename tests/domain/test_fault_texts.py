"""Every fault that can be raised has words in both languages, and they can be filled in."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import assessment.language
from assessment.domain.errors import Fault, Refused
from assessment.domain.load_framework import load_framework
from assessment.language.translator import LANGUAGES, Translator
from tests.domain.fault_codes import all_codes, framework_codes
from tests.domain.test_load_framework import BROKEN, NOT_FILES
from tests.domain.valid_framework import CLAUSES

LOCALES = Path(assessment.language.__file__).parent / "locale"


def keys_of(name: str) -> set[str]:
    """Keys of a catalogue that have a text."""
    with (LOCALES / f"{name}.po").open("rb") as file:
        return {message.id for message in read_po(file) if message.id and message.string}


@pytest.mark.parametrize("name", ["zh_CN", "en"])
def test_every_fault_that_can_be_raised_says_what_is_wrong(name: str):
    missing = {f"fault.{code}" for code in all_codes()} - keys_of(name)
    assert sorted(missing) == []


@pytest.mark.parametrize("name", ["zh_CN", "en"])
def test_every_fault_of_a_framework_file_says_what_to_do(name: str):
    missing = {f"fault.{code}.fix" for code in framework_codes()} - keys_of(name)
    assert sorted(missing) == []


@cache
def faults_that_happen() -> dict[str, Fault]:
    """One fault of every code that a broken file earns."""
    found: dict[str, Fault] = {}
    for data in [*(broken.text.encode() for broken in BROKEN), *NOT_FILES.values()]:
        with pytest.raises(Refused) as refused:
            load_framework(data, CLAUSES)
        found |= {fault.code: fault for fault in refused.value.faults}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_every_framework_fault_fit_the_values_that_it_carries(language: str):
    translator = Translator(language)
    for code, fault in faults_that_happen().items():
        told = translator.fault(fault)
        assert "fault." not in told, code
        assert not re.search(r"\{[a-z_]+\}", told), code


def test_the_scan_finds_codes_of_every_part_of_the_product():
    assert {"community_exists", "number_grouping", "name_too_long", "missing_key"} <= all_codes()
    assert "wrong_type" in framework_codes()
