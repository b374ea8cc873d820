"""The charts of a community as picture files. Nothing here writes."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from assessment.domain.records import Round
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.services.communities import assessment_in
from assessment.services.exports import Export, file_name
from assessment.services.selection_exports import (
    Wish,
    about_words,
    area_words,
    chosen_by,
    selection_file_name,
)
from assessment.services.sheets import load_history, load_sheet
from assessment.store.engine import Store

THEMES, WHEEL, TREND, DISTRIBUTION = "themes", "wheel", "trend", "distribution"
CHARTS = (THEMES, WHEEL, TREND)
PICTURES = {"svg": "image/svg+xml", "png": "image/png"}
_WIDTHS = {THEMES: 640, WHEEL: 540, TREND: 640}
_DISTRIBUTION_WIDTH = 720


def chart_export(
    store: Store, text: Translator, kind: str, ending: str, code: str, round_id: str, at: datetime
) -> Export | None:
    """One of ``CHARTS``; ``None`` if the community has not begun in the round."""
    # The chart library takes a second to load: only who wants a file waits.
    from assessment.reports.chart_file import drawn, titled

    assessment = assessment_in(store, code, round_id)
    sheet = load_sheet(store, assessment.id) if assessment else None
    if sheet is None:
        return None
    name = sheet.community.name(text.language)
    title = text("export.chart", community=name, chart=text(f"file.{kind}"))
    lines = [*_legend(text, kind), *_lines(text, sheet, at)]
    chart = titled(_chart(store, text, kind, sheet), title, lines, _WIDTHS[kind])
    parts = (sheet.community.code, name, sheet.round.id)
    return Export(
        file_name(text, parts, kind, ending, sample=sheet.round.sample),
        iter([drawn(chart, ending)]),
        PICTURES[ending],
    )


def distribution_export(store: Store, wish: Wish, ending: str) -> Export | None:
    """Where the scores of a selection lie; ``None`` if none of its communities has one."""
    from assessment.reports.chart_file import drawn, titled
    from assessment.reports.distribution_chart import distribution_chart
    from assessment.services.area_picture import distribution

    text, chosen = wish.text, chosen_by(store, wish)
    if chosen is None:
        return None
    found = distribution(store, chosen.round, text.language, chosen.nation, chosen.mask, set())
    if not found.total:
        return None
    lines = [about_words(wish, chosen), *_sample_line(text, chosen.round)]
    title = text(
        "export.chart", community=area_words(text, chosen), chart=text(f"file.{DISTRIBUTION}")
    )
    chart = titled(distribution_chart(text, found).to_dict(), title, lines, _DISTRIBUTION_WIDTH)
    name = selection_file_name(text, chosen, DISTRIBUTION, ending)
    return Export(name, iter([drawn(chart, ending)]), PICTURES[ending])


def _chart(store: Store, text: Translator, kind: str, sheet: Sheet) -> dict[str, Any]:
    from assessment.reports.charts import theme_bars, theme_wheel, trend_chart

    if kind == TREND:
        chart = trend_chart(text, load_history(store, sheet.community.code))
    else:
        chart = (theme_bars if kind == THEMES else theme_wheel)(text, sheet)
    described: dict[str, Any] = chart.to_dict()
    return described


def _legend(text: Translator, kind: str) -> Sequence[str]:
    if kind == TREND:  # has one in the picture
        return []
    if kind == WHEEL:
        return [text("chart.wheel_legend")]
    return [text("chart.legend"), text("chart.bars_legend")]


def _lines(text: Translator, sheet: Sheet, at: datetime) -> Sequence[str]:
    """Round, method and time; for the sample also that it is one."""
    where = text(
        "export.chart_source",
        round=sheet.round.label(text.language),
        framework=f"{sheet.framework.id} {sheet.framework.version}",
        time=text.moment(at, UTC),
    )
    example = [text("framework.example")] if sheet.framework.example else []
    return [where, *example, *_sample_line(text, sheet.round)]


def _sample_line(text: Translator, one: Round) -> list[str]:
    return [text("export.sample")] if one.sample else []
