"""Frameworks as files: taken away, adapted, read back; what could harm is refused unopened."""

import csv
import io
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook, load_workbook

from assessment.domain.errors import Forbidden, Refused
from assessment.domain.framework import Framework
from assessment.domain.import_table import column_letters
from assessment.domain.permissions import Grant, Person, Role
from assessment.domain.sheet import Sheet
from assessment.language.translator import LANGUAGES, Translator
from assessment.services.communities import list_rounds
from assessment.services.framework_files import (
    framework_export,
    read_draft,
    written,
)
from assessment.services.frameworks import framework_of
from assessment.services.publishing import publish
from assessment.services.rescoring import Moving, rescore
from assessment.settings import PROJECT
from assessment.store.engine import Store
from tests.services.score_rows import assert_as_from_scratch
from tests.services.steps import SIGNATURE, assert_told_in_words, reload, say, say_facts
from tests.services.test_sample_nation import quiet

EXAMPLE = PROJECT / "data" / "frameworks" / "example-city.yaml"


@pytest.fixture
def framework(store: Store) -> Framework:
    return framework_of(store, list_rounds(store)[0].framework)


def faults_of(read: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        read()
    assert_told_in_words(refused.value)
    return [fault.code for fault in refused.value.faults]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ending", ["xlsx", "csv", "yaml"])
def test_every_kind_of_file_comes_back_with_the_same_content(
    store: Store, framework: Framework, language: str, ending: str
) -> None:
    export = framework_export(store, Translator(language), framework.hash, ending)
    assert export is not None
    data = b"".join(export.lines)
    assert export.name.endswith(ending)
    assert read_draft(store, export.name, data).framework.hash == framework.hash


def test_a_workbook_that_was_edited_says_what_is_wrong_in_which_cell(
    store: Store, framework: Framework
) -> None:
    book = load_workbook(io.BytesIO(written(Translator("zh"), framework, "xlsx")))
    codes = [cell.value for cell in book["项目"][2]]
    book["项目"].cell(8, codes.index("rule.threshold") + 1).value = 32
    book["清单"].cell(3, 2).value = 2.1
    file = io.BytesIO()
    book.save(file)
    draft = read_draft(store, "改.xlsx", file.getvalue()).framework
    assert (draft.version, draft.items[5].rule.threshold) == ("2.1", "32")
    column = codes.index("weight")
    book["项目"].cell(8, column + 1).value = "很重"
    del book["分组"]
    book.save(file)
    with pytest.raises(Refused) as refused:
        read_draft(store, "改.xlsx", file.getvalue())
    assert [(one.code, one.sheet) for one in refused.value.faults] == [("sheet_missing", "groups")]
    book = load_workbook(io.BytesIO(written(Translator("zh"), framework, "xlsx")))
    book["项目"].cell(8, column + 1).value = "很重"
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(Refused) as refused:
        read_draft(store, "改.xlsx", file.getvalue())
    (fault,) = refused.value.faults
    assert (fault.sheet, fault.line, fault.column) == ("items", 8, "weight")
    assert fault.letter == column_letters(column)
    assert "很重" in Translator("zh").fault(fault)


def test_a_csv_adapts_the_framework_that_it_names(store: Store, framework: Framework) -> None:
    rows = list(csv.reader(io.StringIO(written(Translator("zh"), framework, "csv").decode())))
    codes = rows[1]
    for row in rows[2:]:
        row[codes.index("base.new_version")] = "3.0"
    rows[2][codes.index("weight")] = "2.5"
    gone = rows.pop(5)[codes.index("id")]

    def file(encoding: str) -> bytes:
        buffer = io.StringIO(newline="")
        csv.writer(buffer).writerows(rows)
        # What a Chinese Excel cannot write is written by it as a question mark.
        return buffer.getvalue().encode(encoding, "replace")

    read = read_draft(store, "各项.csv", file("utf-8"), any_source=True).framework
    assert (read.id, read.version) == (framework.id, "3.0")
    assert read.items[0].weight == 2.5
    assert not read.has_item(gone)
    assert read.facts == framework.facts
    assert (
        read_draft(store, "各项.csv", file("gb18030"), any_source=True).framework.hash == read.hash
    )
    rows[2][codes.index("base.version")] = "0.1"
    assert faults_of(lambda: read_draft(store, "各项.csv", file("utf-8"))) == ["base_differs"]
    for row in rows[2:]:
        row[codes.index("base.version")] = "0.1"
    assert faults_of(lambda: read_draft(store, "各项.csv", file("utf-8"))) == ["base_unknown"]
    rows[1] = ["" for _ in codes]
    assert faults_of(lambda: read_draft(store, "各项.csv", file("utf-8"))) == ["codes_missing"]


def test_who_does_not_run_the_product_reads_and_takes_nothing(
    store: Store, framework: Framework
) -> None:
    seen = store.seen_by(Person("r", "r", (Grant(Role.REVIEWER),)))
    assert framework_export(seen, Translator("zh"), framework.hash, "yaml") is None
    with pytest.raises(Forbidden):
        read_draft(seen, "a.yaml", b"")
    with pytest.raises(Forbidden):
        publish(seen, SIGNATURE, framework, b"")
    with pytest.raises(Forbidden):
        rescore(seen, SIGNATURE, Moving(list_rounds(store)[0].id, framework), quiet)
    assert framework_export(store, Translator("zh"), "0" * 64, "yaml") is None


def workbook(**parts: bytes) -> bytes:
    """A small sound workbook with other parts in it."""
    file, changed = io.BytesIO(), io.BytesIO()
    Workbook().save(file)
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(
                name, parts.pop("sheet", old.read(name)) if "sheet1" in name else old.read(name)
            )
        for name, content in parts.items():
            new.writestr(name.replace("__", "/"), content)
    return changed.getvalue()


DECLARED = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 cut off", "import_damaged"),
        (workbook(sheet=DECLARED), "import_document_type"),
        (workbook(xl__vbaProject=b"x"), "import_macro"),
        (workbook(xl__media__one=b"\0" * 300_000_000), "import_bomb"),
    ],
    ids=["cut", "declared", "macros", "bomb"],
)
def test_what_could_harm_is_refused_in_words(store: Store, data: bytes, code: str) -> None:
    assert faults_of(lambda: read_draft(store, "a.xlsx", data)) == [code]


