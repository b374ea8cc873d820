"""Streamlit's own files: packed, kept for good by browsers, and asked for in time."""

import gzip
import re
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from assessment.server.early_parts import PARTS, early_parts
from assessment.server.script_files import ScriptFiles
from assessment.server.shell import shell_routes
from tests.services.asgi import ask

STATIC = Path(streamlit.__file__).parent / "static"
SCRIPTS = STATIC / "static" / "js"


async def beyond(_request: object) -> PlainTextResponse:
    return PlainTextResponse("beyond")


@pytest.fixture
def app() -> Starlette:
    return Starlette(
        routes=[*shell_routes(), Route("/{path:path}", beyond)],
        middleware=[Middleware(ScriptFiles)],
    )


@pytest.mark.parametrize("packed", [True, False])
def test_a_script_arrives_whole_packed_or_not(app: Starlette, packed: bool) -> None:
    file = next(SCRIPTS.glob("Html.*.js"))
    asked = "gzip, br" if packed else "identity"
    for _ in range(2):
        reply = ask(app, f"/static/js/{file.name}", accept_encoding=asked)
        content = gzip.decompress(reply.body) if packed else reply.body
        assert content == file.read_bytes()
        assert reply.headers.get("content-encoding") == ("gzip" if packed else None)
        assert reply.headers["content-type"].startswith("text/javascript")
        assert reply.headers["vary"] == "Accept-Encoding"
        assert "immutable" in reply.headers["cache-control"]


@pytest.mark.parametrize(
    "path", ["/static/js/none.js", "/static/../index.html", "/static/js/../../index.html", "/x"]
)
def test_what_is_none_of_these_files_is_passed_on(app: Starlette, path: str) -> None:
    assert ask(app, path).body == b"beyond"


def test_the_shell_names_files_that_are_there_each_once(app: Starlette) -> None:
    shell = ask(app, "/").body.decode()
    named = re.findall(r'"\./static/js/([\w.-]+)"', shell)
    assert len(named) == len(set(named))
    assert all((SCRIPTS / one).is_file() for one in named)
    for part in PARTS:
        assert any(one.startswith(f"{part}.") for one in named), part


def test_a_part_brings_what_it_needs_but_nothing_that_is_named_already(tmp_path: Path) -> None:
    (tmp_path / "Html.a1.js").write_text('import{x}from"./base.b2.js";import("./later.d4.js")')
    (tmp_path / "base.b2.js").write_text('import"./old.c3.js";import{y}from"./Html.a1.js"')
    for name in ("old.c3.js", "later.d4.js"):
        (tmp_path / name).write_text("")
    assert early_parts(tmp_path, "<script src='old.c3.js'>", ["Html", "Gone"]) == [
        "Html.a1.js",
        "base.b2.js",
    ]
