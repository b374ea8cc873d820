"""A tile service on this machine: one grey tile for every address, and a list of what was asked."""

import base64
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# One pixel, which the browser stretches to the size of a tile.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNsaGj4DwAFhAKAjNF6AAAAAABJRU5ErkJggg=="
)


class TileServer:
    """Serves tiles under ``/{z}/{x}/{y}.png`` until it is stopped."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.referers: set[str | None] = set()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    @property
    def origin(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._http.server_port}"

    def stop(self) -> None:
        """Stop listening."""
        self._http.shutdown()
        self._http.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        noted = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                noted.asked.append(self.path)
                noted.referers.add(self.headers.get("referer"))
                self.send_response(200)
                self.send_header("content-type", "image/png")
                self.send_header("content-length", str(len(PIXEL)))
                self.end_headers()
                with suppress(ConnectionError):  # the browser was closed meanwhile
                    self.wfile.write(PIXEL)

            def log_message(self, *_: object) -> None:
                pass

        return Handler
