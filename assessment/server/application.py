"""The ASGI side: start-up checks, security headers, map assets, downloads, readiness."""

import importlib
import logging
import secrets
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from streamlit import config

from assessment.domain.errors import Forbidden, NotSaved, Refused
from assessment.language.translator import operator_translator
from assessment.server.downloads import download_routes
from assessment.server.evidence_route import evidence_routes
from assessment.server.gate import INVITATION, Gate
from assessment.server.guard import Guard
from assessment.server.invitation import invitation_routes
from assessment.server.poll_page import poll_routes
from assessment.server.script_files import ScriptFiles
from assessment.server.shell import shell_routes
from assessment.server.sign_in import sign_in_routes
from assessment.server.start_checks import allowed_hosts, unsafe_setting
from assessment.services.communities import list_rounds
from assessment.services.invitations import first_admin_token
from assessment.services.nation import MOST_KEPT, nation_of
from assessment.services.setup import open_installation
from assessment.services.tiles import tile_source
from assessment.settings import leaflet_folder, settings
from assessment.ui.session import translator

logger = logging.getLogger("assessment")


def server_parts() -> dict[str, Any]:
    """What ``st.App`` is made of; the process ends with one line if a setting is unsafe."""
    fault = unsafe_setting()
    if fault:
        raise SystemExit(fault)
    return {
        "lifespan": _lifespan,
        "routes": _routes(),
        "middleware": [
            Middleware(
                Guard,
                hosts=allowed_hosts(),
                tile_origins=_tile_origins(),
                tls=settings().behind_tls_proxy,
            ),
            Middleware(ScriptFiles),
            Middleware(Gate),
        ],
        "on_script_error": tell_script_error,
    }


def _tile_origins() -> Sequence[str]:
    source = tile_source()
    return source.origins if source else ()


def tell_script_error(error: Exception) -> bool:
    """Log an error under a reference number, and tell the person only the number."""
    text = translator()
    if isinstance(error, Forbidden):  # who tried what is in the log of changes
        st.error(text("error.forbidden"))
        return True
    reference = secrets.token_hex(4).upper()
    logger.error("error %s", reference, exc_info=error)
    if isinstance(error, NotSaved):
        st.error(text(f"not_saved.{error.reason}"))
    else:
        st.error(text("error.unexpected", reference=reference))
    return True


@asynccontextmanager
async def _lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:  # noqa: ANN401
    try:
        open_installation()
    except Refused as refused:
        text = operator_translator()
        for fault in refused.faults:
            logger.error("%s", text.fault(fault))
        raise SystemExit(3) from refused
    except NotSaved as error:
        said = " ".join(str(getattr(error.__cause__, "orig", "")).split())
        words = operator_translator()("start.database", reason=error.reason, said=said)
        logger.error("%s", words)
        raise SystemExit(3) from error
    threading.Thread(target=_warm_up, daemon=True).start()
    print(operator_translator()("start.ready", url=_address()), flush=True)
    _invite_first_admin()
    yield {}


def _address() -> str:
    """Where the pages are, as a browser on this machine asks for them."""
    host, port = (config.get_option(f"server.{name}") for name in ("address", "port"))
    return f"http://{host}:{port}"


def _invite_first_admin() -> None:
    """Where people sign in and nobody runs the product yet: a link for whoever started it."""
    if not settings().needs_sign_in:
        return
    token = first_admin_token(open_installation(), datetime.now(UTC))
    if token:
        hosts = settings().host_names
        base = f"https://{hosts[0]}" if hosts else _address()
        link = f"{base}{INVITATION}?token={token}"
        print(operator_translator()("start.first_admin", url=link), flush=True)


def _warm_up() -> None:
    """Import the large libraries and read the scores now: the first person would wait for them.

    Not streamlit-folium: its component must be declared while a page runs.
    """
    for name in ("altair", "pandas", "folium"):
        importlib.import_module(name)
    with suppress(NotSaved):
        store = open_installation()
        for one in list_rounds(store)[:MOST_KEPT]:
            nation_of(store, one)


def _routes() -> list[Any]:
    return [
        Route("/readyz", _ready),
        Mount("/assets/leaflet", StaticFiles(directory=leaflet_folder())),
        Mount("/assets/boundaries", StaticFiles(directory=settings().data / "boundaries")),
        *download_routes(),
        *evidence_routes(),
        *sign_in_routes(),
        *invitation_routes(),
        *poll_routes(),
        *shell_routes(),
    ]


async def _ready(_request: Request) -> PlainTextResponse:
    try:
        with open_installation().reading():
            return PlainTextResponse("ready")
    except NotSaved as error:
        return PlainTextResponse(error.reason, status_code=503)
