"""Middleware in front of everything: who may ask, and the headers of every answer."""

import base64
import hashlib
import re
from collections.abc import Collection
from pathlib import Path
from urllib.parse import urlsplit

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_IMAGES = "img-src 'self' data: blob:"
_SHARED = (
    f"default-src 'self'; style-src 'self' 'unsafe-inline'; {_IMAGES}; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; frame-src 'self'; "
    "frame-ancestors 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
)


def _inline_scripts() -> str:
    """Hashes of the scripts inside Streamlit's own page shell, so that those alone may run."""
    shell = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()
    scripts = re.findall(rb"<script>(.*?)</script>", shell, flags=re.DOTALL)
    hashes = (base64.b64encode(hashlib.sha256(script).digest()).decode() for script in scripts)
    return " ".join(f"'sha256-{one}'" for one in hashes)


# The page: no inline script but the shell's, and no eval.
PAGE_POLICY = f"{_SHARED}script-src 'self' 'wasm-unsafe-eval' {_inline_scripts()}"
# Files that people brought: should a browser ever open one, it can do nothing there.
FILE_POLICY = "default-src 'none'; sandbox"
# The frame of the map component: streamlit-folium evaluates the script that it is sent.
FRAME_POLICY = _SHARED + "script-src 'self' 'unsafe-inline' 'unsafe-eval'"

_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
}
_TLS_HEADERS = {"strict-transport-security": "max-age=31536000"}
_CLOSED = ("/_stcore/metrics", "/_stcore/agent")
_PEOPLES_FILES = "/evidence/"
_KEPT_BY_BROWSERS = ("/static/", "/assets/")


class Guard:
    """Refuses foreign hosts and origins before Streamlit sees them; adds security headers.

    ``tile_origins`` is where the maps, and nothing else, may load pictures from. With ``tls``,
    browsers are told to come back over TLS only.
    """

    def __init__(
        self,
        app: ASGIApp,
        hosts: Collection[str],
        tile_origins: Collection[str] = (),
        tls: bool = False,
    ) -> None:
        self.app = app
        self.hosts = hosts
        self.headers = _HEADERS | (_TLS_HEADERS if tls else {})
        self.frame_policy = FRAME_POLICY.replace(_IMAGES, " ".join([_IMAGES, *tile_origins]))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is allowed."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add_headers(MutableHeaders(scope=message), scope["path"])
            await send(message)

        answer = self.app if self._allowed(scope) else _refuse
        await answer(scope, receive, send_with_headers)

    def _allowed(self, scope: Scope) -> bool:
        if scope["path"].startswith(_CLOSED):
            return False
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        try:
            if urlsplit(f"//{host}").hostname not in self.hosts:
                return False
            return origin is None or urlsplit(origin).netloc == host
        except ValueError:  # no address at all, such as "[::1"
            return False

    def _add_headers(self, headers: MutableHeaders, path: str) -> None:
        is_frame = path.startswith("/component/")
        page_policy = FILE_POLICY if path.startswith(_PEOPLES_FILES) else PAGE_POLICY
        headers["content-security-policy"] = self.frame_policy if is_frame else page_policy
        for name, value in self.headers.items():
            headers[name] = value
        if not path.startswith(_KEPT_BY_BROWSERS) and "cache-control" not in headers:
            headers["cache-control"] = "no-store"


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    await PlainTextResponse("Forbidden", status_code=403)(scope, receive, send)
