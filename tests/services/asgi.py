"""Asking an ASGI application directly, without a server and without a client library."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

Message = dict[str, Any]
HERE = "127.0.0.1:8501"


@dataclass(frozen=True)
class Reply:
    """What came back: status, headers by their lower-case name, and the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The body as UTF-8."""
        return self.body.decode("utf-8")


def ask(app: Any, path: str, query: str = "", **headers: str) -> Reply:
    """GET ``path``; ``accept_language="zh"`` becomes the header accept-language."""
    return _reply(_exchange(app, {**_scope("http", path, query, headers), "method": "GET"}))


def talk(app: Any, path: str, messages: Sequence[bytes], **headers: str) -> list[Message]:
    """Open a websocket and say something; everything that the application sent."""
    return _exchange(app, _scope("websocket", path, "", headers), b"", messages)


def _reply(sent: Sequence[Message]) -> Reply:
    start = next(one for one in sent if one["type"] == "http.response.start")
    parts = [one.get("body", b"") for one in sent if one["type"] == "http.response.body"]
    found = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    set_cookies = [v.decode() for name, v in start["headers"] if name.lower() == b"set-cookie"]
    cookies = {one.partition("=")[0]: one for one in set_cookies}
    return Reply(start["status"], found, b"".join(parts), cookies)


def post(app: Any, path: str, fields: Mapping[str, str], **headers: str) -> Reply:
    """POST a form as a browser does, with its origin unless another is given; ``""`` for none."""
    content = urlencode(fields).encode()
    named = {
        "origin": f"http://{HERE}",
        "content_type": "application/x-www-form-urlencoded",
        "content_length": str(len(content)),
        **headers,
    }
    named = {name: value for name, value in named.items() if value}
    scope = {**_scope("http", path, "", named), "method": "POST"}
    return _reply(_exchange(app, scope, content))


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


def _exchange(
    app: Any, scope: dict[str, Any], body: bytes = b"", messages: Sequence[bytes] = ()
) -> list[Message]:
    sent: list[Message] = []
    opening = "websocket.connect" if scope["type"] == "websocket" else "http.request"
    waiting: list[Message] = [{"type": opening, "body": body, "more_body": False}]
    waiting += [{"type": "websocket.receive", "bytes": one} for one in messages]

    async def receive() -> Message:
        if waiting:
            return waiting.pop(0)
        await asyncio.sleep(3600)
        raise AssertionError("nothing more is sent")

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent
