"""Slanted lines over what lacks the evidence asked for: the same look on every ground.

Vega draws no patterns. There a hatching is a layer of single lines, each cut off at the edge of
what it lies on, so that it looks like the pattern of a style sheet. The lines are no content of
their own: who listens to the page hears the count of each bar and sector.
"""

from collections.abc import Mapping, Sequence
from math import ceil, pi
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from assessment.reports.signs import HATCH_LINE, HATCH_STEP

_SAMPLE = 0.25
# A chart is hardly ever wider on a screen; beyond, the far end of a long bar has no lines.
_WIDEST = 1600
_WHITE = "#FFFFFF"


def hatched_bars(parts: Sequence[Mapping[str, Any]], height: float) -> list[alt.Chart]:
    """Lines over the stretches ``from``–``hatched_to`` (in percent) of the bars ``label``.

    Nothing if there is no such stretch. ``height`` is that of a bar, in pixels. How wide a percent
    is only the browser knows: it works the ends of the lines out.
    """
    lines = [
        {
            "label": part["label"],
            "left": part["from"],
            "right": part["hatched_to"],
            "number": number,
        }
        for part in parts
        for number in range(_count(part["hatched_to"] - part["from"], height))
    ]
    if not lines:
        return []
    left, right = ("datum.left / 100 * width", "datum.right / 100 * width")
    start = f"({left} - {height} + {HATCH_STEP} * datum.number)"
    low, high = (f"clamp({one}, {left}, {right})" for one in (start, f"{start} + {height}"))
    floor = f"scale('y', datum.label) + bandwidth('y') / 2 + {height / 2}"
    # Without the clip Vega counts the lines where they were before it fitted the chart to the page.
    marks = alt.Chart(pd.DataFrame(lines)).mark_rule(
        stroke=_WHITE, strokeWidth=HATCH_LINE, clip=True, aria=False
    )
    return [
        marks.encode(
            x=alt.value(alt.expr(low)),
            x2=alt.value(alt.expr(high)),
            y=alt.value(alt.expr(f"{floor} - ({low} - {start})")),
            y2=alt.value(alt.expr(f"{floor} - ({high} - {start})")),
        )
    ]


def _count(percent: float, height: float) -> int:
    return ceil((percent / 100 * _WIDEST + height) / HATCH_STEP) if percent > 0 else 0


def hatched_sector(start: float, end: float, inner: float, outer: float) -> str:
    """Lines across a part of a wheel as an SVG path, in pixels from the middle of the wheel.

    The angles are radians clockwise from the top, the radii pixels. Empty if there is no part.
    """
    x = np.arange(-outer, outer + _SAMPLE, _SAMPLE)
    parts = []
    for offset in np.arange(-2 * outer, 2 * outer, HATCH_STEP):
        y = offset - x
        radius, angle = np.hypot(x, y), np.arctan2(x, -y) % (2 * pi)
        inside = (radius >= inner) & (radius < outer) & (angle >= start) & (angle < end)
        changes = np.flatnonzero(np.diff(np.concatenate(([False], inside, [False]))))
        for first, after in zip(changes[::2], changes[1::2], strict=True):
            ends = (x[first], y[first], x[after - 1], y[after - 1])
            parts.append("M{:.1f},{:.1f}L{:.1f},{:.1f}".format(*ends))
    return "".join(parts)


def hatched_wheel(paths: Sequence[str]) -> list[alt.Chart]:
    """The lines of ``hatched_sector`` in the middle of a chart; nothing if all are empty."""
    frame = pd.DataFrame([{"path": path} for path in paths if path])
    if frame.empty:
        return []
    # Of a path as the shape of a point Vega takes its units as half the root of the size.
    marks = alt.Chart(frame).mark_point(
        size=4, fill=None, stroke=_WHITE, strokeWidth=HATCH_LINE, opacity=1, aria=False
    )
    return [marks.encode(shape=alt.Shape("path:N", scale=None))]
