"""The workbook that is taken along and filled comes back as it was filled."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from assessment.domain.answers import NOT_APPLICABLE, SOME_TICKS
from assessment.domain.framework import Kind
from assessment.domain.sheet import Sheet
from assessment.language.translator import LANGUAGES, Language, Translator
from assessment.services.offline_exports import offline_workbook_export
from assessment.store.engine import Store
from tests.conftest import NOW
from tests.services.imports import imported, previewed
from tests.services.steps import reload, say

CODE_ROW = 2


def fill(page: Worksheet, key: str, subject: str, **typed: str) -> None:
    """Type into the row of an item or a fact, under the hidden codes."""
    columns = {str(cell.value): cell.column for cell in page[CODE_ROW]}
    for (first,) in page.iter_rows(min_col=columns[key], max_col=columns[key]):
        if first.value == subject:
            for code, value in typed.items():
                page.cell(first.row, columns[code]).value = value
            return
    pytest.fail(f"{subject} is not on {page.title}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_workbook_comes_back_and_a_second_time_changes_nothing(
    store: Store, sheet: Sheet, language: Language
) -> None:
    text, items = Translator(language), sheet.framework.items
    sheet = say(store, sheet, "F-02", "choice", "open")
    export = offline_workbook_export(store, text, sheet.community.code, sheet.round.id, NOW)
    assert export
    book = load_workbook(BytesIO(b"".join(export.lines)))
    by_name = {
        name: one.attr_text.split("!")[0].strip("'") for name, one in book.defined_names.items()
    }
    page, facts = book[by_name["sheet_items"]], book[by_name["sheet_facts"]]
    upkeep = next(one for one in items if one.kind is Kind.UPKEEP)
    aside = next(one for one in items if one.not_applicable and one.steps and one.applies is None)
    step = sheet.framework.item("F-01").steps[0]
    fill(page, "item", "F-01", answer=step.label.in_language(language), note="墙上有牌子")
    some, yes = text("answer.some_ticks"), text("import.yes")
    fill(page, "item", upkeep.id, answer=some, tick_1=yes)
    fill(page, "item", aside.id, state=text("answer.not_applicable"), reason="本社区没有")
    fill(facts, "fact", "households", value="1,240")
    filled = BytesIO()
    book.save(filled)
    where = {"community": sheet.community.code, "text": text, "name": export.name}
    imported(store, filled.getvalue(), **where)
    fresh = reload(store, sheet)
    assert (fresh.answers["F-01"].choice, fresh.answers["F-01"].note) == (step.id, "墙上有牌子")
    assert fresh.answers[upkeep.id].choice == SOME_TICKS
    assert fresh.answers[upkeep.id].ticks == (upkeep.ticks[0].id,)
    assert fresh.answers[aside.id].choice == NOT_APPLICABLE
    assert fresh.answers["F-02"].revision == 1
    assert fresh.facts["households"] == 1240
    assert previewed(store, filled.getvalue(), **where).changes == []
