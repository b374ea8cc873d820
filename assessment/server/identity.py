"""Who is behind a request that does not come through a page."""

from starlette.requests import Request

from assessment.domain.permissions import LOCAL, Person


def person_asking(_request: Request) -> Person:
    """The person that the request's own sign-in names."""
    return LOCAL
