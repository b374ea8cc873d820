"""The brief and the full report: the screen's figures, whole in one file, harmless to open."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from uuid import uuid4

import pytest
from docx import Document
from docx.document import Document as WordFile
from docx.oxml.ns import qn
from docx.table import _Cell
from starlette.applications import Starlette

from assessment.domain.records import Community
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.gap_words import shortfall_words
from assessment.reports.pdf_paper import can_write_pdf
from assessment.reports.score_words import figures_words, headline
from assessment.server import downloads
from assessment.services.paper_exports import PAPERS
from assessment.services.planning import TypedAction, add_action
from assessment.store import communities
from assessment.store.engine import Store
from tests.services.asgi import Reply, ask
from tests.services.steps import SIGNATURE, reload, say_all, say_facts

HOSTILE = '</style><script>alert(1)</script>\\"} <img src=http://example.org/x onerror=alert(2)>'


class Tags(HTMLParser):
    """The tags of a page, with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, store: Store) -> Starlette:
    monkeypatch.setattr(downloads, "open_installation", lambda: store)
    return Starlette(routes=downloads.download_routes())


@pytest.fixture
def answered(store: Store, sheet: Sheet) -> Sheet:
    """The worked case of the linked shortfall, with a gate that is not met."""
    facts = {"households": "1240", "service_area": "310", "activity_area": "150"}
    say_facts(store, sheet, **facts)
    say_all(store, sheet, {"F-01": "open", "F-03": "none"})
    return reload(store, sheet)


def paper(app: Starlette, sheet: Sheet, name: str, language: str) -> Reply:
    about = f"community={sheet.community.code}&round={sheet.round.id}&lang={language}"
    return ask(app, f"/export/{name}", about)


def words_of(content: bytes) -> str:
    """All text of a Word file's body."""
    body = Document(BytesIO(content)).element.body
    return "\n".join(node.text or "" for node in body.iter(qn("w:t")))


@pytest.mark.parametrize("kind", PAPERS)
def test_paper_and_screen_say_the_same(
    answered: Sheet, app: Starlette, text: Translator, kind: str
) -> None:
    page = Tags(paper(app, answered, f"{kind}.html", text.language).body.decode()).words
    word = words_of(paper(app, answered, f"{kind}.docx", text.language).body)
    assert answered.shortfall is not None
    for expected in (
        headline(text, answered),
        figures_words(text, answered),
        shortfall_words(text, answered.shortfall),
        answered.community.name(text.language),
    ):
        assert expected in page
        assert expected in word


def test_the_full_report_holds_every_item_and_every_fact(
    answered: Sheet, app: Starlette, text: Translator
) -> None:
    word = words_of(paper(app, answered, "report.docx", text.language).body)
    for item in answered.framework.items:
        assert item.id in word
        assert item.title.in_language(text.language) in word
    for fact in answered.framework.facts:
        assert fact.label.in_language(text.language) in word
    assert text("paper.not_placed") in word


def test_the_page_needs_no_server_no_network_and_no_script(answered: Sheet, app: Starlette) -> None:
    page = Tags(paper(app, answered, "report.html", "zh").body.decode())
    assert not {"script", "link", "iframe", "object", "form"} & {tag for tag, _ in page.tags}
    for _, attributes in page.tags:
        for name in ("src", "href"):
            assert (attributes.get(name) or "#").startswith(("data:image/svg+xml", "#"))
        assert not [name for name in attributes if name.startswith("on")]
    policy = next(a for tag, a in page.tags if tag == "meta" and "http-equiv" in a)
    assert str(policy["content"]).startswith("default-src 'none'")


