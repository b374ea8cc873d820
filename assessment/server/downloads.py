"""Downloads: routes of our own, because a media link of Streamlit's is open to anyone."""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from assessment.domain.errors import NotSaved
from assessment.language.translator import Translator, language_of
from assessment.services.exports import (
    COMMUNITIES,
    DICTIONARY,
    ITEMS,
    SUMMARY,
    Export,
    communities_export,
    community_export,
    dictionary_export,
)
from assessment.services.setup import open_installation
from assessment.store.engine import Store

Make = Callable[[Store, Translator, Request], Export | None]


def download_routes() -> list[Route]:
    """The routes under ``/export``; each takes ``lang`` and what its file is about."""
    makers: dict[str, Make] = {
        ITEMS: _of_community(ITEMS),
        SUMMARY: _of_community(SUMMARY),
        COMMUNITIES: lambda store, text, request: communities_export(
            store, text, _wanted(request, "round"), datetime.now(UTC)
        ),
        DICTIONARY: lambda store, text, request: dictionary_export(
            store, text, _wanted(request, "round")
        ),
    }
    return [Route(f"/export/{kind}.csv", _answer(make)) for kind, make in makers.items()]


def _of_community(kind: str) -> Make:
    def make(store: Store, text: Translator, request: Request) -> Export | None:
        return community_export(
            store,
            text,
            kind,
            _wanted(request, "community"),
            _wanted(request, "round"),
            datetime.now(UTC),
        )

    return make


def _wanted(request: Request, name: str) -> str:
    # PostgreSQL refuses to look for a text with a NUL in it.
    return request.query_params.get(name, "")[:60].replace("\0", "\ufffd")


def _answer(make: Make) -> Callable[[Request], Response]:
    # A plain function: Starlette runs it on a worker thread, so that nobody waits for a file.
    def answer(request: Request) -> Response:
        text = Translator(language_of(request.query_params.get("lang")))
        try:
            export = make(open_installation(), text, request)
        except NotSaved as error:
            return PlainTextResponse(text(f"not_read.{error.reason}"), status_code=503)
        if export is None:
            return PlainTextResponse(text("export.nothing"), status_code=404)
        return StreamingResponse(
            export.lines,
            media_type="text/csv; charset=utf-8",
            headers={"content-disposition": _attachment(export.name)},
        )

    return answer


def _attachment(name: str) -> str:
    return f"attachment; filename=\"export.csv\"; filename*=UTF-8''{quote(name, safe='')}"
