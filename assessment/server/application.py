"""The ASGI side: start-up checks, security headers, map assets, downloads, readiness."""

import importlib
import logging
import secrets
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from streamlit import config

from assessment.domain.errors import NotSaved, Refused
from assessment.language.translator import operator_translator
from assessment.server.downloads import download_routes
from assessment.server.evidence_route import evidence_routes
from assessment.server.guard import Guard
from assessment.server.shell import shell_routes
from assessment.services.communities import list_rounds
from assessment.services.nation import MOST_KEPT, nation_of
from assessment.services.setup import open_installation
from assessment.services.tiles import tile_fault, tile_source
from assessment.settings import leaflet_folder, settings
from assessment.ui.session import translator

logger = logging.getLogger("assessment")

LARGEST_UPLOAD = 20
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_REQUIRED = {
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.enableStaticServing": False,
    "server.enableAgentApi": False,
    "client.showErrorDetails": "none",
    "browser.gatherUsageStats": False,
}


def server_parts() -> dict[str, Any]:
    """What ``st.App`` is made of; the process ends with one line if a setting is unsafe."""
    fault = unsafe_setting()
    if fault:
        raise SystemExit(fault)
    return {
        "lifespan": _lifespan,
        "routes": _routes(),
        "middleware": [Middleware(Guard, hosts=allowed_hosts(), tile_origins=_tile_origins())],
        "on_script_error": tell_script_error,
    }


def unsafe_setting() -> str:
    """The first setting that must not be, in one line; empty if all is well."""
    text = operator_translator()
    address = config.get_option("server.address")
    if address not in _LOOPBACK:
        return text("start.address", address=address)
    for name, value in _REQUIRED.items():
        if config.get_option(name) != value:
            return text("start.option", name=name, value=str(value).lower())
    if config.get_option("server.trustedUserHeaders"):
        return text("start.option", name="server.trustedUserHeaders", value="{}")
    if config.get_option("server.maxUploadSize") > LARGEST_UPLOAD:
        return text("start.upload", limit=LARGEST_UPLOAD)
    fault = tile_fault()
    if fault:
        return text(f"start.tiles_{fault}")
    return _unusable_home()


def allowed_hosts() -> frozenset[str]:
    """Host names under which the product answers; anything else may be a rebinding attack."""
    return frozenset(_LOOPBACK)


def _tile_origins() -> Sequence[str]:
    source = tile_source()
    return source.origins if source else ()


def tell_script_error(error: Exception) -> bool:
    """Log an error under a reference number, and tell the person only the number."""
    reference = secrets.token_hex(4).upper()
    logger.error("error %s", reference, exc_info=error)
    text = translator()
    if isinstance(error, NotSaved):
        st.error(text(f"not_saved.{error.reason}"))
    else:
        st.error(text("error.unexpected", reference=reference))
    return True


def _unusable_home() -> str:
    home = settings().home
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / ".write-test"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        return operator_translator()("start.home", home=home, reason=error.strerror)
    return ""


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
    yield {}


def _address() -> str:
    """Where the pages are, as a browser on this machine asks for them."""
    host, port = (config.get_option(f"server.{name}") for name in ("address", "port"))
    return f"http://{host}:{port}"


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
        *shell_routes(),
    ]


async def _ready(_request: Request) -> PlainTextResponse:
    try:
        with open_installation().reading():
            return PlainTextResponse("ready")
    except NotSaved as error:
        return PlainTextResponse(error.reason, status_code=503)
