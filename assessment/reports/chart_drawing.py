"""A program of its own: reads a chart and an ending as JSON, writes the picture.

The drawing library lets no other thread run while it draws, and keeps over 100 MB. As a process
of its own it stops nobody's click, and everything is given back when it ends. It imports nothing
of the product, so that it starts quickly.
"""

import json
import re
import sys
from typing import Any

import vl_convert

_NO_FONT = 3
_CHINESE = re.compile("[\u2e80-\u9fff]")
_SCALE = 2


def draw(chart: dict[str, Any], ending: str) -> bytes | None:
    """The picture as "svg" or "png"; ``None`` for a PNG that this machine cannot letter."""
    if ending == "svg":
        return vl_convert.vegalite_to_svg(chart).encode()
    chinese = _CHINESE.search(json.dumps(chart, ensure_ascii=False))
    if chinese and not _draws_chinese(chart["config"]["font"]):
        return None
    return vl_convert.vegalite_to_png(chart, scale=_SCALE)


def _draws_chinese(fonts: str) -> bool:
    """Whether two different characters come out different: without a font both are alike."""
    return _letter("社", fonts) != _letter("区", fonts)


def _letter(character: str, fonts: str) -> bytes:
    return vl_convert.svg_to_png(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
        f'<text x="4" y="30" font-size="28" font-family="{fonts}">{character}</text></svg>'
    )


def main() -> int:
    """Draw what is on the standard input."""
    wanted = json.load(sys.stdin.buffer)
    picture = draw(wanted["chart"], wanted["ending"])
    if picture is None:
        return _NO_FONT
    sys.stdout.buffer.write(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
