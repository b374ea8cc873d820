"""Who may reach the product: the start is refused where sign-in, TLS or a secret is missing."""

from collections.abc import Callable, Mapping

import pytest

from assessment.server import start_checks
from assessment.server.start_checks import allowed_hosts, is_weak, unsafe_setting
from assessment.settings import settings
from tests.services.test_start import machine, options

__all__ = ["machine", "options"]

GOOD = "kT3v9QmXr0ZsLw7BnYc2HdGf5JpAeU8oN1iV6xRy"
PROVIDER = {
    "redirect_uri": "https://shequ.example.cn/oauth2callback",
    "cookie_secret": GOOD,
    "client_id": "product",
    "client_secret": "given",
    "server_metadata_url": "https://id.example.cn/.well-known/openid-configuration",
}
BEHIND = {"HOSTS": "shequ.example.cn", "BEHIND_TLS_PROXY": "true"}
Set = Callable[..., None]


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Set:
    """Set variables of the product and what Streamlit is told of a provider."""

    def put(variables: Mapping[str, str], provider: Mapping[str, str] | None = None) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(f"ASSESSMENT_{name}", value)
        monkeypatch.setattr(start_checks, "get_secrets_auth_section", lambda: provider or {})
        settings.cache_clear()

    return put


@pytest.mark.parametrize(
    ("variables", "provider"),
    [
        ({}, None),
        ({"SIGN_IN": "accounts"}, None),
        ({"SIGN_IN": "accounts", **BEHIND}, None),
        ({"SIGN_IN": "oidc", **BEHIND}, PROVIDER),
    ],
)
def test_what_is_safe_starts(
    options: dict[str, object],
    given: Set,
    variables: Mapping[str, str],
    provider: Mapping[str, str] | None,
) -> None:
    options["server.cookieSecret"] = GOOD
    given(variables, provider)
    assert unsafe_setting() == ""


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"SIGN_IN": "password"}, "ASSESSMENT_SIGN_IN"),
        ({"HOSTS": "shequ.example.cn"}, "ASSESSMENT_HOSTS"),
        ({"SIGN_IN": "accounts", "HOSTS": "shequ.example.cn"}, "ASSESSMENT_BEHIND_TLS_PROXY"),
        ({"SIGN_IN": "accounts", "BEHIND_TLS_PROXY": "true"}, "ASSESSMENT_HOSTS"),
        ({"SIGN_IN": "accounts", "IDLE_MINUTES": "0"}, "ASSESSMENT_IDLE_MINUTES"),
        ({"SIGN_IN": "oidc", **BEHIND}, "auth.redirect_uri"),
    ],
)
def test_unsafe_access_ends_the_start_with_one_line_that_names_it(
    options: dict[str, object], given: Set, variables: Mapping[str, str], named: str
) -> None:
    options["server.cookieSecret"] = GOOD
    given(variables)
    line = unsafe_setting()
    assert named in line
    assert "\n" not in line


@pytest.mark.parametrize("address", [None, "0.0.0.0", "192.168.0.10"])
def test_other_machines_reach_it_only_with_sign_in_and_through_tls(
    options: dict[str, object], given: Set, address: str | None
) -> None:
    options |= {"server.address": address, "server.cookieSecret": GOOD}
    given({"SIGN_IN": "none"})
    assert "server.address" in unsafe_setting()
    given({"SIGN_IN": "accounts"})
    assert "ASSESSMENT_BEHIND_TLS_PROXY" in unsafe_setting()
    given(BEHIND)
    assert unsafe_setting() == ""
    assert "shequ.example.cn" in allowed_hosts()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("cookie_secret", "", "auth.cookie_secret"),
        ("cookie_secret", GOOD[:31], "auth.cookie_secret"),
        ("cookie_secret", "x" * 64, "auth.cookie_secret"),
        ("cookie_secret", "change-me-please-this-is-the-example-secret", "auth.cookie_secret"),
        ("client_secret", "", "auth.client_secret"),
        ("server_metadata_url", "http://id.example.cn/x", "auth.server_metadata_url"),
        ("redirect_uri", "http://shequ.example.cn/oauth2callback", "auth.redirect_uri"),
        ("redirect_uri", "https://evil.example/oauth2callback", "auth.redirect_uri"),
        ("redirect_uri", "https://shequ.example.cn/elsewhere", "auth.redirect_uri"),
    ],
)
def test_a_provider_with_a_weak_secret_or_a_wrong_address_is_refused(
    options: dict[str, object], given: Set, name: str, value: str, told: str
) -> None:
    given({"SIGN_IN": "oidc", **BEHIND}, PROVIDER | {name: value})
    assert told in unsafe_setting()


def test_a_short_secret_of_streamlits_own_is_refused(
    options: dict[str, object], given: Set
) -> None:
    options["server.cookieSecret"] = "short"
    given({"SIGN_IN": "accounts"})
    assert "server.cookieSecret" in unsafe_setting()
    assert not is_weak(GOOD)
