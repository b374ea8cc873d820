"""Streamlit's scripts and styles, packed once and kept in memory.

A first visit asks for about a hundred of them, 2.7 MB unpacked. Streamlit reads each from the disk
again and sends it as it is, which takes half a second of the one process that also draws the page.
"""

import gzip
import mimetypes
from dataclasses import dataclass
from pathlib import Path

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

_FOLDER = Path(streamlit.__file__).parent / "static" / "static"
_ADDRESS = "/static/"
# Not left to the machine: what Windows calls a script depends on its registry.
_SCRIPTS = {".js": "text/javascript", ".css": "text/css"}
# The names hold a hash of the content: another version of Streamlit has other names.
_HEADERS = {"cache-control": "public, max-age=31536000, immutable", "vary": "Accept-Encoding"}


@dataclass(frozen=True)
class _Kept:
    """One file as it is, and packed; ``packed`` is ``None`` where that would not help."""

    kind: str
    plain: bytes
    packed: bytes | None


class ScriptFiles:
    """Answers what asks for Streamlit's own files; only what was asked for once is kept."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        found = (one for one in _FOLDER.rglob("*") if one.is_file())
        self._files = {f"{_ADDRESS}{one.relative_to(_FOLDER).as_posix()}": one for one in found}
        self._kept: dict[str, _Kept] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on what is none of these files."""
        is_read = scope["type"] == "http" and scope["method"] == "GET"
        if not is_read or scope["path"] not in self._files:
            await self.app(scope, receive, send)
            return
        kept = await self._keep(scope["path"])
        await _response(kept, Headers(scope=scope))(scope, receive, send)

    async def _keep(self, path: str) -> _Kept:
        if path not in self._kept:
            self._kept[path] = await run_in_threadpool(_read, self._files[path])
        return self._kept[path]


def _response(kept: _Kept, asked: Headers) -> Response:
    if kept.packed is not None and "gzip" in asked.get("accept-encoding", ""):
        headers = {**_HEADERS, "content-encoding": "gzip"}
        return Response(kept.packed, headers=headers, media_type=kept.kind)
    return Response(kept.plain, headers=_HEADERS, media_type=kept.kind)


def _read(file: Path) -> _Kept:
    content = file.read_bytes()
    if file.suffix in _SCRIPTS:
        return _Kept(_SCRIPTS[file.suffix], content, gzip.compress(content, mtime=0))
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return _Kept(kind, content, None)
