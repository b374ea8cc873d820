"""The page of checklists: a file is checked, compared and published; a round is moved to it."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from assessment.domain.load_framework import load_framework
from assessment.language.translator import LANGUAGES, Language, Translator
from assessment.services.communities import assessment_in, list_rounds
from assessment.services.framework_files import read_draft, written
from assessment.services.publishing import publish
from assessment.services.rescoring import Moving, rescore
from assessment.services.setup import open_installation
from assessment.services.sheets import load_sheet
from assessment.settings import PROJECT
from tests.pages.conftest import Visit
from tests.people import BY
from tests.services.framework_edits import Content, edited, item_of, other_threshold

EXAMPLE = PROJECT / "data" / "frameworks" / "example-city.yaml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def reworded(content: Content) -> None:
    item_of(content, "F-01")["question"] = {"zh": "换一个问法？", "en": "Asked otherwise?"}


def bring(at: AppTest, name: str, data: bytes) -> AppTest:
    at.file_uploader[0].set_value((name, data, XLSX)).run()
    assert not at.exception
    return at


def drawn(at: AppTest) -> str:
    return "\n".join(str(one.value) for one in at.get("html"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_new_version_is_seen_published_and_given_to_the_open_round(
    visit: Visit, answered: Callable[[str], None], lang: Language
) -> None:
    answered("P001")
    text = Translator(lang)
    new = load_framework(edited(reworded, other_threshold))
    at = bring(visit("frameworks", lang=lang), "new.xlsx", written(text, new, "xlsx"))
    words = drawn(at)
    asked = {"zh": "换一个问法？", "en": "Asked otherwise?"}[lang]
    for said in (asked, text("upgrade.to_confirm"), text("upgrade.threshold"), "41.5"):
        assert said in words
    at.button(key="publish_framework").click().run()
    assert not at.exception
    assert new.version in at.success[0].value.replace("\\", "")
    assert len(at.get("html")) and new.hash[:12] in drawn(at)
    at.selectbox[-1].set_value(new.hash).run()
    at.button(key="move_round").click().run()
    assert not at.exception
    store = open_installation()
    one = list_rounds(store)[0]
    assert one.framework == new.hash
    sheet = load_sheet(store, assessment_in(store, "P001", one.id).id)
    assert [each.item for each in sheet.to_confirm] == ["F-01"]
    assert sheet.answers["F-03"].choice == "none"
    at = visit("answer", lang=lang, community="P001", theme="facilities", group="basic")
    assert not at.exception
    assert at.button(key="confirm-F-01").label == text("confirm.one")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_faults_are_told_with_their_place_and_nothing_can_be_published(
    visit: Visit, lang: Language
) -> None:
    text = Translator(lang)
    data = edited(reworded).replace(b'"role": "gate"', b'"role": "golden"', 1)
    at = bring(visit("frameworks", lang=lang), "new.yaml", data)
    assert text.plural("faults.count", 1) in at.error[0].value.replace("\\", "")
    (row,) = at.table[0].value.reset_index().to_dict("records")
    assert "golden" in str(row[text("faults.what")])
    assert row[text("faults.item")].replace("\\", "") == "F-01"
    assert "publish_framework" not in {one.key for one in at.button}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_figures_under_an_example_are_marked_as_such(
    visit: Visit, answered: Callable[[str], None], lang: Language
) -> None:
    answered("P001")
    text, store = Translator(lang), open_installation()
    one, data = list_rounds(store)[0], EXAMPLE.read_bytes()
    draft = read_draft(store, EXAMPLE.name, data)
    local = publish(store, BY, draft.framework, draft.content)
    rescore(store, BY, Moving(one.id, local), lambda _done, _total: None)
    at = visit("result", lang=lang, community="P001")
    assert not at.exception
    words = "\n".join(str(each.value) for each in (*at.markdown, *at.caption)).replace("\\", "")
    assert text("framework.example") in words
    title = local.title.in_language(lang)
    assert text("framework.example_notice", title=title) in words
    assert text("line.local") in str(at.table[0].value.reset_index().to_dict())
