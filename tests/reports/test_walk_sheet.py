"""The sheet for a walk: the order of the walk, boxes, figures, and only what is asked or open."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn

from assessment.domain.answers import ALL_TICKS, Answer, Outcome
from assessment.domain.sheet import Sheet, with_kept
from assessment.domain.walk import walk
from assessment.language.translator import Translator
from assessment.reports.html_paper import html_paper
from assessment.reports.items_to_fill import is_open
from assessment.reports.paper import PaperTable
from assessment.reports.walk_sheet import walk_sheet
from assessment.reports.word_paper import word_paper
from tests.domain.sheets import make_sheet
from tests.domain.shipped import FRAMEWORK
from tests.reports.reading import EXPORTED
from tests.services.steps import FACTS

ANSWERED = {"F-01": "open", "F-03": "none", "E-01": ALL_TICKS}


def rows_of(text: Translator, sheet: Sheet, *, only_open: bool = False) -> dict[str, list[str]]:
    """The rows of the items by their code, in the order of the paper."""
    paper = walk_sheet(text, sheet, EXPORTED, UTC, only_open=only_open)
    tables = [one for part in paper.sections for one in part.blocks if isinstance(one, PaperTable)]
    rows = [row for table in tables for row in table.rows]
    return {row[0].split("\n")[0]: list(row) for row in rows if len(row) == 5}


def answered() -> Sheet:
    sheet = make_sheet(FRAMEWORK, ANSWERED, FACTS)
    noted = {**sheet.answers, "F-18": Answer("F-18", note="还有裁缝店")}
    return with_kept(sheet, noted, sheet.saved_facts)


def test_the_sheet_follows_the_walk_and_leaves_out_what_is_not_asked(text: Translator) -> None:
    sheet = answered()
    asked = [
        one for one in FRAMEWORK.items if sheet.judged[one.id].outcome is not Outcome.NOT_ASKED
    ]
    order = [item.id for stop in walk(FRAMEWORK, asked) for item in stop.items]
    assert list(rows_of(text, sheet)) == order
    assert "F-19" not in order
    titles = [part.title for part in walk_sheet(text, sheet, EXPORTED, UTC).sections[1:-1]]
    for title, place in zip(titles, FRAMEWORK.places, strict=True):
        assert place.title.in_language(text.language) in title


def test_each_item_has_a_box_for_each_choice_and_a_line_for_each_figure(text: Translator) -> None:
    rows = {code: [cell.replace("\u00a0", " ") for cell in row] for code, row in boxes(text)}
    for step in FRAMEWORK.item("F-01").steps:
        assert f"□ {step.label.in_language(text.language)}" in rows["F-01"][3]
    for tick in FRAMEWORK.item("E-01").ticks:
        assert f"□ {tick.label.in_language(text.language)}" in rows["E-01"][3]
    assert f"□ {text('answer.unknown')}" in rows["E-01"][3]
    assert f"□ {text('answer.not_applicable')}" in rows["G-05"][3]
    assert f"□ {text('answer.not_applicable')}" not in rows["F-01"][3]
    for name in ("floor_area", "open_days"):
        assert f"{text(f'detail.{name}')}{text('join.colon')}___" in rows["F-01"][4]
    for one in FRAMEWORK.means:
        assert f"□ {one.label.in_language(text.language)}" in rows["F-01"][4]
    assert "□" not in rows["F-06"][3]
    assert "还有裁缝店" in rows["F-18"][4]


def boxes(text: Translator) -> Iterator[tuple[str, list[str]]]:
    yield from rows_of(text, answered()).items()


def test_only_what_is_open_leaves_out_what_is_answered(text: Translator) -> None:
    sheet = answered()
    found = set(rows_of(text, sheet, only_open=True))
    assert found == {item.id for item in FRAMEWORK.items if is_open(sheet, item)}
    assert found.isdisjoint({*ANSWERED, "F-06", "F-18", "F-19"})
    assert {"F-02", "G-15", "G-08"} <= found
    paper = walk_sheet(text, sheet, EXPORTED, UTC, only_open=True)
    assert text("paper.facts") not in [part.title for part in paper.sections]


def test_what_was_only_carried_over_is_open_and_shown(text: Translator) -> None:
    sheet = make_sheet(FRAMEWORK)
    carried = {"F-01": Answer("F-01", "open", to_confirm=True)}
    row = rows_of(text, with_kept(sheet, carried, {}), only_open=True)["F-01"]
    assert FRAMEWORK.item("F-01").steps[3].label.in_language(text.language) in row[4]


def test_a_condition_that_nobody_knows_yet_is_told(text: Translator) -> None:
    option = FRAMEWORK.fact("built").options[0].label.in_language(text.language)
    assert option in rows_of(text, make_sheet(FRAMEWORK))["F-19"][2]


def test_the_paper_lies_on_its_side_with_heads_that_repeat_and_numbers() -> None:
    sheet = answered()
    sample = replace(sheet, round=replace(sheet.round, sample=True))
    paper = walk_sheet(Translator("zh"), sample, EXPORTED, UTC)
    file = Document(BytesIO(word_paper(paper)))
    page = file.sections[0]
    assert page.page_width > page.page_height
    for table in file.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table.rows[-1]._tr.trPr.find(qn("w:cantSplit")) is not None
    fields = page.footer.paragraphs[0]._p.iter(qn("w:instrText"))
    assert [node.text for node in fields] == ["PAGE", "NUMPAGES"]
    assert "示例" in page.header.paragraphs[0].text
    assert "size: A4 landscape" in html_paper(paper).decode()
