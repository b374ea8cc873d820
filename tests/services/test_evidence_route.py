"""Files of evidence over HTTP: a download for who may see the community, nothing for others."""

from io import BytesIO
from urllib.parse import quote

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.middleware import Middleware

from assessment.domain.evidence import Evidence
from assessment.domain.permissions import LOCAL, Grant, Person, Role
from assessment.domain.sheet import Sheet
from assessment.server import evidence_route
from assessment.server.application import allowed_hosts
from assessment.server.guard import Guard
from assessment.services import evidence as service
from assessment.store.engine import Store
from tests.services.asgi import Reply, ask
from tests.services.evidence_files import PDF, photo
from tests.services.steps import SIGNATURE

NAME = '活动室 "1".jpg'


class Asking:
    """Who asks next."""

    person = LOCAL


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, store: Store) -> Starlette:
    monkeypatch.setattr(Asking, "person", LOCAL)
    monkeypatch.setattr(evidence_route, "open_installation", lambda: store)
    monkeypatch.setattr(evidence_route, "person_asking", lambda _: Asking.person)
    middleware = [Middleware(Guard, hosts=allowed_hosts())]
    return Starlette(routes=evidence_route.evidence_routes(), middleware=middleware)


@pytest.fixture
def one(store: Store, sheet: Sheet) -> Evidence:
    added = service.add_file(store, SIGNATURE, sheet, "F-01", "one", NAME, photo())
    assert added
    return added.evidence


def assert_harmless(reply: Reply) -> None:
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert reply.headers["cache-control"] == "no-store"


def test_a_file_is_a_download_and_can_do_nothing(app: Starlette, one: Evidence) -> None:
    reply = ask(app, f"/evidence/{one.id}")
    assert reply.status == 200
    assert_harmless(reply)
    wanted = f"attachment; filename=\"evidence.jpg\"; filename*=UTF-8''{quote(one.name, safe='')}"
    assert reply.headers["content-disposition"] == wanted
    assert reply.headers["content-type"] == "image/jpeg"
    assert Image.open(BytesIO(reply.body)).size == (480, 640)


def test_a_thumbnail_is_a_small_picture(app: Starlette, one: Evidence) -> None:
    reply = ask(app, f"/evidence/{one.id}/thumbnail")
    assert reply.status == 200
    assert_harmless(reply)
    assert Image.open(BytesIO(reply.body)).size == (240, 320)


def test_nobody_learns_what_is_not_theirs(
    app: Starlette, store: Store, sheet: Sheet, one: Evidence
) -> None:
    Asking.person = Person("s", "S", (Grant(Role.STAFF, sheet.community.code),))
    assert ask(app, f"/evidence/{one.id}").status == 200
    Asking.person = Person("v", "V", (Grant(Role.VIEWER, area="110000"),))
    assert ask(app, f"/evidence/{one.id}").status == 200
    for stranger in (
        Person("s", "S", (Grant(Role.STAFF, "P001"),)),
        Person("v", "V", (Grant(Role.VIEWER, area="320000"),)),
        Person("n", "N"),
    ):
        Asking.person = stranger
        for path in (f"/evidence/{one.id}", f"/evidence/{one.id}/thumbnail"):
            theirs, nothing = ask(app, path), ask(app, path.replace(str(one.id), "987654"))
            assert theirs.status == nothing.status == 404
            assert theirs.body == nothing.body
            assert_harmless(theirs)


def test_what_was_removed_is_a_link_or_has_no_picture_is_not_served(
    app: Starlette, store: Store, sheet: Sheet, one: Evidence
) -> None:
    link = service.add_link(store, SIGNATURE, sheet, "F-01", "two", "https://example.org")
    plain = service.add_file(store, SIGNATURE, sheet, "F-01", "three", "a.pdf", PDF)
    assert link and plain
    assert ask(app, f"/evidence/{link.id}").status == 404
    assert ask(app, f"/evidence/{plain.evidence.id}").body == PDF
    assert ask(app, f"/evidence/{plain.evidence.id}/thumbnail").status == 404
    service.remove(store, SIGNATURE, sheet, one)
    assert ask(app, f"/evidence/{one.id}").status == 404
    for odd in ("/evidence/99999999999999999999999", "/evidence/..%2f..%2fetc", "/evidence/-1"):
        assert ask(app, odd).status == 404
