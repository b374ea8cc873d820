"""The poll as files: a box for every choice on paper, figures in a table, a part of the report."""

import csv
import io

import pytest
from docx import Document
from docx.oxml.ns import qn
from starlette.applications import Starlette

from assessment.domain.questionnaire import CHOICES
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.poll_paper import BOX
from assessment.server import downloads
from assessment.services.poll_files import take_file
from assessment.services.polling import poll_of, questions_of, set_address
from assessment.store.engine import Store
from tests.conftest import only_sqlite
from tests.services.asgi import Reply, ask
from tests.services.steps import SIGNATURE, reload, say
from tests.services.test_papers import Tags, words_of

ADDRESS = "https://example.cn/wen?a=1&b=<2>"

pytestmark = only_sqlite


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, store: Store) -> Starlette:
    monkeypatch.setattr(downloads, "open_installation", lambda: store)
    return Starlette(routes=downloads.download_routes())


def file(app: Starlette, sheet: Sheet, name: str, language: str, theme: str = "") -> Reply:
    about = f"community={sheet.community.code}&round={sheet.round.id}&lang={language}"
    return ask(app, f"/export/{name}", f"{about}&theme={theme}")


def table(reply: Reply) -> list[dict[str, str]]:
    _, *rows = csv.reader(io.StringIO(reply.body.decode("utf-8-sig"), newline=""))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_the_paper_has_every_question_a_box_for_each_choice_and_the_address(
    store: Store, sheet: Sheet, app: Starlette, text: Translator
) -> None:
    set_address(store, SIGNATURE, sheet, poll_of(store, sheet), ADDRESS)
    questions = questions_of(store, poll_of(store, sheet))
    page = Tags(file(app, sheet, "poll.html", text.language).body.decode())
    word = words_of(file(app, sheet, "poll.docx", text.language).body)
    for words in (page.words, word):
        for one in questions.questions:
            assert one.text.in_language(text.language) in words
        assert words.count(BOX) == len(questions.questions) * len(CHOICES) + len(questions.ages)
        assert ADDRESS in words
        assert text("poll_paper.thanks") in words
    pictures = [a for tag, a in page.tags if tag == "img"]
    assert [one["alt"] for one in pictures] == [ADDRESS]
    assert str(pictures[0]["src"]).startswith("data:image/svg+xml;base64,")
    assert not {"script", "link", "form"} & {tag for tag, _ in page.tags}


def test_without_an_address_there_is_no_code(
    store: Store, sheet: Sheet, app: Starlette, text: Translator
) -> None:
    page = Tags(file(app, sheet, "poll.html", text.language).body.decode())
    assert "img" not in {tag for tag, _ in page.tags}
    assert text("poll_paper.phone") not in page.words
    body = Document(io.BytesIO(file(app, sheet, "poll.docx", text.language).body)).element.body
    assert not list(body.iter(qn("w:drawing")))


def test_one_theme_can_be_printed_alone(store: Store, sheet: Sheet, app: Starlette) -> None:
    questions = questions_of(store, poll_of(store, sheet))
    page = Tags(file(app, sheet, "poll.html", "zh", "smart").body.decode()).words
    for theme in questions.themes:
        for one in theme.questions:
            assert (one.text.zh in page) == (theme.theme == "smart")
    assert file(app, sheet, "poll.html", "zh", "nothing").status == 404


def test_the_empty_table_can_be_brought_in_again(
    store: Store, sheet: Sheet, app: Starlette, text: Translator
) -> None:
    empty = file(app, sheet, "poll_template.csv", text.language).body
    width = empty.decode("utf-8-sig").splitlines()[1].count(",")
    filled = empty + ("from_60" + ",5" * width + "\r\n").encode()
    assert take_file(store, SIGNATURE, sheet, "a.csv", filled) == 1


def test_the_table_has_a_row_for_each_source_and_the_disagreement(
    store: Store, sheet: Sheet, app: Starlette, text: Translator
) -> None:
    sheet = say(store, sheet, "E-08", "choice", "all")
    content = b"R-08,R-01\n" + b"1,5\n" * 9 + b"1,\n" * 20 + b"X,\n"
    take_file(store, SIGNATURE, sheet, "a.csv", content)
    rows = table(file(app, sheet, "voice.csv", text.language))
    parking = {row["poll_source"]: row for row in rows if row["poll_question"] == "R-08"}
    assert list(parking) == ["counted", "file", "online", "all"]
    whole = parking["all"]
    assert (whole["poll_answered"], whole["poll_apart"], whole["poll_step_1"]) == ("29", "1", "29")
    assert (whole["poll_positive_percent"], whole["poll_negative_percent"]) == ("0", "100")
    assert whole["poll_side"] == "residents_worse"
    assert float(whole["poll_disagreement"]) > 0.8
    assert parking["online"]["poll_answered"] == "0"
    few = next(r for r in rows if (r["poll_question"], r["poll_source"]) == ("R-01", "all"))
    assert (few["poll_answered"], few["poll_step_5"], few["poll_positive_percent"]) == ("9", "", "")


def test_the_report_tells_what_residents_said_and_only_then(
    store: Store, sheet: Sheet, app: Starlette, text: Translator
) -> None:
    before = Tags(file(app, sheet, "report.html", text.language).body.decode()).words
    assert text("voice.title") not in before
    take_file(store, SIGNATURE, sheet, "a.csv", b"R-08\n" + b"1\n" * 30)
    after = Tags(file(app, reload(store, sheet), "report.html", text.language).body.decode()).words
    assert text("voice.title") in after
    assert text.plural("voice.shares", 30, positive="0%", negative="100%") in after
    assert text("voice.not_scored") in after
