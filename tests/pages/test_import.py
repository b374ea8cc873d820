"""The page that brings files in: preview, conflicts, what is refused, writing and taking back."""

import pytest
from streamlit.testing.v1 import AppTest

from assessment.domain.permissions import Grant, Person, Role
from assessment.domain.sheet import Sheet
from assessment.language.translator import LANGUAGES, Language, Translator
from assessment.services.communities import assessment_in, begin, find_community, list_rounds
from assessment.services.setup import open_installation
from assessment.services.sheets import load_sheet
from assessment.ui import session
from tests.pages.conftest import Visit
from tests.services.broken_files import WHOLE
from tests.services.steps import SIGNATURE, say

pytestmark = pytest.mark.parametrize("lang", LANGUAGES)
CODE = "P001"


def begun() -> Sheet:
    """The sheet of the community, begun if it was not."""
    store = open_installation()
    found = find_community(store, CODE)
    assert found
    number = begin(store, SIGNATURE, found.community, list_rounds(store)[0]).id
    sheet = load_sheet(store, number)
    assert sheet
    return sheet


def choice_of(item: str) -> str:
    answer = begun().answers.get(item)
    return answer.choice if answer else ""


def brought(visit: Visit, lang: Language, content: bytes, name: str = "表 **x**.csv") -> AppTest:
    at = visit("import_files", lang=lang, community=CODE)
    at.file_uploader[0].set_value((name, content, "text/csv")).run()
    assert not at.exception
    return at


def button(at: AppTest, key: str) -> AppTest:
    """Press a button and draw the page."""
    found = next(one for one in at.button if str(one.key).startswith(key))
    found.click().run()
    assert not at.exception
    return at


def html_of(at: AppTest) -> str:
    return "\n".join(one.value for one in at.get("html"))


def test_a_file_is_shown_then_written_then_taken_back(visit: Visit, lang: Language) -> None:
    at = brought(visit, lang, b"item,answer,note\nF-01,open,<b>x</b>\nF-02,nothing,\n")
    assert [one.value for one in at.metric] == ["1", "0", "0", "0", "1"]
    page = html_of(at)
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert Translator(lang)("fault.import_not_allowed.fix").split("{")[0] in page
    assert "export/refused.csv?word=" in page
    assert assessment_in(open_installation(), CODE, list_rounds(open_installation())[0].id) is None
    button(at, "import-write")
    assert choice_of("F-01") == "open"
    assert len(at.success) == 1
    assert not at.metric
    button(at, "import-undo:")
    assert choice_of("F-01") == ""
    assert not [one for one in at.button if str(one.key).startswith("import-undo:")]


def test_a_newer_answer_stays_unless_the_person_chooses(visit: Visit, lang: Language) -> None:
    store = open_installation()
    sheet = say(store, begun(), "F-01", "choice", "none")
    say(store, sheet, "F-01", "choice", "built")
    at = brought(visit, lang, b"item,answer,revision\nF-01,open,1\n")
    assert not [one for one in at.button if one.key == "import-write"]
    button(at, "import-all-take")
    button(at, "import-write")
    assert choice_of("F-01") == "open"


def test_a_choice_that_comes_with_the_click_holds(visit: Visit, lang: Language) -> None:
    store = open_installation()
    sheet = say(store, begun(), "F-01", "choice", "none")
    say(store, sheet, "F-01", "choice", "built")
    at = brought(visit, lang, b"item,answer,revision\nF-01,open,1\nF-03,open,0\n")
    (box,) = [one for one in at.segmented_control if "import-conflict" in str(one.key)]
    box.set_value("take")
    button(at, "import-write")
    assert (choice_of("F-01"), choice_of("F-03")) == ("open", "open")


@pytest.mark.parametrize("name", ["macro", "document type", "rubbish", "many rows"])
def test_a_broken_file_is_told_and_nothing_is_offered(
    visit: Visit, lang: Language, name: str
) -> None:
    content, code = WHOLE[name]
    at = brought(visit, lang, content, name="bad.xlsx")
    (error,) = at.error
    words = Translator(lang)(f"fault.{code}.fix")
    assert words[:6].replace("\\", "") in error.value.replace("\\", "")
    assert not at.metric


def test_columns_of_other_people_are_matched_by_their_names_and_by_hand(
    visit: Visit, lang: Language
) -> None:
    text = Translator(lang)
    labels = [text("column.item"), text("column.answer"), "备注栏"]
    content = (",".join(labels) + "\nF-01,open,来自别处\n").encode()
    at = brought(visit, lang, content)
    boxes = {
        str(one.key).split(":")[2]: one for one in at.selectbox if "import-column" in str(one.key)
    }
    assert (boxes["item"].value, boxes["answer"].value, boxes["note"].value) == (0, 1, -1)
    boxes["note"].set_value(2).run()
    button(at, "import-write")
    assert begun().answers["F-01"].note == "来自别处"


def test_a_list_of_communities_of_other_people_is_offered_as_one(
    visit: Visit, lang: Language
) -> None:
    text = Translator(lang)
    heads = ",".join([text("import.as_name_zh"), text("column.street"), "区划"])
    at = brought(visit, lang, f"{heads}\n新社区,某街道,110105\n".encode())
    (shape,) = [one for one in at.segmented_control if "import-shape" in str(one.key)]
    assert shape.value == "communities"
    assert [one.value for one in at.metric] == ["0", "0", "0", "0", "1"]
    boxes = {
        str(one.key).split(":")[2]: one for one in at.selectbox if "import-column" in str(one.key)
    }
    boxes["adcode"].set_value(2).run()
    assert [one.value for one in at.metric] == ["1", "0", "0", "0", "0"]


def test_words_of_other_people_are_asked_for_and_then_written(visit: Visit, lang: Language) -> None:
    text = Translator(lang)
    heads = ",".join([text("column.item"), text("column.answer")])
    at = brought(visit, lang, f"{heads}\nF-01,建成 **了**\nF-03,建成**了**\n".encode())
    assert not [one for one in at.button if one.key == "import-write"]
    (box,) = [one for one in at.selectbox if "import-word" in str(one.key)]
    assert box.options[0] == text("import.glossary_unsaid")
    box.set_value(box.options[4]).run()
    assert [one.value for one in at.metric] == ["2", "0", "0", "0", "0"]
    assert len([one for one in at.selectbox if "import-word" in str(one.key)]) == 1
    button(at, "import-write")
    assert (choice_of("F-01"), choice_of("F-03")) == ("open", "open")


def test_who_only_looks_has_no_such_page(
    visit: Visit, lang: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "LOCAL", Person("v", "V", (Grant(Role.VIEWER),)))
    at = visit("start", lang=lang)
    with pytest.raises(ValueError, match="import_files"):
        at.switch_page("assessment/pages/import_files.py")
