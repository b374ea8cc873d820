"""Charts from plain rows. Colours and signs are those of every other picture."""

import json
from collections.abc import Sequence
from math import pi, sqrt
from typing import Any

import altair as alt
import pandas as pd

from assessment.domain.answers import State
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.hatching import hatched_bars, hatched_sector, hatched_wheel
from assessment.reports.short_lines import in_short_lines, room_of
from assessment.reports.signs import INK, STATES, theme_colour
from assessment.reports.theme_rows import bar_lines, state_mix, theme_lines, trend_lines

_ORDER = [
    State.MET,
    State.PARTLY,
    State.NOT_MET,
    State.UNKNOWN,
    State.UNANSWERED,
    State.NOT_APPLICABLE,
]
_BAR = 26
_WHEEL = 105
# The room of a letter beside an axis, in pixels.
_LETTER = 7
_TENS = list(range(0, 101, 10))
Picture = alt.LayerChart | alt.FacetChart


def theme_bars(text: Translator, sheet: Sheet) -> Picture:
    """A bar for each theme and for local items: the mix of states, above it the range."""
    order = [line["label"] for line in bar_lines(text, sheet)]
    scale = alt.Scale(domain=[0, 100])
    y = alt.Y("label:N", sort=order, title=None, axis=alt.Axis(labelLimit=200, labelFontSize=14))
    mix = alt.Chart(_mix_frame(text, sheet)).encode(y=y)
    bars = mix.mark_bar(height=_BAR, strokeWidth=1.2).encode(
        x=alt.X(
            "from:Q",
            scale=scale,
            title=[text("chart.share"), text("chart.share_range")],
            axis=alt.Axis(values=_TENS),
        ),
        x2="to:Q",
        fill=alt.Fill("fill:N", scale=None),
        stroke=alt.Stroke("outline:N", scale=None),
        strokeDash=alt.StrokeDash("dashed:N", scale=None, legend=None),
        tooltip=[alt.Tooltip("theme:N", title=text("chart.theme")), *_mix_tooltip(text)],
    )
    hatching = hatched_bars(state_mix(text, sheet, _ORDER), _BAR)
    chart = alt.layer(bars, *hatching, *_signs(mix, scale), *_range_marks(text, sheet, y, scale))
    return chart.properties(height=62 * len(order))


def theme_wheel(text: Translator, sheet: Sheet) -> Picture:
    """A wheel: each theme one sector, filled to the low end, light to the high end.

    What is hatched are points of the low end for answers without the evidence asked for.
    """
    base = alt.Chart(_wheel_frame(text, sheet)).encode(
        theta=alt.Theta("start:Q", scale=None), theta2=alt.Theta2("end:Q")
    )
    radius = alt.Scale(type="sqrt", zero=True, domain=[0, 100], range=[0, _WHEEL])
    tooltip = [
        alt.Tooltip("theme:N", title=text("chart.theme")),
        alt.Tooltip("range:N", title=text("chart.range")),
        alt.Tooltip("unsupported:Q", title=text("column.unsupported")),
    ]
    rim = base.mark_arc(fill="#FFFFFF", stroke="#98A2B3").encode(
        radius=alt.Radius("full:Q", scale=radius), tooltip=tooltip
    )
    sectors = [
        base.mark_arc(opacity=opacity, stroke="#FFFFFF").encode(
            radius=alt.Radius(f"{end}:Q", scale=radius),
            fill=alt.Fill("colour:N", scale=None),
            tooltip=tooltip,
        )
        for end, opacity in (("high", 0.28), ("low", 1.0), ("supported", 1.0))
    ]
    names = (
        alt.Chart(_wheel_frame(text, sheet))
        .mark_text(fontSize=14, fontWeight="bold", fill=INK, lineBreak="\n")
        .encode(
            theta=alt.Theta("middle:Q", scale=None),
            radius=alt.Radius("rim:Q", scale=radius),
            text="caption:N",
        )
    )
    size = 2 * (_WHEEL + 65)
    hatching = hatched_wheel(_wheel_frame(text, sheet)["hatching"])
    return alt.layer(rim, *sectors, *hatching, names).properties(height=size)