def test_a_formula_is_refused_with_its_cell(store: Store, framework: Framework) -> None:
    export = framework_export(store, Translator("en"), framework.hash, "xlsx")
    assert export is not None
    book, changed = load_workbook(io.BytesIO(b"".join(export.lines))), io.BytesIO()
    book.worksheets[0]["A5"] = "=1+1"
    book.save(changed)
    with pytest.raises(Refused) as refused:
        read_draft(store, export.name, changed.getvalue())
    assert_told_in_words(refused.value)
    fault = refused.value.faults[0]
    assert (fault.code, fault.line, fault.letter) == ("import_formula", 5, "A")


def test_a_round_under_a_local_checklist_is_scored_with_the_national_figures_beside(
    store: Store, sheet: Sheet
) -> None:
    draft = read_draft(store, EXAMPLE.name, EXAMPLE.read_bytes())
    local = publish(store, SIGNATURE, draft.framework, draft.content)
    assert framework_of(store, local.hash).hash == local.hash
    before = say_facts(store, sheet, service_area="300", activity_area="200")
    rescore(store, SIGNATURE, Moving(sheet.round.id, local), quiet)
    after = reload(store, before)
    assert {getattr(one, "item", "") for one in after.to_confirm} == {"F-06"}
    after = say(store, after, "F-06", "note", "已核对")
    after = say(store, after, "L-01", "choice", "open")
    assert after.judged["F-06"].outcome.name == "MET"
    assert after.judged_nationally("F-06").outcome.name == "PARTLY"
    assert after.scores.local.low_percent[0] == 33
    assert after.national is not None
    assert after.national.overall.low[0] < after.scores.overall.low[0]
    assert_as_from_scratch(store, after)
