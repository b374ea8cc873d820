"""Where a community and its facilities are, as a picture for paper: no tiles, no outlines."""

from collections.abc import Sequence
from math import cos, radians

import altair as alt
import pandas as pd

from assessment.domain.coordinates import METRES_A_DEGREE
from assessment.domain.records import Community, Facility
from assessment.language.translator import Translator
from assessment.reports.charts import Picture
from assessment.reports.signs import INK, QUIET

# The 5, 10 and 15-minute circles of GB 50180-2018, as on the screen's map.
_RINGS = ((300, 5), (500, 10), (1000, 15))
_SIDE = 360
_POINT = "#0B6E99"


def place_chart(text: Translator, community: Community, facilities: Sequence[Facility]) -> Picture:
    """The community in the middle, its facilities by their numbers; both axes in metres."""
    points = _points(text, community, facilities)
    reach = max(1000.0, *(max(abs(x), abs(y)) for x, y in zip(points.x, points.y, strict=True)))
    scale = alt.Scale(domain=[-reach * 1.12, reach * 1.12], nice=False)
    x = alt.X("x:Q", scale=scale, title=text("paper.metres_east"))
    y = alt.Y("y:Q", scale=scale, title=text("paper.metres_north"))
    marks = alt.Chart(points).encode(x=x, y=y)
    dots = marks.mark_point(filled=True, size=70, color=_POINT, opacity=1).encode(
        shape=alt.Shape("shape:N", scale=None)
    )
    names = marks.mark_text(align="left", dx=8, fontSize=12, color=INK).encode(text="label:N")
    chart = alt.layer(_rings(text, scale), _ring_names(text, scale), dots, names)
    return chart.properties(width=_SIDE, height=_SIDE)


def _points(text: Translator, community: Community, facilities: Sequence[Facility]) -> pd.DataFrame:
    centre = community.place
    if centre is None:
        raise ValueError(community.code)
    rows = [{"x": 0.0, "y": 0.0, "label": community.name(text.language), "shape": "diamond"}]
    wide = METRES_A_DEGREE * cos(radians(centre.latitude))
    for number, one in enumerate(facilities, start=1):
        rows.append(
            {
                "x": (one.place.longitude - centre.longitude) * wide,
                "y": (one.place.latitude - centre.latitude) * METRES_A_DEGREE,
                "label": str(number),
                "shape": "circle",
            }
        )
    return pd.DataFrame(rows)


def _rings(text: Translator, scale: alt.Scale) -> alt.Chart:
    rows = [
        {
            "ring": metres,
            "place": step,
            "x": metres * cos(turn),
            "y": metres * cos(turn - 1.5707963),
        }
        for metres, _ in _RINGS
        for step, turn in ((k, radians(5 * k)) for k in range(73))
    ]
    chart: alt.Chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_line(strokeDash=[4, 4], color=QUIET, strokeWidth=1)
        .encode(
            x=alt.X("x:Q", scale=scale, title=text("paper.metres_east")),
            y=alt.Y("y:Q", scale=scale, title=text("paper.metres_north")),
            detail="ring:N",
            order="place:Q",
        )
    )
    return chart


def _ring_names(text: Translator, scale: alt.Scale) -> alt.Chart:
    rows = [
        {"x": 0.0, "y": float(metres), "label": text("map.ring", metres=metres, minutes=minutes)}
        for metres, minutes in _RINGS
    ]
    chart: alt.Chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_text(dy=-6, fontSize=11, color=QUIET)
        .encode(
            x=alt.X("x:Q", scale=scale),
            y=alt.Y("y:Q", scale=scale),
            text="label:N",
        )
    )
    return chart