def trend_chart(text: Translator, sheets: Sequence[Sheet]) -> Picture:
    """Low and high of every theme over the rounds; a mark where the method changed."""
    frame = pd.DataFrame(trend_lines(text, sheets))
    themes = list(dict.fromkeys(frame["label"]))
    colours = [theme_colour(position) for position in range(len(themes))]
    rounds = list(dict.fromkeys(frame["round"]))
    lines_of = dict(zip(rounds, map(in_short_lines, rounds), strict=True))
    wide = _LETTER * len(rounds) * (2 + max(map(room_of, rounds)))
    words = f"width < {wide} ? ({json.dumps(lines_of)})[datum.label] : datum.label"
    axis_of_rounds = alt.Axis(labelAngle=0, labelLimit=300, labelFlush=False, labelExpr=words)
    x = alt.X("round:N", sort=rounds, title=None, axis=axis_of_rounds)
    colour = alt.Color(
        "label:N",
        scale=alt.Scale(domain=themes, range=colours),
        legend=alt.Legend(orient="bottom", title=None, columns=2, symbolOpacity=1),
    )
    tooltip = [
        alt.Tooltip("round:N", title=text("chart.round")),
        alt.Tooltip("theme:N", title=text("chart.theme")),
        alt.Tooltip("range:N", title=text("chart.range")),
        alt.Tooltip("method:N", title=text("chart.method")),
    ]
    base = alt.Chart(frame).encode(x=x, color=colour, tooltip=tooltip)
    axis = alt.Y("low:Q", scale=alt.Scale(domain=[0, 100]), title=text("chart.score"))
    lines = base.mark_line(point=alt.OverlayMarkDef(size=70, filled=True)).encode(y=axis)
    ranges = base.mark_rule(strokeWidth=2, opacity=0.5).encode(y=axis, y2="high:Q")
    return alt.layer(ranges, lines, *_method_marks(frame, x, tooltip)).properties(height=300)


def _method_marks(frame: pd.DataFrame, x: alt.X, tooltip: list[alt.Tooltip]) -> list[alt.Chart]:
    """A dashed line and words at every round from which the method is another."""
    changed = frame[frame["changed"]].drop_duplicates("round")
    if changed.empty:
        return []
    base = alt.Chart(changed).encode(x=x, tooltip=tooltip)
    line = base.mark_rule(strokeDash=[5, 4], strokeWidth=1.5, color=INK)
    words = base.mark_text(fontSize=13, color=INK, align="right", dx=-6).encode(
        y=alt.value(10), text="mark:N"
    )
    return [line, words]


def _wheel_frame(text: Translator, sheet: Sheet) -> pd.DataFrame:
    lines = theme_lines(text, sheet)
    turn = 2 * pi / len(lines)
    return pd.DataFrame(
        [
            {
                **line,
                "colour": theme_colour(position),
                "start": turn * position,
                "middle": turn * (position + 0.5),
                "end": turn * (position + 1),
                "full": 100,
                "rim": 175,
                "caption": f"{line['label']}\n{line['range']}",
                "hatching": _sector_hatching(line, turn * position, turn * (position + 1)),
            }
            for position, line in enumerate(lines)
        ]
    )


def _sector_hatching(line: dict[str, Any], start: float, end: float) -> str:
    """Across the points that lack evidence: they are the outermost of the filled part."""
    if line["low"] is None:
        return ""
    inner, outer = (_WHEEL * sqrt(line[name] / 100) for name in ("supported", "low"))
    return hatched_sector(start, end, inner, outer)


def _mix_frame(text: Translator, sheet: Sheet) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for part in state_mix(text, sheet, _ORDER):
        sign = STATES[State(part["state"])]
        rows.append(
            {
                **part,
                "fill": sign.fill,
                "outline": sign.outline,
                "dashed": [3, 3] if sign.dashed else [1, 0],
                "sign": sign.symbol if part["to"] - part["from"] >= 4 else "",
                "ink": sign.ink,
            }
        )
    return pd.DataFrame(rows)


def _signs(mix: alt.Chart, scale: alt.Scale) -> list[alt.Chart]:
    """A sign in the middle of each stretch, on plain ground where there may be a hatching."""
    x = alt.X("middle:Q", scale=scale)
    ground = mix.transform_filter("datum.unsupported > 0 && datum.sign")
    return [
        ground.mark_point(filled=True, size=280, opacity=1).encode(
            x=x, fill=alt.Fill("fill:N", scale=None)
        ),
        mix.mark_text(fontSize=13, fontWeight="bold").encode(
            x=x, text="sign:N", color=alt.Color("ink:N", scale=None)
        ),
    ]


def _mix_tooltip(text: Translator) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("words:N", title=text("chart.state")),
        alt.Tooltip("count:Q", title=text("chart.count")),
        alt.Tooltip("unsupported:Q", title=text("column.unsupported")),
    ]


def _range_marks(text: Translator, sheet: Sheet, y: alt.Y, scale: alt.Scale) -> list[alt.Chart]:
    frame = pd.DataFrame([line for line in bar_lines(text, sheet) if line["low"] is not None])
    if frame.empty:
        return []
    tooltip = [
        alt.Tooltip("theme:N", title=text("chart.theme")),
        alt.Tooltip("range:N", title=text("chart.range")),
    ]
    base = alt.Chart(frame).encode(y=y, tooltip=tooltip)
    lift = -_BAR / 2 - 7
    line = base.mark_rule(strokeWidth=3, color=INK, yOffset=lift).encode(
        x=alt.X("low:Q", scale=scale), x2="high:Q"
    )
    ends = [
        base.mark_tick(height=10, thickness=2, color=INK, yOffset=lift).encode(
            x=alt.X(f"{end}:Q", scale=scale)
        )
        for end in ("low", "high")
    ]
    return [line, *ends]
