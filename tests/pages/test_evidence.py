"""Evidence on the answer page: chosen, shown, dated, removed and brought back."""

import pytest
from streamlit.testing.v1 import AppTest

from assessment.domain.permissions import Grant, Person, Role
from assessment.domain.sheet import Sheet
from assessment.language.translator import LANGUAGES, Language, Translator
from assessment.services.communities import assessment_in, list_rounds
from assessment.services.evidence import list_evidence
from assessment.services.setup import open_installation
from assessment.services.sheets import load_sheet
from assessment.ui import session
from tests.pages.conftest import Visit
from tests.services.evidence_files import PDF, photo

pytestmark = pytest.mark.parametrize("lang", LANGUAGES)
ITEM = "F-01"


def sheet_now() -> Sheet:
    store = open_installation()
    begun = assessment_in(store, "P001", list_rounds(store)[0].id)
    found = load_sheet(store, begun.id) if begun else None
    assert found
    return found


def names() -> list[str]:
    pieces = list_evidence(open_installation(), sheet_now()).get(ITEM, ())
    return [one.name or one.url for one in pieces]


def opened(visit: Visit, lang: Language) -> AppTest:
    at = visit("answer", lang=lang, community="P001", theme="facilities", group="basic")
    at.button(key=f"evidence:{ITEM}").click().run()
    assert not at.exception
    return at


def bring(at: AppTest, *files: tuple[str, bytes, str]) -> AppTest:
    at.file_uploader[0].set_value(list(files)).run()
    assert not at.exception
    return at


def page_html(at: AppTest) -> str:
    return "\n".join(one.value for one in at.get("html"))


def test_files_are_kept_shown_and_refused_by_name(visit: Visit, lang: Language) -> None:
    at = opened(visit, lang)
    wrong = ("x\u202eexe.jpg", b"MZ\x90\x00" + b"\0" * 300, "image/jpeg")
    bring(at, ("活动室.jpg", photo(), "image/jpeg"), ("协议.pdf", PDF, "application/pdf"), wrong)
    assert names() == ["活动室.jpg", "协议.pdf"]
    html = page_html(at)
    assert html.count("/thumbnail") == 1
    assert "协议.pdf" in html
    (error,) = at.error
    assert "xexe" in error.value
    assert "\u202e" not in error.value
    assert len(at.success) == 2


def test_the_place_of_a_photo_is_used_only_when_a_person_says_so(
    visit: Visit, lang: Language
) -> None:
    at = bring(opened(visit, lang), ("活动室.jpg", photo(), "image/jpeg"))
    assert sheet_now().community.place is None
    at.button(key="evidence-place-take").click().run()
    place = sheet_now().community.place
    assert place and (round(place.longitude, 4), round(place.latitude, 4)) == (116.4083, 39.9034)
    assert not [one for one in at.button if one.key == "evidence-place-take"]


def test_a_piece_has_a_day_and_can_be_removed_and_brought_back(
    visit: Visit, lang: Language
) -> None:
    at = bring(opened(visit, lang), ("活动室.jpg", photo(), "image/jpeg"))
    (piece,) = list_evidence(open_installation(), sheet_now())[ITEM]
    at.text_input(key=f"evidence-day:{piece.id}:").input("2026-13-01").run()
    assert len(at.error) == 1
    at.button(key=f"evidence-photo-day:{piece.id}").click().run()
    (piece,) = list_evidence(open_installation(), sheet_now())[ITEM]
    assert piece.dated == "2026-11-02"
    at.button(key=f"evidence-remove:{piece.id}").click().run()
    assert names() == []
    at.button(key="evidence-undo").click().run()
    assert names() == ["活动室.jpg"]
    assert not at.error


def test_a_link_is_shown_as_text_and_a_wrong_one_is_kept_in_its_box(
    visit: Visit, lang: Language
) -> None:
    at = opened(visit, lang)
    box = next(one for one in at.text_input if one.key.startswith("evidence-link:"))
    box.input("javascript:alert(1)")
    at.button(key="evidence-add-link").click().run()
    assert names() == []
    assert len(at.error) == 1
    box = next(one for one in at.text_input if one.key.startswith("evidence-link:"))
    assert box.value == "javascript:alert(1)"
    address = 'https://example.org/?a=1&b=<b>"onclick=alert(1)'
    box.input(address)
    at.button(key="evidence-add-link").click().run()
    assert names() == [address]
    assert not at.error
    assert 'href="https://example.org/?a=1&amp;b=&lt;b&gt;&#34;onclick=' in page_html(at)


def test_a_claim_without_evidence_says_so_beside_its_state(visit: Visit, lang: Language) -> None:
    at = opened(visit, lang)
    control = next(one for one in at.segmented_control if f"/{ITEM}/choice" in str(one.key))
    control.set_value("open").run()
    words = f"⌕ {Translator(lang)('unsupported.short')}"
    assert page_html(at).count(words) == 1
    bring(at, ("协议.pdf", PDF, "application/pdf"))
    assert words not in page_html(at)


def test_who_only_looks_sees_the_evidence_and_no_way_to_change_it(
    visit: Visit, lang: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(opened(visit, lang), ("协议.pdf", PDF, "application/pdf"))
    viewer = Person("v", "V", (Grant(Role.VIEWER),))
    monkeypatch.setattr(session, "LOCAL", viewer)
    at = visit("result", lang=lang, community="P001")
    assert "协议.pdf" in page_html(at)
    assert not [one for one in at.button if str(one.key).startswith("evidence")]
