"""Tables of other people: their columns and their words, as a person says what they mean."""

from collections.abc import Mapping

import pytest

from assessment.domain.import_words import BLANK, ForeignWord, Glossary, foreign_words
from assessment.domain.sheet import Sheet
from assessment.language.translator import LANGUAGES, Language, Translator
from assessment.reports.import_words import words_of
from assessment.services.communities import list_rounds
from assessment.services.import_tables import mapped, read_upload
from assessment.services.importing import ImportWish, Preview, preview
from assessment.store.engine import Store
from tests.services.imports import change_at, codes_of

ZH = Translator("zh")


def brought(
    store: Store, lines: str, columns: Mapping[str, int], community: str, glossary: Glossary
) -> Preview:
    """What a table of other people would change."""
    one = list_rounds(store)[0]
    upload = read_upload("their.csv", lines.encode())
    found = mapped(store, ZH, upload, one.framework, columns)
    return preview(store, ZH, upload, found, ImportWish(one, community, glossary))


def asked_for(seen: Preview) -> dict[str, ForeignWord]:
    """The words that were not understood, as they stand in the file."""
    return {word.shown: word for word in foreign_words(one.fault for one in seen.problems)}


def test_a_word_is_said_once_and_holds_for_every_cell_with_it(store: Store, sheet: Sheet) -> None:
    lines = "项目,情况,说明\nF-01,建成了,甲\nF-03,建成了,\nF-09,/,乙\nF-02,建 成 了,\n"
    columns = {"item": 0, "answer": 1, "note": 2}
    code = sheet.community.code
    first = brought(store, lines, columns, code, {})
    assert first.refused == 4
    words = asked_for(first)
    assert set(words) == {"建成了", "/"}
    assert "已开放" in words["建成了"].choices
    glossary = {words["建成了"]: "已开放", words["/"]: BLANK}
    seen = brought(store, lines, columns, code, glossary)
    assert codes_of(seen) == []
    open_items = ("F-01", "F-02", "F-03")
    assert {change_at(seen, one).new.choice for one in open_items} == {"open"}  # type: ignore[union-attr]
    blank = change_at(seen, "F-09").new
    assert (blank.choice, blank.note) == ("", "乙")  # type: ignore[union-attr]


def test_a_word_that_is_not_said_stays_refused_and_others_are_not_touched(
    store: Store, sheet: Sheet
) -> None:
    lines = "项目,情况\nF-01,建成了\nF-03,不知所云\n"
    columns = {"item": 0, "answer": 1}
    words = asked_for(brought(store, lines, columns, sheet.community.code, {}))
    chosen = {words["建成了"]: words["建成了"].choices[0]}
    seen = brought(store, lines, columns, sheet.community.code, chosen)
    assert [one.subject for one in seen.changes] == ["F-01"]
    assert [one.place.value for one in seen.problems] == ["不知所云"]


def test_words_in_a_column_for_each_item_and_of_facts_are_asked_for_too(
    store: Store, sheet: Sheet
) -> None:
    fact = next(one for one in sheet.framework.facts if one.options)
    lines = f"社区,类型,服务站\n{sheet.community.name_zh},旧的,有站\n"
    columns = {"community": 0, fact.id: 1, "F-01": 2}
    words = asked_for(brought(store, lines, columns, "", {}))
    assert set(words) == {"旧的", "有站"}
    chosen = {one: one.choices[0] for one in words.values()}
    seen = brought(store, lines, columns, "", chosen)
    assert codes_of(seen) == []
    assert {one.subject for one in seen.changes} == {fact.id, "F-01"}


def test_an_item_is_known_by_its_title(store: Store, sheet: Sheet) -> None:
    titles = [sheet.framework.item("F-01").title.zh, sheet.framework.item("F-03").title.en]
    lines = "项目,情况\n" + "".join(f'"{one}",已开放\n' for one in titles)
    seen = brought(store, lines, {"item": 0, "answer": 1}, sheet.community.code, {})
    assert {one.subject for one in seen.changes} == {"F-01", "F-03"}


def test_nobody_is_asked_for_a_word_where_the_answer_would_change_nothing(
    store: Store, sheet: Sheet
) -> None:
    lines = (
        "名称,编号,区划,经度,纬度,坐标\n"
        f"{sheet.community.name_zh},{sheet.community.code},110105,116.4,39.9,百度的\n"
    )
    columns = ("name_zh", "code", "adcode", "longitude", "latitude", "datum")
    seen = brought(store, lines, {code: n for n, code in enumerate(columns)}, "", {})
    assert "import_not_allowed" in codes_of(seen)
    assert asked_for(seen) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_is_offered_is_understood(sheet: Sheet, language: Language) -> None:
    words = words_of(Translator(language), sheet.framework)
    meanings = {"means": words.means, "state": words.states, "truth": words.truths}
    meanings |= {**words.choices, **words.options}
    meanings |= {f"ticks:{item}": known for item, known in words.ticks.items()}
    assert set(meanings) == set(words.allowed)
    for subject, offered in words.allowed.items():
        assert ForeignWord("", " / ".join(offered)).choices == (list(offered) or [""])
        for one in offered:
            assert words.meaning(meanings[subject], one, subject)


@pytest.mark.parametrize(
    ("columns", "missing"),
    [
        ({"adcode": 0}, ["name_zh"]),
        ({"street": 0}, ["name_zh", "adcode"]),
        ({"answer": 0}, ["item"]),
        ({"means": 0, "community_code": 1}, ["item", "answer"]),
    ],
)
def test_the_columns_that_are_still_to_be_named_are_told(
    store: Store, sheet: Sheet, columns: Mapping[str, int], missing: list[str]
) -> None:
    seen = brought(store, "甲,乙\n110105,x\n", columns, "", {})
    assert codes_of(seen) == ["import_column"] * len(missing)
    for one, code in zip(seen.problems, missing, strict=True):
        assert f"({code})" in one.fault.values["column"]
