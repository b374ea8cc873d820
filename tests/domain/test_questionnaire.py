"""The questions to residents: those that ship, and a file that is wrong says where."""

import pytest

from assessment.domain.errors import Refused
from assessment.domain.load_questionnaire import load_questionnaire
from assessment.domain.questionnaire import CHOICES
from assessment.language.translator import LANGUAGES, Translator
from assessment.settings import PROJECT
from tests.domain.shipped import FRAMEWORK

SHIPPED = (PROJECT / "data" / "polls" / "residents.yaml").read_text(encoding="utf-8")


def test_every_theme_of_the_checklist_has_a_few_questions_about_items_of_its_own() -> None:
    found = load_questionnaire(SHIPPED.encode(), FRAMEWORK)
    assert [one.theme for one in found.themes] == [one.id for one in FRAMEWORK.themes]
    for theme in found.themes:
        assert 3 <= len(theme.questions) <= 5
        own = [FRAMEWORK.item(item).theme for one in theme.questions for item in one.items]
        assert theme.theme in own


def test_questions_are_short_and_plain() -> None:
    for one in load_questionnaire(SHIPPED.encode()).questions:
        assert len(one.text.zh) <= 30
        assert one.text.zh.endswith("？")
        assert one.text.en.endswith("?")


def test_every_choice_has_words_and_dont_know_is_apart() -> None:
    found = load_questionnaire(SHIPPED.encode())
    words = [found.choice_label(one).zh for one in CHOICES]
    assert len(set(words)) == len(CHOICES)
    assert words[-1] == found.apart.zh


def test_the_hash_follows_the_questions_and_not_the_comments() -> None:
    found = load_questionnaire(SHIPPED.encode())
    same = load_questionnaire(("# more\n" + SHIPPED).encode())
    other = load_questionnaire(SHIPPED.replace("小区里停车", "附近停车").encode())
    assert found.hash == same.hash != other.hash


@pytest.mark.parametrize(
    ("old", "new", "code", "named"),
    [
        ("      - id: R-02\n", "      - id: R-01\n", "repeated_in_poll", "R-01"),
        ("  - theme: smart\n", "  - theme: clever\n", "unknown_theme", "clever"),
        ("items: [E-08]", "items: [E-99]", "poll_item_unknown", "E-99"),
        ("items: [E-08]", "items: []", "wrong_type", "items"),
        ('  - {zh: "一般", en: "In between"}\n', "", "wrong_type", "scale"),
        ("framework: complete_community\n", "", "missing_key", "framework"),
        ("id: residents_poll\n", "id: residents_poll\ncolour: red\n", "unknown_key", "colour"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_file_is_refused_with_what_is_wrong(
    language: str, old: str, new: str, code: str, named: str
) -> None:
    assert old in SHIPPED
    with pytest.raises(Refused) as refused:
        load_questionnaire(SHIPPED.replace(old, new, 1).encode(), FRAMEWORK)
    (fault,) = [one for one in refused.value.faults if one.code == code]
    words = Translator(language).fault(fault)
    assert named in words
    assert "fault." not in words
