"""Downloads: routes of our own, because a media link of Streamlit's is open to anyone."""

from collections.abc import Callable
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from assessment.domain.errors import NoChineseFont, NotSaved, TooLarge
from assessment.language.translator import Translator, language_of
from assessment.server.file_response import FileResponse
from assessment.server.identity import person_asking
from assessment.services.chart_exports import (
    CHARTS,
    DISTRIBUTION,
    PICTURES,
    chart_export,
    distribution_export,
)
from assessment.services.communities import note_unseen
from assessment.services.exports import (
    CSV,
    DICTIONARY,
    ITEMS,
    LOG,
    SUMMARY,
    Export,
    community_export,
    dictionary_export,
)
from assessment.services.framework_files import (
    FRAMEWORK,
    FRAMEWORK_FORMATS,
    framework_export,
)
from assessment.services.history import Kind, LogWish, Scope
from assessment.services.import_refusals import REFUSED, refusals_export
from assessment.services.log_exports import log_export
from assessment.services.offline_exports import OFFLINE, offline_workbook_export
from assessment.services.paper_exports import (
    PAPERS,
    WALK_SHEETS,
    paper_export,
    paper_formats,
    walk_sheet_export,
)
from assessment.services.passport_export import PASSPORT, passport_export
from assessment.services.poll_exports import POLL, POLL_TABLES, poll_export, voice_export
from assessment.services.selection import Selection
from assessment.services.selection_exports import (
    PACKAGE_NAME,
    SELECTION_KINDS,
    XLSX,
    Wish,
    geojson_export,
    package_export,
    selection_export,
)
from assessment.services.setup import open_installation
from assessment.store.engine import Store

Make = Callable[[Store, Translator, Request], Export | None]
_LONGEST = 400


def download_routes() -> list[Route]:
    """The routes under ``/export``; each takes ``lang`` and what its file is about."""
    makers: dict[str, Make] = {
        f"{ITEMS}.csv": _of_community(ITEMS),
        f"{SUMMARY}.csv": _of_community(SUMMARY),
        f"{DICTIONARY}.csv": lambda store, text, request: dictionary_export(
            store, text, _wanted(request, "round")
        ),
        PACKAGE_NAME: lambda store, text, request: package_export(store, _wish(text, request)),
        "selection.geojson": lambda store, text, request: geojson_export(
            store, _wish(text, request)
        ),
    }
    for kind in SELECTION_KINDS:
        makers |= {f"{kind}.{ending}": _of_selection(kind, ending) for ending in (CSV, XLSX)}
    for kind in CHARTS:
        makers |= {f"chart/{kind}.{ending}": _of_chart(kind, ending) for ending in PICTURES}
    for kind in PAPERS:
        makers |= {f"{kind}.{ending}": _of_paper(kind, ending) for ending in paper_formats()}
    for kind in WALK_SHEETS:
        makers |= {f"{kind}.{ending}": _of_walk(kind, ending) for ending in paper_formats()}
    makers[f"{OFFLINE}.{XLSX}"] = _of_offline_workbook
    makers |= {f"{POLL}.{ending}": _of_poll(ending) for ending in paper_formats()}
    makers |= {f"{kind}.{CSV}": _of_voice(kind) for kind in POLL_TABLES}
    makers[f"{REFUSED}.csv"] = lambda store, text, request: refusals_export(
        store, text, _wanted(request, "word")
    )
    makers |= {f"{LOG}.{ending}": _of_log(ending) for ending in (CSV, XLSX)}
    makers |= {f"{FRAMEWORK}.{ending}": _of_framework(ending) for ending in FRAMEWORK_FORMATS}
    makers[f"{PASSPORT}.zip"] = lambda store, text, request: passport_export(
        store, text, _wanted(request, "community"), _wanted(request, "round"), datetime.now(UTC)
    )
    for ending in PICTURES:
        makers[f"chart/{DISTRIBUTION}.{ending}"] = _of_distribution(ending)
    return [Route(f"/export/{path}", _answer(make)) for path, make in makers.items()]


def _of_community(kind: str) -> Make:
    def make(store: Store, text: Translator, request: Request) -> Export | None:
        code, one = _wanted(request, "community"), _wanted(request, "round")
        return community_export(store, text, kind, code, one, datetime.now(UTC))

    return make