def test_a_name_made_of_markup_stays_a_name(
    store: Store, sheet: Sheet, app: Starlette, community: Community
) -> None:
    with store.writing() as connection:
        now = communities.load_community(connection, community.code)
        assert now is not None
        communities.write_community(connection, replace(now, name_zh=HOSTILE))
    body = paper(app, sheet, "report.html", "zh").body.decode()
    page = Tags(body)
    assert HOSTILE in page.words
    assert not [tag for tag, a in page.tags if tag == "script" or "onerror" in a]
    style = body.split("<style>")[1].split("</style>")[0]
    assert "@bottom-right" in style, "the name ended the style sheet"
    assert HOSTILE in words_of(paper(app, sheet, "report.docx", "zh").body)


def test_the_word_file_has_contents_page_numbers_and_its_source_on_each_page(
    answered: Sheet, app: Starlette
) -> None:
    file = Document(BytesIO(paper(app, answered, "report.docx", "zh").body))
    fields = [node.text for node in file.element.body.iter(qn("w:instrText"))]
    assert any(field.startswith("TOC") for field in fields)
    foot = file.sections[0].footer.paragraphs[0]._p
    assert [node.text for node in foot.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    head = file.sections[0].header.paragraphs[0].text
    assert answered.framework.hash[:12] in head
    assert answered.community.code in head
    fonts = file.styles["Heading 1"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "黑体"
    assert file.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋"


def test_a_paper_of_a_community_that_has_not_begun_is_told_not_to_be(
    app: Starlette, community: Community
) -> None:
    reply = ask(app, "/export/report.docx", f"community={community.code}&round=nothing&lang=zh")
    assert reply.status == 404
    assert re.search("[一-龥]", reply.body.decode())


def plan_of(store: Store, sheet: Sheet, **changes: str) -> None:
    """One action for the nursery."""
    typed = TypedAction("F-03", "租用底商开办托儿所", **changes)
    add_action(store, SIGNATURE, sheet, uuid4().hex, typed)


def test_the_work_plan_has_five_parts_with_pictures_and_marks_what_is_missing(
    store: Store, answered: Sheet, app: Starlette, text: Translator
) -> None:
    plan_of(store, answered, starts="2027-03", months="6", owner="居委会")
    reply = paper(app, answered, "work_plan.docx", text.language)
    file = Document(BytesIO(reply.body))
    parts = [one.text for one in file.paragraphs if one.style.name == "Heading 1"]
    names = ("goals", "content", "projects", "sequence", "safeguards")
    assert parts == [text(f"work_plan.{name}") for name in names]
    assert len(file.inline_shapes) == 3, "themes, sequence and staircase; nobody has placed it"
    marked = [
        run.text
        for one in [*file.paragraphs, *(cell.paragraphs[0] for cell in cells_of(file))]
        for run in one.runs
        if run.font.highlight_color is not None
    ]
    assert text("work_plan.open") in marked, "who decides, and the cost"
    assert text("work_plan.not_taken_up") in marked
    assert text("paper.not_placed") in marked
    assert any(text("work_plan.safeguard_money") in one for one in marked)
    assert "2027-03" in words_of(reply.body)


def test_the_work_plan_of_the_next_round_says_what_became_of_an_action(
    store: Store, answered: Sheet, app: Starlette, text: Translator
) -> None:
    plan_of(store, answered, state="done")
    words = words_of(paper(app, answered, "work_plan.docx", text.language).body)
    assert text("plan_check.done_not_met") in words
    say_all(store, answered, {"F-03": "open"})
    words = words_of(paper(app, answered, "work_plan.docx", text.language).body)
    assert text("plan_check.done_met") in words


def test_pdf_is_offered_only_where_it_can_be_written(answered: Sheet, app: Starlette) -> None:
    reply = paper(app, answered, "brief.pdf", "zh")
    if not can_write_pdf():
        assert reply.status == 404
        pytest.skip("WeasyPrint is not installed: the route is not there")
    assert reply.body.startswith(b"%PDF")


def cells_of(file: WordFile) -> list[_Cell]:
    """Every cell of every table."""
    return [cell for table in file.tables for row in table.rows for cell in row.cells]
