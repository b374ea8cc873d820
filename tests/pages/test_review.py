"""What the pages of hand-over and review say, in both languages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC

import pytest
from streamlit.testing.v1 import AppTest

from assessment.domain.fingerprint import fingerprint
from assessment.domain.records import Assessment, AssessmentState, Signature
from assessment.domain.sheet import Sheet
from assessment.language.translator import LANGUAGES, Language, Translator
from assessment.reports.community_report import ReportMatter, brief
from assessment.reports.handover_words import state_name
from assessment.reports.provenance import provenance
from assessment.services.communities import assessment_in, list_rounds
from assessment.services.handing_over import Wish, return_, submit
from assessment.services.hearing import voice_of
from assessment.services.pinning import pin
from assessment.services.setup import open_installation
from assessment.services.sheets import load_sheet
from tests.conftest import NOW
from tests.pages.conftest import Visit, turn_to

SIGNATURE = Signature("local", NOW)
HOSTILE = "**原因** <b>"

pytestmark = pytest.mark.parametrize("lang", LANGUAGES)


def kept() -> Sheet:
    """What is kept of the community now."""
    store = open_installation()
    one = assessment_in(store, "P001", list_rounds(store)[0].id)
    sheet = load_sheet(store, one.id) if one else None
    assert sheet
    return sheet


def said(at: AppTest) -> str:
    """All text of the page, as a person reads it."""
    assert not at.exception, at.exception
    parts = (at.title, at.markdown, at.caption, at.info, at.success, at.warning, at.error)
    words = [str(one.value) for part in parts for one in part]
    return "\n".join([*words, *(one.body for one in at.get("html"))]).replace("\\", "")


def test_the_check_page_hands_in_once_and_says_so(
    visit: Visit, answered: Callable[[str], None], lang: Language
) -> None:
    answered("P001")
    text = Translator(lang)
    at = visit("check", lang=lang, community="P001")
    assert fingerprint(kept()) in said(at)
    at.button(key="submit").click().run()
    assert text("submit.done") in said(at)
    assert text("review.submitted_notice") in said(at)
    assert kept().assessment.state == "submitted"
    assert "submit" not in {one.key for one in at.button}


def test_a_returned_item_is_first_on_the_answer_page_with_its_reason(
    visit: Visit, answered: Callable[[str], None], lang: Language
) -> None:
    answered("P001")
    store = open_installation()
    submit(store, SIGNATURE, Wish(kept(), "one"))
    pin(store, SIGNATURE, kept(), "F-03", HOSTILE, "pin")
    return_(store, SIGNATURE, Wish(kept(), "two", HOSTILE))
    at = visit("answer", lang=lang, community="P001")
    assert Translator(lang)("review.returned_note", note=HOSTILE) in said(at)
    at.button(key="returned:F-03").click().run()
    assert "&lt;b&gt;" in said(at)
    assert "facilities" in at.query_params["theme"]


def test_a_mistyped_and_an_unknown_code_are_told_apart(visit: Visit, lang: Language) -> None:
    text = Translator(lang)
    at = visit("verify", lang=lang)
    at.text_input(key="verify-code").set_value("2222-2222-2223").run()
    assert text("fault.code_mistyped") in said(at)
    at.text_input(key="verify-code").set_value("2222-2222-2222").run()
    assert text("verify.unknown", code="2222-2222-2222") in said(at)


def test_an_approval_without_sign_in_says_so_on_screen_on_paper_and_in_files(
    visit: Visit, answered: Callable[[str], None], lang: Language
) -> None:
    answered("P001")
    text, store = Translator(lang), open_installation()
    submit(store, SIGNATURE, Wish(kept(), "one"))
    at = visit("review", lang=lang, community="P001")
    assert text("approve.without_sign_in") in said(at)
    at.button(key="approve").click().run()
    assert kept().assessment.state == "approved"
    told = text("state.without_sign_in", state=text("state.approved"))
    assert told in said(at)
    at = turn_to(at, "verify")
    at.text_input(key="verify-code").set_value(fingerprint(kept())).run()
    assert text("verify.without_sign_in") in said(at)
    assert told in said(at)
    matter = ReportMatter(
        kept(), [kept()], (), (), NOW, UTC, voice_of(open_installation(), kept()), ()
    )
    assert told in brief(text, matter).source
    assert text("who.local") in provenance(text, kept(), NOW)


def test_an_approval_of_somebody_with_an_account_says_nothing_of_that(lang: Language) -> None:
    text = Translator(lang)
    one = Assessment(1, "P001", "2026-2", AssessmentState.APPROVED, "", "1", state_by="u-1")
    assert state_name(text, one) == text("state.approved")
    by_nobody = replace(one, state_by="local")
    assert state_name(text, by_nobody) != text("state.approved")
    assert state_name(text, replace(by_nobody, state=AssessmentState.DRAFT)) == text("state.draft")
