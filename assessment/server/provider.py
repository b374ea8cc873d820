"""Signing in through a provider (OpenID Connect): Streamlit's own routes, then our own sign-in.

Streamlit answers the provider's callback with a signed cookie that is good for 30 days and cannot
be withdrawn. Here it counts once and for ten minutes, as the proof for a sign-in of our own; and
of all that it claims only issuer and subject are read. Roles come from the records.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from streamlit.auth_util import encode_provider_token, get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

_COOKIES = "_streamlit_user"
_PROOF_DAYS = 10 / (24 * 60)


@dataclass(frozen=True)
class Named:
    """Whom a provider has named. ``proof`` is all that it said, as one text."""

    issuer: str
    subject: str
    name: str
    proof: str


def provider_address() -> str:
    """Where the way to the provider begins: what ``st.login`` opens."""
    return f"/auth/login?provider={encode_provider_token('default')}"


def named(request: Request) -> Named | None:
    """Whom the provider has named within the last ten minutes, if anybody."""

    def part(name: str) -> bytes | None:
        value = request.cookies.get(name, "").encode("latin-1", "replace")
        return decode_signed_value(get_cookie_secret(), name, value, max_age_days=_PROOF_DAYS)

    content = get_cookie_with_chunks(part, _COOKIES)
    try:
        said = json.loads(content) if content else None
    except ValueError:
        return None
    return _named(said) if isinstance(said, dict) else None


def forget_provider(request: Request, response: Response) -> None:
    """Take the provider's cookies away: they have served."""
    for name in request.cookies:
        if name.startswith(_COOKIES):
            response.delete_cookie(name, path="/", httponly=True, samesite="lax")


def _named(said: Mapping[str, Any]) -> Named | None:
    issuer, subject = str(said.get("iss") or ""), str(said.get("sub") or "")
    if not issuer or not subject or said.get("is_logged_in") is not True:
        return None
    name = str(said.get("name") or said.get("preferred_username") or "")
    return Named(issuer, subject, name, json.dumps(said, sort_keys=True))
