"""Every map has its room on the page before it is drawn."""

import re
from pathlib import Path

from assessment.ui import community_map, nation_map, offline_map

STYLE = Path(offline_map.__file__).parent / "static" / "style.css"


def test_the_style_keeps_room_for_every_height() -> None:
    rooms = re.findall(r"st-key-map-room-(\d+)-\W+ \{ min-height: (\d+)px; \}", STYLE.read_text())
    assert {(str(one), str(one)) for one in (community_map._HEIGHT, nation_map._HEIGHT)} == set(
        rooms
    )
