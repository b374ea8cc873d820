"""Charts as files: with a title, where they come from, and letters that can be read."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from assessment.domain.errors import NoChineseFont
from assessment.reports.signs import INK, QUIET

# The Chinese faces of Windows, macOS and iOS, Android and Linux.
FONTS = (
    "'Microsoft YaHei', 'PingFang SC', 'Hiragino Sans GB', 'Noto Sans CJK SC', "
    "'Noto Sans SC', 'Source Han Sans SC', 'WenQuanYi Micro Hei', sans-serif"
)
_PROGRAM = Path(__file__).with_name("chart_drawing.py")
_NO_FONT = 3
_LONGEST_SECONDS = 60
# One drawing at a time: each takes a processor and 100 MB for a moment.
_turn = Lock()


def titled(chart: dict[str, Any], title: str, lines: Sequence[str], width: int) -> dict[str, Any]:
    """A Vega-Lite chart with a title and, below it, the lines that say where it comes from."""
    heading = {
        "text": title,
        "subtitle": list(lines),
        "anchor": "start",
        "color": INK,
        "subtitleColor": QUIET,
        "fontSize": 18,
        "subtitleFontSize": 12,
        "offset": 16,
    }
    return {**fitted(chart, width), "title": heading, "width": width, "padding": 16}


def fitted(chart: dict[str, Any], width: int) -> dict[str, Any]:
    """A Vega-Lite chart without a title of its own, for the middle of a page.

    ``width`` is in pixels; a chart that has one of its own keeps it.
    """
    legend = {"labelLimit": 0, "columns": 2}
    config = {**chart.get("config", {}), "font": FONTS, "background": "#FFFFFF", "legend": legend}
    return {"width": width, **chart, "padding": 4, "config": config}


def drawn(chart: dict[str, Any], ending: str) -> bytes:
    """The picture as "svg" or "png". Raises ``NoChineseFont`` where letters would be boxes."""
    wanted = json.dumps({"chart": chart, "ending": ending}).encode()
    with _turn:
        ended = subprocess.run(  # noqa: S603 - our own program, and nothing typed in the command
            [sys.executable, "-P", str(_PROGRAM)],
            input=wanted,
            capture_output=True,
            timeout=_LONGEST_SECONDS,
            check=False,
        )
    if ended.returncode == _NO_FONT:
        raise NoChineseFont
    if ended.returncode:
        raise RuntimeError(ended.stderr.decode(errors="replace")[-2000:])
    return ended.stdout
