"""A chart on a page, with its room kept free until it is drawn.

Charts are drawn a moment after the page. Without their room, what stands below them would jump
away from under the finger of somebody who is about to press it.
"""

from typing import Any

import streamlit as st
from altair.typing import ChartType


def draw_chart(chart: ChartType, words: str, **choosing: Any) -> Any:  # noqa: ANN401
    """Draw a chart that says its height; what was picked in it, if ``choosing`` asks for that.

    ``words`` say what the chart shows.
    """
    return st.altair_chart(chart, alt=words, height=int(chart["height"]), **choosing)
