"""Who is behind a request that does not come through a page."""

from datetime import UTC, datetime

from starlette.requests import HTTPConnection

from assessment.domain.permissions import LOCAL, Person
from assessment.services.setup import open_installation
from assessment.services.sign_in import person_of
from assessment.settings import settings


def token_of(connection: HTTPConnection) -> str:
    """The token in the request's own cookie; empty if it has none."""
    return connection.cookies.get(settings().cookie, "")


def person_asking(connection: HTTPConnection) -> Person | None:
    """The person that the request's own sign-in names; ``None`` for nobody."""
    if not settings().needs_sign_in:
        return LOCAL
    return person_of(open_installation(), token_of(connection), datetime.now(UTC))
