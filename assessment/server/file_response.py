"""Sending a file piece by piece, so that a part of one never looks like a whole one."""

from collections.abc import Generator, Iterator
from itertools import chain
from urllib.parse import quote

from starlette.responses import StreamingResponse
from starlette.types import Send

from assessment.services.exports import Export


class FileResponse(StreamingResponse):
    """A download. The first piece is made at once, so that what fails early has an answer.

    What fails later is raised again after the start of the answer: the server then breaks the
    connection and logs why, and the browser shows a failed download.
    """

    def __init__(self, export: Export) -> None:
        self._pieces = export.lines
        first = next(self._pieces, b"")
        super().__init__(
            chain([first], self._pieces),
            media_type=export.media_type,
            headers={"content-disposition": _attachment(export.name)},
        )

    async def stream_response(self, send: Send) -> None:
        """Send everything; whatever happens, let go of the records at the end."""
        try:
            await super().stream_response(send)
        finally:
            _close(self._pieces)


def _close(pieces: Iterator[bytes]) -> None:
    if isinstance(pieces, Generator):
        pieces.close()


def _attachment(name: str) -> str:
    _, _, ending = name.rpartition(".")
    return f"attachment; filename=\"export.{ending}\"; filename*=UTF-8''{quote(name, safe='')}"