def _of_selection(kind: str, ending: str) -> Make:
    def make(store: Store, text: Translator, request: Request) -> Export | None:
        return selection_export(store, _wish(text, request), kind, ending)

    return make


def _of_chart(kind: str, ending: str) -> Make:
    def make(store: Store, text: Translator, request: Request) -> Export | None:
        code, one = _wanted(request, "community"), _wanted(request, "round")
        return chart_export(store, text, kind, ending, code, one, datetime.now(UTC))

    return make


def _of_paper(kind: str, ending: str) -> Make:
    def make(store: Store, text: Translator, request: Request) -> Export | None:
        code, one = _wanted(request, "community"), _wanted(request, "round")
        return paper_export(store, text, kind, ending, code, one, datetime.now(UTC))

    return make


def _of_walk(kind: str, ending: str) -> Make:
    def make(store: Store, text: Translator, request: Request) -> Export | None:
        code, one = _wanted(request, "community"), _wanted(request, "round")
        return walk_sheet_export(store, text, kind, ending, code, one, datetime.now(UTC))

    return make


def _of_poll(ending: str) -> Make:
    def make(store: Store, text: Translator, request: Request) -> Export | None:
        code, one = _wanted(request, "community"), _wanted(request, "round")
        return poll_export(store, text, ending, code, one, _wanted(request, "theme"))

    return make


def _of_offline_workbook(store: Store, text: Translator, request: Request) -> Export | None:
    code, one = _wanted(request, "community"), _wanted(request, "round")
    return offline_workbook_export(store, text, code, one, datetime.now(UTC))


def _of_voice(kind: str) -> Make:
    def make(store: Store, text: Translator, request: Request) -> Export | None:
        code, one = _wanted(request, "community"), _wanted(request, "round")
        return voice_export(store, text, kind, code, one, datetime.now(UTC))

    return make


def _of_distribution(ending: str) -> Make:
    def make(store: Store, text: Translator, request: Request) -> Export | None:
        return distribution_export(store, _wish(text, request), ending)

    return make


def _of_framework(ending: str) -> Make:
    def make(store: Store, text: Translator, request: Request) -> Export | None:
        return framework_export(store, text, _wanted(request, "framework"), ending)

    return make


def _of_log(ending: str) -> Make:
    def make(store: Store, text: Translator, request: Request) -> Export | None:
        scope, kind = _wanted(request, "scope"), _wanted(request, "kind")
        number = _wanted(request, "assessment")
        if scope not in list(Scope) or kind not in list(Kind):
            return None
        wish = LogWish(
            Scope(scope),
            int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0,
            Kind(kind),
            _wanted(request, "subject"),
            _wanted(request, "person"),
        )
        return log_export(store, text, wish, ending, datetime.now(UTC))

    return make


def _wish(text: Translator, request: Request) -> Wish:
    selection = Selection(
        adcode=_wanted(request, "area"),
        programme=_wanted(request, "programme"),
        search=_wanted(request, "search"),
        standing=_wanted(request, "standing"),
        item=_wanted(request, "item"),
        state=_wanted(request, "state"),
        pins=_wanted(request, "pins"),
    )
    return Wish(text, _wanted(request, "round"), selection, datetime.now(UTC))


def _wanted(request: Request, name: str) -> str:
    # PostgreSQL refuses to look for a text with a NUL in it.
    return request.query_params.get(name, "")[:_LONGEST].replace("\0", "\ufffd")


def _answer(make: Make) -> Callable[[Request], Response]:
    # A plain function: Starlette runs it on a worker thread, so that nobody waits for a file.
    def answer(request: Request) -> Response:
        text = Translator(language_of(request.query_params.get("lang")))
        try:
            person = person_asking(request)
            if person is None:
                return PlainTextResponse(text("sign_in.first"), status_code=401)
            store = open_installation().seen_by(person)
            export = make(store, text, request) if person.grants else None
            if export is not None:
                return FileResponse(export)
            note_unseen(store, _wanted(request, "community"))
        except NotSaved as error:
            return PlainTextResponse(text(f"not_read.{error.reason}"), status_code=503)
        except TooLarge as error:
            words = text("export.too_large", rows=text.number(error.rows))
            return PlainTextResponse(words, status_code=413)
        except NoChineseFont:
            return PlainTextResponse(text("export.no_font"), status_code=501)
        return PlainTextResponse(text("export.nothing"), status_code=404)

    return answer
