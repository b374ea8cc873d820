"""The residents' page: open the page, type counts, bring a file, and see what was said."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from assessment.domain.poll import Poll
from assessment.domain.records import Signature
from assessment.domain.sheet import Sheet
from assessment.language.translator import LANGUAGES, Translator
from assessment.services.answering import kept_in, save
from assessment.services.communities import assessment_in, list_rounds
from assessment.services.poll_files import list_files, take_file
from assessment.services.polling import counts_of, poll_of
from assessment.services.setup import open_installation
from assessment.services.sheets import load_sheet
from tests.conftest import NOW
from tests.pages.conftest import Visit

BY = Signature("tester", NOW)


@pytest.fixture(params=LANGUAGES)
def text(request: pytest.FixtureRequest) -> Translator:
    return Translator(request.param)


@pytest.fixture
def voice(visit: Visit, answered: Callable[[str], None], text: Translator) -> AppTest:
    answered("P001")
    return visit("voice", lang=text.language, community="P001")


def now() -> tuple[Sheet, Poll]:
    store = open_installation()
    begun = assessment_in(store, "P001", list_rounds(store)[0].id)
    assert begun
    sheet = load_sheet(store, begun.id)
    assert sheet
    return sheet, poll_of(store, sheet)


def part(at: AppTest, name: str) -> AppTest:
    at.segmented_control(key="voice:part").set_value(name).run()
    assert not at.exception
    return at


def said(at: AppTest) -> str:
    every = (*at.success, *at.warning, *at.error, *at.markdown, *at.info, *at.caption, *at.title)
    words = "\n".join(str(one.value).replace("\\", "") for one in every)
    return words + "\n".join(str(one.proto.body) for one in at.get("html"))


def test_the_page_is_opened_and_closed_and_says_so(voice: AppTest, text: Translator) -> None:
    at = part(voice, "online")
    assert text("poll_online.closed") in said(at)
    last = at.date_input[1].value + timedelta(days=3)
    at.date_input[1].set_value(last)  # the day comes with the very click
    at.button(key="poll:on").click().run()
    assert text("poll_online.is_on") in said(at)
    _, poll = now()
    assert poll.switched_on
    assert poll.closes == last.isoformat()
    assert poll.token in at.code[0].value
    at.button(key="poll:off").click().run()
    assert text("poll_online.is_off") in said(at)
    assert not now()[1].switched_on


def test_an_address_that_is_none_is_said_and_stays(voice: AppTest, text: Translator) -> None:
    at = part(voice, "print")
    box = at.text_input[0]
    box.input("example").run()
    at.button(key="poll:keep").click().run()
    assert text("fault.link_invalid", text="example") in said(at)
    assert at.text_input[0].value == "example"
    at.text_input[0].input("https://example.cn/w").run()
    at.button(key="poll:keep").click().run()
    assert now()[1].address == "https://example.cn/w"
    assert any("export/poll.docx?" in one.proto.body for one in at.get("html"))


def test_every_box_saves_itself_and_what_cannot_be_taken_stays(
    voice: AppTest, text: Translator
) -> None:
    at = part(voice, "counts")
    boxes = [one.key for one in at.text_input if one.key and ":R-01:" in one.key]
    at.text_input(key=boxes[0]).input("１２").run()
    sheet, poll = now()
    assert counts_of(open_installation(), sheet, poll).of("R-01", "5") == 12
    assert text.plural("poll_counts.missing", 5) in said(at)
    at.text_input(key=boxes[1]).input("很多").run()
    assert text("fault.number_not_a_number", text="很多") in said(at)
    assert at.text_input(key=boxes[1]).value == "很多"
    assert counts_of(open_installation(), sheet, poll).of("R-01", "4") is None


def test_a_file_is_looked_at_first_and_taken_when_somebody_says_so(
    voice: AppTest, text: Translator
) -> None:
    at = part(voice, "file")
    at.file_uploader[0].upload("a.csv", b"R-08\n1\n6\n", "text/csv").run()
    assert text.plural("poll_file.refused", 1) in said(at)
    assert "poll:take" not in {one.key for one in at.button}
    at.file_uploader[0].upload("a.csv", b"R-08\n1\n2\n", "text/csv").run()
    assert text.plural("poll_file.found", 2) in said(at)
    assert not now()[1].id
    at.button(key="poll:take").click().run()
    sheet, poll = now()
    (file,) = list_files(open_installation(), sheet, poll)
    assert text("poll_file.taken", name="a.csv") in said(at)
    at.button(key=f"poll:file:{file.id}").click().run()
    assert text("poll_file.gone", name="a.csv") in said(at)
    assert text("poll_file.out") in said(at)


def test_what_residents_say_stands_beside_staff_on_every_page_that_shows_it(
    visit: Visit, answered: Callable[[str], None], text: Translator
) -> None:
    answered("P001")
    store, (sheet, _) = open_installation(), now()
    from assessment.domain.answers import Answer

    save(store, BY, sheet, kept_in(sheet, Answer("E-08")), "choice", "all")
    take_file(store, BY, sheet, "a.csv", b"R-08\n" + b"1\n" * 40 + b"X\n")
    for page in ("voice", "result", "review"):
        at = visit(page, lang=text.language, community="P001")
        if page == "review":
            show = next(one for one in at.button_group if "review-show" in str(one.key))
            show.set_value("environment").run()
        words = said(at)
        assert text.plural("voice.shares", 40, positive="0%", negative="100%") in words
        assert text.plural("voice.apart", 1) in words
        if page != "review":
            assert text("voice.not_scored") in words
            assert text("voice.residents_worse").split("{")[0] in words


def test_under_ten_answers_there_is_only_the_number(
    visit: Visit, answered: Callable[[str], None], text: Translator
) -> None:
    answered("P001")
    take_file(open_installation(), BY, now()[0], "a.csv", b"R-08\n" + b"1\n" * 9)
    at = visit("voice", lang=text.language, community="P001")
    words = said(at)
    assert text.plural("voice.few", 9, fewest=10) in words
    assert "100%" not in words
    assert "voice-bar" not in words
    assert text("voice.agree") in words
