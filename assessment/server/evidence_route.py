"""Files of evidence, for those who may see the community: to keep, never to open in the page."""

from collections.abc import Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from assessment.domain.errors import NotSaved
from assessment.language.translator import Translator, language_of
from assessment.server.identity import person_asking
from assessment.services.evidence import stored_evidence
from assessment.services.setup import open_installation


def evidence_routes() -> list[Route]:
    """The whole file as a download, and the small picture of a photo."""
    return [
        Route("/evidence/{number:int}", _answer(thumbnail=False)),
        Route("/evidence/{number:int}/thumbnail", _answer(thumbnail=True)),
    ]


def _answer(thumbnail: bool) -> Callable[[Request], Response]:
    # A plain function: Starlette runs it on a worker thread.
    def answer(request: Request) -> Response:
        text = Translator(language_of(request.query_params.get("lang")))
        number = min(request.path_params["number"], 2**62)
        try:
            person = person_asking(request)
            if person is None:
                return PlainTextResponse(text("sign_in.first"), status_code=401)
            found = stored_evidence(open_installation().seen_by(person), number, thumbnail)
        except NotSaved as error:
            return PlainTextResponse(text(f"not_read.{error.reason}"), status_code=503)
        if found is None:
            # The same whether it is not there or not theirs: nobody learns what there is.
            return PlainTextResponse(text("evidence.nothing"), status_code=404)
        one, path = found
        if thumbnail:
            return FileResponse(path, media_type="image/jpeg", headers=_INLINE)
        headers = {"content-disposition": _attachment(one.name)}
        return FileResponse(path, media_type=one.media_type, headers=headers)

    return answer


_INLINE = {"content-disposition": "inline"}


def _attachment(name: str) -> str:
    _, _, ending = name.rpartition(".")
    fallback = f"evidence.{ending}" if ending.isascii() and ending.isalnum() else "evidence"
    return f"attachment; filename=\"{fallback}\"; filename*=UTF-8''{quote(name, safe='')}"
