"""What every layer of a map needs: where this server keeps files, and data that cannot run."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

# From the frame of the map component.
ASSETS = "../../assets"
_SCRIPTS = Path(__file__).resolve().parent / "static"
# Everything that means something to HTML, to JavaScript outside of a string, or to the map
# component, which replaces names with an underscore and calls that it knows.
_ESCAPED = "<>&'_("


@lru_cache(maxsize=8)
def own_script(name: str) -> str:
    """The address of one of our scripts; a browser that kept an older one asks for the new one."""
    version = hashlib.sha256((_SCRIPTS / name).read_bytes()).hexdigest()[:12]
    return f"{ASSETS}/page/{name}?{version}"


def inert_json(value: Any) -> str:  # noqa: ANN401
    """JSON in which no script, markup or template can find anything to run.

    Every character that HTML or a template engine gives a meaning is written as an escape,
    which only a JSON or JavaScript reader turns back.
    """
    text = json.dumps(value, ensure_ascii=True, allow_nan=False)
    for sign in _ESCAPED:
        text = text.replace(sign, "\\u" + f"{ord(sign):04x}")
    for second in "{%#":
        text = text.replace("{" + second, "{\\u" + f"{ord(second):04x}")
    return text
