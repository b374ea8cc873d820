"""On a phone: nothing scrolls sideways, fingers hit what they aim at, the score stays in view."""

import pytest
from playwright.sync_api import expect

from assessment.domain.records import Signature
from assessment.services import sample
from tests.browser.conftest import PAGES, Visit
from tests.browser.looks import sideways, small_buttons, spoilt_words
from tests.browser.records import Records
from tests.browser.seen import (
    choice,
    expect_saved,
    map_frame,
    note,
    seen,
    settled,
    theme,
)
from tests.conftest import NOW

pytestmark = [
    pytest.mark.usefixtures("something_answered"),
    pytest.mark.browser_context_args(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    ),
]
BASIC = PAGES["answer"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("address", PAGES.values())
def test_no_page_scrolls_sideways_and_every_button_fits_a_finger(
    visit: Visit, address: str, lang: str
) -> None:
    page = visit(f"{address}{'&' if '?' in address else '?'}lang={lang}")
    if "/result" in address or "/overview" in address:
        map_frame(page)
    assert sideways(page) == 0
    assert small_buttons(page) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("address", ["/result?community=S01", "/overview?view=matrix"])
def test_no_words_of_pictures_and_switches_are_cut_off(
    visit: Visit, records: Records, address: str, lang: str
) -> None:
    sample.load(records.store, Signature("tester", NOW))
    page = visit(f"{address}&round=sample-2&lang={lang}")
    map_frame(page)
    assert spoilt_words(page) == []


def test_answers_are_tapped_and_typed_with_the_score_in_view(
    visit: Visit, records: Records
) -> None:
    page = visit(BASIC.replace("P001", "P002"))
    choice(page, "F-05", "在建").tap()
    expect_saved(page, "F-05", 1)
    line = seen(page.locator(".panel.narrow summary"))
    expect(line).to_contain_text("已填 1/66")
    expect(line).to_be_in_viewport()
    note(page, "F-05").tap()
    page.keyboard.type("手机上写的")
    records.note_becomes("P002", "F-05", "手机上写的")
    settled(page)
    expect(line).to_be_in_viewport()
    line.tap()
    expect(seen(page.locator(".panel.narrow .verdict"))).to_be_in_viewport()
    theme(page, "环境").tap()
    expect(theme(page, "环境")).to_be_checked()
