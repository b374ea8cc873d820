"""The page shell: Streamlit's own, with the product's style and helper script in its head.

In the shell they are loaded once and early; as elements of the page they would be sent again
with every run.
"""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from assessment.language.translator import Translator, language_of
from assessment.server.early_parts import early_parts
from assessment.ui.frame import page_names

_SHELL = Path(streamlit.__file__).parent / "static" / "index.html"
_FOLDER = Path(__file__).resolve().parent.parent / "ui" / "static"
# The helper script comes before Streamlit's, so that its listeners do.
_FIRST = (
    '<head><script src="./assets/page/base_url.js?{first}"></script>'
    '<script type="module" src="./assets/page/page_helper.js?{script}"></script>'
)
_STYLE = '<link rel="stylesheet" href="./assets/page/style.css?{style}" />'
_EARLY = '<link rel="modulepreload" fetchpriority="low" crossorigin href="./static/js/{name}">'


def shell_routes() -> Sequence[Route | Mount]:
    """The shell under the address of every page, and the files that it names."""
    return [
        *(Route(path, page_shell) for path in ("/", *(f"/{name}" for name in page_names()))),
        Mount("/assets/page", StaticFiles(directory=_FOLDER)),
    ]


async def page_shell(request: Request) -> HTMLResponse:
    """The shell in the browser's language; the page then follows what was chosen."""
    wished = request.query_params.get("lang") or request.headers.get("accept-language")
    return HTMLResponse(_shell(Translator(language_of(wished))))


@lru_cache(maxsize=2)
def _shell(text: Translator) -> str:
    first = _FIRST.format(first=_version("base_url.js"), script=_version("page_helper.js"))
    shell = _SHELL.read_text(encoding="utf-8")
    early = [_EARLY.format(name=one) for one in early_parts(_SHELL.parent / "static/js", shell)]
    last = "".join([*early, _STYLE.format(style=_version("style.css"))])
    return (
        shell.replace('<html lang="en">', f'<html lang="{text.html_language}">')
        .replace("<title>Streamlit</title>", f"<title>{text('app.title')}</title>")
        .replace("<head>", first)
        .replace("</head>", f"{last}</head>")
    )


def _version(name: str) -> str:
    """Part of the file's hash: a browser may keep it for good and still gets a new one."""
    return hashlib.sha256((_FOLDER / name).read_bytes()).hexdigest()[:12]
