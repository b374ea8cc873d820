"""The lines of one community: overall, themes, bonus, gates and facts, and no other score."""

import csv
from decimal import Decimal

import numpy as np

from assessment.domain.scoring import GateResult, Verdict, gate_result_of
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.csv_file import csv_lines
from assessment.reports.summary_table import summary_table
from assessment.store.engine import Store
from tests.reports.reading import EXPORTED, assert_file_is_well_formed, read_back
from tests.services.steps import meet, say, say_facts


def rows_of(sheet: Sheet, text: Translator) -> list[dict[str, str]]:
    return read_back(summary_table(text, sheet, EXPORTED), text).rows


def one_row(sheet: Sheet, text: Translator, line: str, row_id: str = "") -> dict[str, str]:
    (found,) = [r for r in rows_of(sheet, text) if (r["line"], r["id"]) == (line, row_id)]
    return found


def test_the_file_is_well_formed_in_both_languages(
    store: Store, sheet: Sheet, text: Translator
) -> None:
    sheet = say(store, say_facts(store, sheet), "F-01", "choice", "none")
    assert_file_is_well_formed(read_back(summary_table(text, sheet, EXPORTED), text), text)


def test_there_is_a_line_for_everything(sheet: Sheet, text: Translator) -> None:
    lines = [(row["line"], row["id"]) for row in rows_of(sheet, text)]
    framework = sheet.framework
    assert lines == [
        ("overall", ""),
        *(("theme", theme.id) for theme in framework.themes),
        ("bonus", ""),
        ("gates", ""),
        *(("gate", gate.id) for gate in framework.gates),
        *(("fact", fact.id) for fact in framework.facts),
    ]


def test_the_overall_line_is_that_of_the_sheet(
    store: Store, sheet: Sheet, text: Translator
) -> None:
    sheet = meet(store, say_facts(store, sheet), sheet.framework.items_of("facilities"))
    overall, row = sheet.scores.overall, one_row(sheet, text, "overall")
    assert float(row["low"]) == overall.low[0]
    assert float(row["high"]) == overall.high[0]
    assert float(row["completeness"]) == overall.completeness[0]
    assert float(row["set_aside_share"]) == overall.set_aside_share[0]
    assert int(row["low_percent"]) == overall.low_percent[0]
    assert int(row["high_percent"]) == overall.high_percent[0]
    assert int(row["asked"]) == overall.asked[0]
    assert int(row["answered"]) == overall.answered[0]
    assert Verdict[row["result"].upper()] == sheet.scores.verdict[0]
    for theme, line in sheet.scores.themes.items():
        assert float(one_row(sheet, text, "theme", theme)["low"]) == line.low[0]


def test_case_14_only_low_is_exported_as_the_score(
    store: Store, sheet: Sheet, text: Translator
) -> None:
    """The mean of the answered items alone looks good and stands nowhere in any cell."""
    theme = sheet.framework.themes[2]
    items = sheet.framework.items_of(theme.id)
    sheet = meet(store, sheet, items[:3])
    sheet = say(store, sheet, items[3].id, "choice", items[3].steps[1].id)
    line = sheet.scores.themes[theme.id]
    credits = [one.credit for one in sheet.judged.values() if one.credit is not None]
    answered_only = float(np.mean(credits))
    assert line.low[0] < answered_only < line.high[0]
    row = one_row(sheet, text, "theme", theme.id)
    assert float(row["low"]) == line.low[0]
    content = b"".join(csv_lines(summary_table(text, sheet, EXPORTED), text)).decode("utf-8-sig")
    for cells in csv.reader(content.splitlines()):
        assert not any(is_close(cell, answered_only) for cell in cells)
        assert not any(is_close(cell, answered_only * 100) for cell in cells)


def is_close(cell: str, value: float) -> bool:
    try:
        return abs(float(cell) - value) < 1e-6
    except ValueError:
        return False


def test_without_any_answer_there_is_no_hundred_and_no_result(
    sheet: Sheet, text: Translator
) -> None:
    row = one_row(sheet, text, "overall")
    assert (row["low_percent"], row["high_percent"]) == ("0", "100")
    assert row["completeness"] == "0.0"
    assert row["result"] == "undecided"
    assert row["answered"] == "0"
    assert one_row(sheet, text, "gates")["result"] == "undecided"


def test_every_gate_has_its_own_result(store: Store, sheet: Sheet, text: Translator) -> None:
    sheet = say_facts(store, sheet, activity_area="200")
    sheet = say(store, sheet, "F-01", "choice", "open")
    sheet = say(store, sheet, "F-02", "choice", "unknown")
    for gate in sheet.framework.gates:
        told = GateResult[one_row(sheet, text, "gate", gate.id)["result"].upper()]
        assert told is gate_result_of(sheet.judged[gate.id].outcome)
    assert one_row(sheet, text, "gates")["result"] == "blocked"
    assert one_row(sheet, text, "gate", "F-07")["result"] == "blocked"


def test_every_fact_comes_back_exactly(store: Store, sheet: Sheet, text: Translator) -> None:
    sheet = say_facts(store, sheet, service_area="371.9500")
    for definition in sheet.framework.facts:
        row = one_row(sheet, text, "fact", definition.id)
        value = sheet.facts[definition.id]
        if isinstance(value, Decimal):
            assert Decimal(row["value"]) == value
            assert row["unit"]
        else:
            assert (row["result"], row["value"]) == (value, "")
        assert row["value_words"]


def test_a_fact_that_nobody_typed_is_blank(sheet: Sheet, text: Translator) -> None:
    row = one_row(sheet, text, "fact", "households")
    assert (row["value"], row["value_words"], row["result"]) == ("", "", "")


def test_every_row_says_where_it_comes_from(sheet: Sheet, text: Translator) -> None:
    for row in rows_of(sheet, text):
        assert row["community_code"] == sheet.community.code
        assert row["framework_hash"] == sheet.framework.hash == sheet.assessment.framework
        assert row["round"] == sheet.round.id
        assert row["sample"] == "real"
        assert row["exported_at"] == "2026-11-25T09:30:00Z"
        completeness = sheet.scores.overall.completeness[0]
        assert float(row["overall_completeness"]) == completeness
        assert float(row["overall_set_aside_share"]) == sheet.scores.overall.set_aside_share[0]
