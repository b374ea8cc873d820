"""Asking an ASGI application directly, without a server and without a client library."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

Message = dict[str, Any]
HERE = "127.0.0.1:8501"


@dataclass(frozen=True)
class Reply:
    """What came back: status, headers by their lower-case name, and the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as UTF-8."""
        return self.body.decode("utf-8")


def ask(app: Any, path: str, query: str = "", **headers: str) -> Reply:
    """GET ``path``; ``accept_language="zh"`` becomes the header accept-language."""
    sent = _exchange(app, {**_scope("http", path, query, headers), "method": "GET"})
    start = next(one for one in sent if one["type"] == "http.response.start")
    parts = [one.get("body", b"") for one in sent if one["type"] == "http.response.body"]
    found = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return Reply(start["status"], found, b"".join(parts))


def connect(app: Any, path: str, **headers: str) -> list[Message]:
    """Open a websocket; everything that the application sent."""
    return _exchange(app, _scope("websocket", path, "", headers))


def _scope(kind: str, path: str, query: str, headers: Mapping[str, str]) -> dict[str, Any]:
    wanted = {"host": HERE, **{k.replace("_", "-"): v for k, v in headers.items()}}
    return {
        "type": kind,
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "scheme": "http" if kind == "http" else "ws",
        "path": path,
        "raw_path": quote(path).encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in wanted.items()],
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 8501),
        "state": {},
    }


def _exchange(app: Any, scope: dict[str, Any]) -> list[Message]:
    sent: list[Message] = []
    opening = "websocket.connect" if scope["type"] == "websocket" else "http.request"
    waiting = [{"type": opening, "body": b"", "more_body": False}]

    async def receive() -> Message:
        if waiting:
            return waiting.pop(0)
        await asyncio.sleep(3600)
        raise AssertionError("nothing more is sent")

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent
