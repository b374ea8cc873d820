"""Parts of Streamlit's script that our pages need and that its shell does not name.

Streamlit asks for them one by one when the first elements arrive, and the page waits. Named in the
shell they come while the browser is busy with the rest.
"""

import re
from collections.abc import Iterable
from pathlib import Path

# Kinds of elements that stand on most pages, as their files are called.
PARTS = ("Html", "Button", "ButtonGroup", "Checkbox", "TextInput", "TextArea")
_NEEDS = re.compile(r"""(?:from|import)["']\./([\w.-]+\.js)["']""")


def early_parts(folder: Path, shell: str, parts: Iterable[str] = PARTS) -> list[str]:
    """The files of ``folder`` that these parts need and the shell does not name yet.

    A part that this version of Streamlit does not have is left out: it then comes as it always did.
    """
    found: list[str] = []
    waiting = [one.name for part in parts for one in sorted(folder.glob(f"{part}.*.js"))]
    while waiting:
        name = waiting.pop(0)
        file = folder / name
        if name not in found and name not in shell and file.is_file():
            found.append(name)
            waiting += _NEEDS.findall(file.read_text(encoding="utf-8"))
    return found
