"""What the product refuses to start with, each told in one line."""

from collections.abc import Mapping
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import urlsplit

from streamlit import config
from streamlit.auth_util import get_secrets_auth_section

from assessment.language.translator import operator_translator
from assessment.services.tiles import tile_fault
from assessment.settings import ACCOUNTS, NO_SIGN_IN, OIDC, settings

LARGEST_UPLOAD = 20
LOOPBACK = ("127.0.0.1", "localhost", "::1")
SHORTEST_SECRET = 32
_FEWEST_LETTERS = 10
_WAYS = (NO_SIGN_IN, ACCOUNTS, OIDC)
_PROVIDER_KEYS = ("redirect_uri", "client_id", "client_secret", "server_metadata_url")
# Parts of secrets that stand in manuals and examples.
_EXAMPLES = (
    "changeme",
    "change-me",
    "change_me",
    "example",
    "secret",
    "password",
    "xxxx",
    "12345678",
)
_REQUIRED = {
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.enableStaticServing": False,
    "server.enableAgentApi": False,
    "client.showErrorDetails": "none",
    "browser.gatherUsageStats": False,
}


def unsafe_setting() -> str:
    """The first setting that must not be, in one line; empty if all is well."""
    return _unsafe_option() or _unsafe_access() or _unsafe_tiles() or _unusable_home()


def allowed_hosts() -> frozenset[str]:
    """Host names under which the product answers; anything else may be a rebinding attack."""
    return frozenset((*LOOPBACK, *settings().host_names))


def is_weak(secret: str) -> bool:
    """Whether a secret is too short, too plain, or from an example."""
    low = secret.casefold()
    if len(secret.encode()) < SHORTEST_SECRET or len(set(secret)) < _FEWEST_LETTERS:
        return True
    return any(part in low for part in _EXAMPLES)


def _unsafe_option() -> str:
    text = operator_translator()
    for name, value in _REQUIRED.items():
        if config.get_option(name) != value:
            return text("start.option", name=name, value=str(value).lower())
    if config.get_option("server.trustedUserHeaders"):
        return text("start.option", name="server.trustedUserHeaders", value="{}")
    if config.get_option("server.maxUploadSize") > LARGEST_UPLOAD:
        return text("start.upload", limit=LARGEST_UPLOAD)
    return ""


def _unsafe_access() -> str:
    """Who may reach it: without sign-in this machine only, else others only through TLS."""
    text, chosen = operator_translator(), settings()
    if chosen.sign_in not in _WAYS:
        return text("start.sign_in", value=chosen.sign_in, ways=", ".join(_WAYS))
    address = config.get_option("server.address")
    is_public = address not in LOOPBACK
    if not chosen.needs_sign_in:
        if is_public:
            return text("start.address", address=address)
        return text("start.hosts", hosts=chosen.hosts) if chosen.host_names else ""
    if (is_public or chosen.host_names) and not chosen.behind_tls_proxy:
        return text("start.proxy", address=chosen.hosts or address)
    if chosen.behind_tls_proxy and not chosen.host_names:
        return text("start.no_hosts")
    if chosen.idle_minutes < 1 or chosen.session_hours < 1:
        return text("start.limits")
    return _unsafe_provider() if chosen.sign_in == OIDC else _unsafe_secret()


def _unsafe_secret() -> str:
    secret = str(config.get_option("server.cookieSecret") or "")
    if len(secret.encode()) >= SHORTEST_SECRET:
        return ""
    return operator_translator()(
        "start.secret", name="server.cookieSecret", shortest=SHORTEST_SECRET
    )


def _unsafe_provider() -> str:
    text = operator_translator()
    section: Mapping[str, Any] = get_secrets_auth_section()
    for name in _PROVIDER_KEYS:
        if not section.get(name):
            return text("start.provider_missing", name=f"auth.{name}")
    if is_weak(str(section.get("cookie_secret") or "")):
        return text("start.secret", name="auth.cookie_secret", shortest=SHORTEST_SECRET)
    for name in ("redirect_uri", "server_metadata_url"):
        parts = urlsplit(str(section[name]))
        if parts.scheme != "https" and parts.hostname not in LOOPBACK:
            return text("start.provider_https", name=f"auth.{name}")
    back = urlsplit(str(section["redirect_uri"]))
    if back.path != "/oauth2callback" or back.hostname not in allowed_hosts():
        return text("start.provider_back", hosts=", ".join(sorted(allowed_hosts())))
    return ""


def _unsafe_tiles() -> str:
    fault = tile_fault()
    return operator_translator()(f"start.tiles_{fault}") if fault else ""


def _unusable_home() -> str:
    home = settings().home
    try:
        home.mkdir(parents=True, exist_ok=True)
        # A name of its own: processes that start at once must not take each other's away.
        with NamedTemporaryFile(dir=home, prefix=".write-test-"):
            pass
    except OSError as error:
        return operator_translator()("start.home", home=home, reason=error.strerror)
    return ""
