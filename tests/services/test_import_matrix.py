"""Tables of communities with columns for states and for answers: what holds, what is refused."""

import pytest

from assessment.domain.answers import NOT_APPLICABLE, SOME_TICKS, Answer, Decision
from assessment.domain.framework import Kind
from assessment.domain.sheet import Sheet
from assessment.store.engine import Store
from tests.services.broken_files import workbook
from tests.services.imports import change_at, codes_of, previewed


def table(sheet: Sheet, cells: dict[str, str]) -> bytes:
    """A table with one community and these columns."""
    return workbook([("code", *cells), (sheet.community.code, *cells.values())])


def said(store: Store, sheet: Sheet, cell: str, item: str = "F-01") -> Answer:
    """The answer that a cell would write."""
    seen = previewed(store, table(sheet, {f"answer_{item}": cell}), "file.xlsx")
    assert not seen.problems, seen.problems
    found = change_at(seen, item).new
    assert isinstance(found, Answer)
    return found


def test_the_answer_tells_apart_what_the_state_does_not(store: Store, sheet: Sheet) -> None:
    for choice in ("none", "building"):
        content = table(sheet, {"F-01": "not_met", "answer_F-01": choice})
        assert change_at(previewed(store, content, "file.xlsx"), "F-01").new.choice == choice  # type: ignore[union-attr]
    seen = previewed(store, table(sheet, {"F-01": "not_met"}), "file.xlsx")
    assert codes_of(seen) == ["import_state_only"]


def test_an_answer_in_words_is_taken_as_its_code(store: Store, sheet: Sheet) -> None:
    assert said(store, sheet, "已开放").choice == "open"


def test_ticks_stand_behind_the_answer(store: Store, sheet: Sheet) -> None:
    upkeep = next(item for item in sheet.framework.items if item.kind is Kind.UPKEEP)
    first = upkeep.ticks[0].id
    found = said(store, sheet, f"some: {first}", upkeep.id)
    assert (found.choice, found.ticks) == (SOME_TICKS, (first,))


def test_reason_and_decision_stand_with_not_applicable(store: Store, sheet: Sheet) -> None:
    item = next(item for item in sheet.framework.items if item.not_applicable)
    found = said(store, sheet, "不适用 accepted: 没有 : 这样的地方", item.id)
    assert (found.choice, found.decision) == (NOT_APPLICABLE, Decision.ACCEPTED)
    assert found.reason == "没有 : 这样的地方"


@pytest.mark.parametrize("state", ["met", "partly", "unknown", "not_applicable", "已开放"])
def test_a_state_that_was_changed_beside_its_answer_is_refused(
    store: Store, sheet: Sheet, state: str
) -> None:
    content = table(sheet, {"F-01": state, "answer_F-01": "building"})
    seen = previewed(store, content, "file.xlsx")
    assert codes_of(seen) == ["import_state_differs"]
    (problem,) = seen.problems
    assert (problem.place.row, problem.place.letters) == (2, "B")
    assert seen.changes == []


@pytest.mark.parametrize("cell", ["open: lit", "open accepted", "some: lit", "grand"])
def test_what_is_no_answer_is_refused_at_its_cell(store: Store, sheet: Sheet, cell: str) -> None:
    seen = previewed(store, table(sheet, {"answer_F-01": cell}), "file.xlsx")
    assert codes_of(seen) == ["import_not_allowed"]
    assert seen.problems[0].place.letters == "B"


def test_columns_of_items_that_the_checklist_lacks_are_named(store: Store, sheet: Sheet) -> None:
    content = workbook(
        [
            ("code", "F-01", "F-99", "answer_F-98"),
            (sheet.community.code, "unknown", "met", "open"),
        ]
    )
    seen = previewed(store, content, "file.xlsx")
    assert list(seen.others) == ["F-99", "answer_F-98"]
    assert [one.subject for one in seen.changes] == ["F-01"]
