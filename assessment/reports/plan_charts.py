"""The plan as pictures: when things are done, and how the score rises with them."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from assessment.domain.plan import PlannedAction, StairStep
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.charts import Picture
from assessment.reports.signs import INK, QUIET

_BAR = "#0B6E99"
_ROW, _AXIS = 30, 50
_MONTHS = alt.Axis(format="%Y-%m", tickCount={"interval": "month", "step": 1}, labelOverlap=True)


def gantt_chart(text: Translator, actions: Sequence[PlannedAction]) -> Picture:
    """A bar for each action with dates, in the order of their beginnings."""
    dated = sorted(
        (one for one in actions if one.starts and one.ends), key=lambda one: (one.starts, one.id)
    )
    rows = [
        {
            "label": f"{one.item} {one.words}",
            "from": f"{one.starts}-01",
            "to": f"{one.ends.plus(1)}-01" if one.ends else "",
            "owner": one.owner,
        }
        for one in dated
    ]
    order = [row["label"] for row in rows]
    bars = (
        alt.Chart(pd.DataFrame(rows, columns=["label", "from", "to", "owner"]))
        .mark_bar(color=_BAR, height=16, cornerRadius=3)
        .encode(
            x=alt.X("from:T", title=text("plan.month"), axis=_MONTHS),
            x2="to:T",
            y=alt.Y("label:N", sort=order, title=None, axis=alt.Axis(labelLimit=260)),
            tooltip=[
                alt.Tooltip("label:N", title=text("plan.action")),
                alt.Tooltip("owner:N", title=text("plan.owner")),
            ],
        )
    )
    return alt.layer(bars).properties(height=_ROW * max(len(order), 1) + _AXIS)


def stair_chart(text: Translator, sheet: Sheet, steps: Sequence[StairStep]) -> Picture:
    """The low end of the score after each month in which something ends, with the threshold."""
    rows = [{"month": str(one.month), "low": _low(one.sheet)} for one in steps]
    first = {"month": text("plan.now"), "low": _low(sheet)}
    frame = pd.DataFrame([first, *rows])
    x = alt.X("month:N", sort=None, title=text("plan.month"), axis=alt.Axis(labelAngle=-30))
    y = alt.Y("low:Q", scale=alt.Scale(domain=[0, 100]), title=text("chart.low"))
    base = alt.Chart(frame).encode(x=x, y=y)
    line = base.mark_line(interpolate="step-after", color=_BAR, strokeWidth=3, point=True)
    names = base.mark_text(dy=-12, fontSize=13, color=INK).encode(text="low:Q")
    target = (
        alt.Chart(pd.DataFrame([{"low": sheet.framework.complete_from}]))
        .mark_rule(strokeDash=[5, 4], color=QUIET)
        .encode(y="low:Q")
    )
    return alt.layer(target, line, names).properties(height=240)


def _low(sheet: Sheet) -> float:
    percent = sheet.scores.overall.low_percent[0]
    return 0.0 if percent != percent else float(percent)
