"""Where the scores lie: a dot for each community, or a histogram of many, with a quartile box."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from assessment.language.translator import Translator
from assessment.reports.charts import Picture
from assessment.reports.signs import INK, QUIET

MOST_DOTS = 500
PICK = "pick"
_PLAIN, _MARKED = "#2F8780", "#A64B00"
_DOTS_HEIGHT = 240


@dataclass(frozen=True)
class DistributionLine:
    """One community with a score: floored percentages, and from which to which rank it may be."""

    code: str
    name: str
    low_percent: float
    high_percent: float
    best: int
    worst: int
    marked: bool


@dataclass(frozen=True)
class Distribution:
    """All scores of a selection.

    ``lines`` hold every community up to ``MOST_DOTS``, and only the marked ones beyond; ``bins``
    count communities by five points of the low percentage; ``quartiles`` are of it.
    """

    total: int
    lines: Sequence[DistributionLine]
    bins: Sequence[int]
    quartiles: tuple[float, float, float]

    @property
    def as_dots(self) -> bool:
        """Whether every community has its dot."""
        return self.total <= MOST_DOTS


def distribution_chart(text: Translator, found: Distribution) -> Picture:
    """The picture: dots or bars, the quartile box below, marked communities named."""
    x = alt.X("low:Q", scale=alt.Scale(domain=[0, 100]), title=text("chart.low"))
    shapes = _dots(text, found, x) if found.as_dots else _bars(text, found)
    band, line = _box(text, found)
    layers = [*band, *shapes, *line]
    return alt.layer(*layers).properties(height=_DOTS_HEIGHT)


def _dots(text: Translator, found: Distribution, x: alt.X) -> list[alt.Chart]:
    frame = _stacked(text, found.lines)
    pick = alt.selection_point(name=PICK, fields=["code"])
    base = alt.Chart(frame).encode(x=x, y=_height(max(8, int(frame["level"].max()) + 3)))
    dots = base.mark_circle(size=90, opacity=1).encode(
        color=alt.Color("colour:N", scale=None),
        stroke=alt.Stroke("outline:N", scale=None),
        tooltip=_tooltip(text),
    )
    ranges = (
        base.transform_filter("datum.marked")
        .mark_rule(strokeWidth=2, color=_MARKED)
        .encode(x2="high:Q")
    )
    return [ranges, dots.add_params(pick), *_names(found)]


def _bars(text: Translator, found: Distribution) -> list[alt.Chart]:
    frame = pd.DataFrame(
        [
            {"from": 5 * k, "to": 5 * k + 5, "count": count, "range": f"{5 * k}–{5 * k + 4}"}
            for k, count in enumerate(found.bins)
        ]
    )
    scale = alt.Scale(domain=[0, 100])
    bars = (
        alt.Chart(frame)
        .mark_rect(color=_PLAIN, stroke="#FFFFFF")
        .encode(
            x=alt.X("from:Q", scale=scale, title=text("chart.low")),
            x2="to:Q",
            y=alt.Y("count:Q", title=text("chart.communities"), scale=alt.Scale(zero=True)),
            y2=alt.Y2Datum(0),
            tooltip=[
                alt.Tooltip("range:N", title=text("chart.low")),
                alt.Tooltip("count:Q", title=text("chart.communities"), format=","),
            ],
        )
    )
    marked = pd.DataFrame([vars(one) for one in found.lines if one.marked])
    if marked.empty:
        return [bars]
    base = alt.Chart(marked).encode(x=alt.X("low_percent:Q", scale=scale))
    return [bars, base.mark_rule(strokeWidth=2, color=_MARKED), *_names(found)]


def _names(found: Distribution) -> list[alt.Chart]:
    """The names of marked communities, one below another so that none covers another."""
    marked = [one for one in found.lines if one.marked]
    return [_name(one, 10 + 17 * place) for place, one in enumerate(marked)]


def _name(one: DistributionLine, down: int) -> alt.Chart:
    """A name beside its score, on the side where there is room."""
    is_left = one.low_percent > 50
    chart: alt.Chart = (
        alt.Chart(pd.DataFrame([{"low": one.low_percent, "name": one.name}]))
        .mark_text(
            align="right" if is_left else "left",
            dx=-9 if is_left else 9,
            fontSize=13,
            fontWeight="bold",
            color=_MARKED,
        )
        .encode(
            x=alt.X("low:Q", scale=alt.Scale(domain=[0, 100])), y=alt.value(down), text="name:N"
        )
    )
    return chart


def _box(text: Translator, found: Distribution) -> tuple[list[alt.Chart], list[alt.Chart]]:
    """The middle half as a band behind, and the median as a line in front."""
    if not found.total:
        return [], []
    first, middle, last = found.quartiles
    frame = pd.DataFrame([{"low": first, "last": last, "middle": middle}])
    scale = alt.Scale(domain=[0, 100])
    tooltip = [
        alt.Tooltip("low:Q", title=text("chart.quartile_first"), format=".0f"),
        alt.Tooltip("middle:Q", title=text("chart.median"), format=".0f"),
        alt.Tooltip("last:Q", title=text("chart.quartile_last"), format=".0f"),
    ]
    base = alt.Chart(frame).encode(tooltip=tooltip)
    band = base.mark_rect(color="#E4EFED", stroke=QUIET, strokeWidth=1).encode(
        x=alt.X("low:Q", scale=scale, title=text("chart.low")), x2="last:Q"
    )
    line = base.mark_rule(color=INK, strokeWidth=2).encode(x=alt.X("middle:Q", scale=scale))
    return [band], [line]


def _stacked(text: Translator, lines: Sequence[DistributionLine]) -> pd.DataFrame:
    """Dots of the same score stand on one another."""
    levels: dict[float, int] = {}
    rows = []
    for one in sorted(lines, key=lambda each: (each.low_percent, not each.marked, each.code)):
        levels[one.low_percent] = levels.get(one.low_percent, 0) + 1
        rows.append(
            {
                "code": one.code,
                "name": one.name,
                "low": one.low_percent,
                "high": one.high_percent,
                "range": f"{one.low_percent:.0f} – {one.high_percent:.0f}",
                "rank": rank_words(text, one),
                "level": levels[one.low_percent],
                "marked": one.marked,
                "colour": _MARKED if one.marked else _PLAIN,
                "outline": INK if one.marked else "#FFFFFF",
            }
        )
    return pd.DataFrame(rows, columns=_COLUMNS)


_COLUMNS = (
    "code",
    "name",
    "low",
    "high",
    "range",
    "rank",
    "level",
    "marked",
    "colour",
    "outline",
)


def rank_words(text: Translator, one: DistributionLine) -> str:
    """The interval of a rank: one figure only where it is certain."""
    if one.best == one.worst:
        return text.number(one.best)
    return f"{text.number(one.best)} – {text.number(one.worst)}"


def _height(most: int) -> alt.Y:
    return alt.Y("level:Q", axis=None, scale=alt.Scale(domain=[0, most]))


def _tooltip(text: Translator) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title=text("chart.community")),
        alt.Tooltip("range:N", title=text("chart.range")),
        alt.Tooltip("rank:N", title=text("chart.rank")),
    ]
