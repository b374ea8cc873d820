"""Numbers, dates, plurals and faults in each language's own form."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from assessment.domain.errors import Fault
from assessment.language.translator import Translator, language_of, operator_translator

ZH, EN = Translator("zh"), Translator("en")
MOMENT = datetime(2026, 11, 24, 7, 58, 47, tzinfo=UTC)
BEIJING = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (1240, 0, "1,240"),
        (1234567.891, 2, "1,234,567.89"),
        (29.96, 2, "29.96"),
        (30.0, 2, "30"),
        (0.5, 2, "0.5"),
        (0, 2, "0"),
        (99.9, 0, "100"),
    ],
)
def test_a_number_has_separators_and_no_trailing_zeros(
    value: float, decimals: int, written: str
) -> None:
    assert ZH.number(value, decimals) == EN.number(value, decimals) == written


def test_a_percentage_is_whole() -> None:
    assert ZH.percent(99) == EN.percent(99.0) == "99%"


def test_a_day_is_written_as_people_write_it() -> None:
    assert ZH.day("2026-11-24") == "2026年11月24日"
    assert EN.day("2026-11-24") == "Nov 24, 2026"
    assert ZH.day("") == EN.day("") == ""


def test_a_time_is_that_of_the_readers_zone() -> None:
    assert ZH.time(MOMENT, BEIJING) == EN.time(MOMENT, BEIJING) == "15:58:47"
    assert EN.time(MOMENT, UTC) == "07:58:47"


def test_one_and_many_are_told_apart_where_the_language_does() -> None:
    assert ZH.plural("search.found", 1) == "共 1 个社区"
    assert ZH.plural("search.found", 1240) == "共 1,240 个社区"
    one, many = EN.plural("search.found", 1), EN.plural("search.found", 1240)
    assert one.startswith("1 community")
    assert many.startswith("1,240 communities")


def test_a_fault_says_what_is_wrong_and_what_to_do() -> None:
    fault = Fault("community_exists", "name", values={"name": "桃源", "code": "C00001"})
    for text in (ZH, EN):
        words = text.fault(fault)
        assert "桃源" in words
        assert "C00001" in words
        assert words.endswith(text("fault.community_exists.fix"))


def test_a_fault_without_a_remedy_says_only_what_is_wrong() -> None:
    fault = Fault("item_unknown", item="X-99")
    assert ZH.fault(fault) == ZH("fault.item_unknown", item="X-99")


@pytest.mark.parametrize("typed", ["{0}", "{name}", "{", "}}", "{x!r}", "%s"])
def test_what_people_typed_is_shown_as_typed(typed: str) -> None:
    fault = Fault("number_not_a_number", values={"text": typed})
    assert typed in ZH.fault(fault)
    assert typed in EN("start.go_on", name=typed)


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        (None, "zh"),
        ("", "zh"),
        ("zh", "zh"),
        ("zh-TW", "zh"),
        ("ZH_cn", "zh"),
        ("en", "en"),
        ("en-GB,zh;q=0.5", "en"),
        ("fr", "en"),
        ("../../etc", "en"),
    ],
)
def test_there_are_two_languages_whatever_is_asked(wish: str | None, language: str) -> None:
    assert language_of(wish) == language


def test_the_page_says_its_language_in_the_form_of_html() -> None:
    assert (ZH.html_language, EN.html_language) == ("zh-CN", "en")


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "", "LANG": "en_US.UTF-8"}, "en"),
        ({}, "zh"),
    ],
)
def test_whoever_runs_the_product_is_told_in_the_language_of_the_machine(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    for name in ("LC_ALL", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert operator_translator() == Translator(language)
