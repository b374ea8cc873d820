"""Names: kept as typed, compared as people read them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.domain.errors import Refused
from assessment.domain.names import (
    LONGEST_NAME,
    LONGEST_NOTE,
    compare_key,
    read_name,
    read_text,
)


def refusal(text: str, read=read_name) -> str:
    with pytest.raises(Refused) as refused:
        read(text)
    (fault,) = refused.value.faults
    return fault.code


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("阳光社区Ａ区", "阳光社区A区"),
        ("Sunshine", "ＳＵＮＳＨＩＮＥ"),
        ("１２３号院", "123号院"),
        ("ﾊﾟｰｸ", "パーク"),
        ("Caf\u00e9", "Cafe\u0301"),
        ("阳光社区", "阳光　社区"),
        ("阳光社区", " 阳光\u00a0社区\t"),
        ("阳光社区", "阳光\u200b社区"),
        ("阳光社区", "\ufeff阳光社区"),
        ("阳光社区", "阳\u2060光\u200d社区"),
        ("阳光（北）社区", "阳光(北)社区"),
        ("①号楼", "1号楼"),
        ("straße", "STRASSE"),
    ],
)
def test_names_that_read_alike_have_the_same_key(one: str, other: str):
    assert compare_key(one) == compare_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("百戶社区", "百户社区"),
        ("陽光社区", "阳光社区"),
        ("东里社区", "東里社区"),
        ("一号社区", "二号社区"),
        ("O社区", "0社区"),
        ("阳光社区", "阳光小区"),
        ("村", "\U00031350村"),
        ("村", "\ue000村"),
    ],
)
def test_names_with_different_characters_have_different_keys(one: str, other: str):
    assert compare_key(one) != compare_key(other)


@given(st.text(max_size=20))
def test_composed_and_decomposed_forms_have_the_same_key(name: str):
    keys = {compare_key(unicodedata.normalize(form, name)) for form in ("NFC", "NFD")}
    assert keys == {compare_key(name)}


@given(st.text(max_size=20), st.text(max_size=20), st.sampled_from(" \u3000\u200b\ufeff\t"))
def test_spaces_and_invisible_characters_anywhere_leave_the_key(one, other, between):
    assert compare_key(f"{between}{one}{between}{other}") == compare_key(one + other)


def test_a_name_is_kept_as_typed_but_composed_and_without_spaces_around_it():
    assert read_name("  阳光 Ａ区　") == "阳光 Ａ区"
    assert read_name("Cafe\u0301") == "Caf\u00e9"
    assert read_name("①号") == "①号"


@pytest.mark.parametrize("text", ["", "   ", "　", "\u200b", "\ufeff\u200d"])
def test_a_name_that_nobody_can_see_is_refused(text: str):
    assert refusal(text) == "name_empty"


@pytest.mark.parametrize(
    "text",
    [
        "阳光\x00社区",
        "阳光\x1b社区",
        "阳光\x7f社区",
        "阳光\x85社区",
        "阳光\ud800社区",
        "阳光\n社区",
        "阳\t光",
    ],
)
def test_a_name_with_a_control_character_or_half_a_character_is_refused(text: str):
    assert refusal(text) == "text_control"


def test_a_name_may_be_60_characters_long_and_no_longer():
    assert read_name("社" * LONGEST_NAME) == "社" * LONGEST_NAME
    with pytest.raises(Refused) as refused:
        read_name("社" * (LONGEST_NAME + 1))
    (fault,) = refused.value.faults
    assert (fault.code, fault.values) == ("name_too_long", {"length": "61", "limit": "60"})


def test_a_note_may_have_lines_but_no_control_characters():
    assert read_text("第一行\n第二行\t完\r\n") == "第一行\n第二行\t完\r\n"
    assert refusal("响铃\x07", read_text) == "text_control"
    assert refusal("半个\udfff", read_text) == "text_control"


def test_a_control_character_is_named_by_its_code_point():
    with pytest.raises(Refused) as refused:
        read_text("a\x07b")
    assert refused.value.faults[0].values == {"character": "U+0007"}


def test_a_note_that_is_too_long_is_refused_whole_never_cut():
    assert read_text("长" * LONGEST_NOTE) == "长" * LONGEST_NOTE
    with pytest.raises(Refused) as refused:
        read_text("长" * (LONGEST_NOTE + 1))
    assert refused.value.faults[0].values == {"length": "4,001", "limit": "4,000"}


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=LONGEST_NAME + 5)


@given(ANY_TEXT)
def test_any_text_is_kept_as_a_name_that_can_be_written_or_refused(text: str):
    try:
        name = read_name(text)
    except Refused as refused:
        assert len(refused.faults) == 1
    else:
        assert name.encode("utf-8").decode("utf-8") == name
        assert read_name(name) == name
        assert compare_key(name) == compare_key(text)
