"""The plan as pictures: when things are done, and how the score rises with them."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from assessment.domain.plan import ActionState, Month, PlannedAction
from assessment.domain.records import Programme
from assessment.domain.schedule import Spans, StairStep
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.charts import Picture
from assessment.reports.signs import INK, QUIET

_FILLS = {
    ActionState.PLANNED: "#8FBFD3",
    ActionState.UNDER_WAY: "#0B6E99",
    ActionState.DONE: "#98A2B3",
}
_WINDOW = "#FCE7B2"
_STEP = "#0B6E99"
_ROW, _AXIS = 44, 60
_BAR, _ABOVE = 15, -17
_MOST_LETTERS = 34
_MONTHS = alt.Axis(
    format="%Y-%m", tickCount={"interval": "month", "step": 1}, labelOverlap=True, grid=True
)


def gantt_chart(
    text: Translator,
    actions: Sequence[PlannedAction],
    spans: Spans,
    windows: Sequence[Programme],
) -> Picture:
    """A bar for each action with dates, above them the time of each pilot list.

    A line leads from what has to end first to what waits for it.
    """
    rows = _rows(text, actions, spans, windows)
    order = [row["row"] for row in rows]
    # The names stand above the bars: beside them they would leave a phone no room for the bars.
    y = alt.Y("row:N", sort=order, title=None, axis=None)
    x = alt.X("from:T", title=text("plan.month"), axis=_MONTHS)
    bars = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar(height=_BAR, cornerRadius=3, yOffset=4)
        .encode(
            x=x,
            x2="to:T",
            y=y,
            fill=alt.Fill("fill:N", scale=None),
            tooltip=[
                alt.Tooltip("label:N", title=text("plan.action")),
                alt.Tooltip("state:N", title=text("plan.state")),
                alt.Tooltip("months:N", title=text("work_plan.time")),
            ],
        )
    )
    names = (
        alt.Chart(pd.DataFrame(rows))
        .mark_text(align="left", fontSize=12, color=INK, dy=_ABOVE + 4)
        .encode(x=alt.value(2), y=y, text="caption:N")
    )
    layers = [*_window_ends(rows, x), bars, names, *_waits(actions, spans, order)]
    return alt.layer(*layers).properties(height=_ROW * max(len(order), 1) + _AXIS)


def stair_chart(text: Translator, sheet: Sheet, steps: Sequence[StairStep]) -> Picture:
    """The low end of the score after each month in which something ends, with the threshold."""
    first = min([one.month for one in steps])
    points = [
        {"month": f"{first.plus(-1)}-01", "low": _low(sheet), "label": _low(sheet)},
        *(
            {"month": f"{one.month}-01", "low": _low(one.sheet), "label": _low(one.sheet)}
            for one in steps
        ),
    ]
    x = alt.X("month:T", title=text("plan.month"), axis=_MONTHS)
    y = alt.Y("low:Q", scale=alt.Scale(domain=[0, 100]), title=text("chart.low"))
    base = alt.Chart(pd.DataFrame(points)).encode(x=x, y=y)
    line = base.mark_line(interpolate="step-after", color=_STEP, strokeWidth=3, point=True)
    names = base.mark_text(dy=-12, fontSize=13, color=INK).encode(text="label:Q")
    target = (
        alt.Chart(pd.DataFrame([{"low": sheet.framework.complete_from}]))
        .mark_rule(strokeDash=[5, 4], color=QUIET)
        .encode(y="low:Q")
    )
    return alt.layer(target, line, names).properties(height=240)


def _rows(
    text: Translator,
    actions: Sequence[PlannedAction],
    spans: Spans,
    windows: Sequence[Programme],
) -> list[dict[str, Any]]:
    rows = []
    for one in windows:
        starts, ends = Month.read(one.starts), Month.read(one.ends)
        if starts is not None and ends is not None:
            label = text("plan.window_row", title=one.title(text.language))
            rows.append(_row(f"w{one.id}", label, starts, ends, _WINDOW, f"{starts} – {ends}"))
    dated = sorted(
        (one for one in actions if one.id in spans), key=lambda one: (spans[one.id].starts, one.id)
    )
    for action in dated:
        span, label = spans[action.id], f"{action.item} {action.words}"
        state = text(f"plan_state.{action.state}")
        rows.append(
            _row(f"a{action.id}", label, span.starts, span.ends, _FILLS[action.state], state)
        )
    return rows


def _row(key: str, label: str, starts: Month, ends: Month, fill: str, state: str) -> dict[str, Any]:
    short = label if len(label) <= _MOST_LETTERS else f"{label[: _MOST_LETTERS - 1]}…"
    return {
        "row": key,
        "label": label,
        "caption": f"{short} · {state}",
        "from": f"{starts}-01",
        "to": f"{ends.plus(1)}-01",
        "fill": fill,
        "state": state,
        "months": f"{starts} – {ends}",
    }


def _window_ends(rows: Sequence[dict[str, Any]], x: alt.X) -> list[alt.Chart]:
    ends = [{"from": row["to"]} for row in rows if row["fill"] == _WINDOW]
    if not ends:
        return []
    rule = alt.Chart(pd.DataFrame(ends)).mark_rule(strokeDash=[5, 4], color="#8A5A00")
    return [rule.encode(x=x)]


def _waits(actions: Sequence[PlannedAction], spans: Spans, order: Sequence[str]) -> list[alt.Chart]:
    """For each action that waits: down from the end of the first, and on to its beginning."""
    lines, heads = [], []
    for one in actions:
        first, then = f"a{one.after}", f"a{one.id}"
        if one.after is None or first not in order or then not in order:
            continue
        ends, starts = f"{spans[one.after].ends.plus(1)}-01", f"{spans[one.id].starts}-01"
        corners = ((ends, first), (ends, then), (starts, then))
        lines += [
            {"from": at, "row": row, "wait": then, "corner": place}
            for place, (at, row) in enumerate(corners)
        ]
        heads.append({"from": starts, "row": then})
    if not lines:
        return []
    y = alt.Y("row:N", sort=list(order), title=None)
    path = alt.Chart(pd.DataFrame(lines)).mark_line(color=QUIET, strokeWidth=1.5, yOffset=4)
    head = alt.Chart(pd.DataFrame(heads)).mark_point(
        shape="triangle-right", filled=True, color=QUIET, size=70, opacity=1, yOffset=4
    )
    return [
        path.encode(x="from:T", y=y, detail="wait:N", order="corner:Q"),
        head.encode(x="from:T", y=y),
    ]


def _low(sheet: Sheet) -> float:
    percent = sheet.scores.overall.low_percent[0]
    return 0.0 if percent != percent else float(percent)
