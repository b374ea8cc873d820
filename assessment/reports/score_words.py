"""Scores in words, the same on screen and on paper."""

from assessment.domain.scoring import (
    GateResult,
    Line,
    Verdict,
    gate_result_of,
    whole_percent,
)
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator


def range_words(text: Translator, line: Line) -> str:
    """ "41 – 78", one number where nothing is open, "no score" where nothing is known."""
    low, high = line.low_percent[0], line.high_percent[0]
    if low != low or line.completeness[0] == 0:
        return text("score.none")
    if line.completeness[0] == 1:
        return text.number(low)
    return text("score.range", low=text.number(low), high=text.number(high))


def percent_words(text: Translator, share: float | None) -> str:
    """A share as a floored percentage; a dash where there is none."""
    if share is None or share != share:
        return "–"
    return text.percent(int(whole_percent(share)))


def verdict_words(text: Translator, sheet: Sheet) -> str:
    """Whether the community is complete."""
    return text(f"verdict.{Verdict(int(sheet.scores.verdict[0])).name.lower()}")


def figures_words(text: Translator, sheet: Sheet) -> str:
    """Answered, completeness and not-applicable share: always together."""
    overall = sheet.scores.overall
    figures = text(
        "panel.figures",
        answered=int(overall.answered[0]),
        asked=int(overall.asked[0]),
        completeness=percent_words(text, overall.completeness[0]),
        set_aside=int(overall.set_aside[0]),
        share=percent_words(text, overall.set_aside_share[0]),
    )
    return " · ".join([figures, *local_words(text, sheet)])


def local_words(text: Translator, sheet: Sheet) -> list[str]:
    """The line of local items, the score by the national thresholds, and whether the checklist
    is only an example; each where there is one."""
    local, words = sheet.scores.local, []
    if sheet.framework.local_items:
        counts = {"answered": int(local.answered[0]), "asked": int(local.asked[0])}
        words.append(text("panel.local", range=range_words(text, local), **counts))
    if sheet.national is not None:
        words.append(text("panel.national", range=range_words(text, sheet.national.overall)))
    if sheet.framework.example:
        words.append(text("framework.example"))
    return words


def gate_results(sheet: Sheet) -> dict[str, GateResult]:
    """Every gate by its item id."""
    return {
        gate.id: gate_result_of(sheet.judged[gate.id].outcome) for gate in sheet.framework.gates
    }


def gates_words(text: Translator, sheet: Sheet) -> str:
    """How many gates are passed, not met and open."""
    results = list(gate_results(sheet).values())
    return text(
        "panel.gates",
        passed=results.count(GateResult.PASSED),
        blocked=results.count(GateResult.BLOCKED),
        undecided=results.count(GateResult.UNDECIDED),
    )


def headline(text: Translator, sheet: Sheet) -> str:
    """One sentence that a secretary could read aloud."""
    results = gate_results(sheet)
    overall = sheet.scores.overall
    named = [
        sheet.framework.item(gate).title.in_language(text.language)
        for gate, result in results.items()
        if result is GateResult.BLOCKED
    ]
    missing = text("headline.missing", names=text("join.list").join(named)) if named else ""
    return text(
        "headline",
        gates=len(results),
        passed=list(results.values()).count(GateResult.PASSED),
        missing=missing,
        range=range_words(text, overall),
        asked=int(overall.asked[0]),
        answered=int(overall.answered[0]),
        set_aside=int(overall.set_aside[0]),
    )
