"""Pages run without a browser: the entry script in a prepared home, at an address."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copyfile
from typing import Any, Protocol
from unittest.mock import patch

import pytest
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest, app_test

from assessment.domain.answers import Answer
from assessment.domain.permissions import Person, Role
from assessment.domain.records import Signature
from assessment.services.answering import Saved, kept_in, save
from assessment.services.communities import begin, find_community, list_rounds
from assessment.services.setup import open_installation
from assessment.services.sheets import load_sheet
from assessment.settings import PROJECT, settings
from assessment.ui import context, session
from tests.conftest import NOW
from tests.people import Cast

LONG_SECONDS = 30
Be = Callable[[Person], None]


class Visit(Protocol):
    """Run a page: its name, then what the address says."""

    def __call__(self, page: str, **address: str) -> AppTest: ...


@pytest.fixture(scope="session", autouse=True)
def _components_are_looked_for_once() -> Iterator[None]:
    """As a server does at its start: asking every installed package takes longer than a page."""
    found = BidiComponentManager()
    found.discover_and_register_components(start_file_watching=False)
    with (
        patch.object(found, "discover_and_register_components"),
        patch.object(app_test, "BidiComponentManager", lambda: found),
    ):
        yield


def turn_to(at: AppTest, page: str, **address: str) -> AppTest:
    """Go on to another page in the same tab; cheaper than a visit of its own."""
    for name, value in address.items():
        at.query_params[name] = value
    at.switch_page(f"assessment/pages/{page}.py")
    at.run()
    return at


def sent(at: AppTest) -> bytes:
    """Everything that the browser would get, tables and charts too."""
    assert not at.exception, at.exception
    return b"\n".join(node.proto.SerializeToString() for node in _nodes(at._tree))


def _nodes(block: Any) -> Iterator[Any]:
    for child in getattr(block, "children", {}).values():
        if hasattr(getattr(child, "proto", None), "SerializeToString"):
            yield child
        yield from _nodes(child)


@pytest.fixture
def installation(home: Path, prepared_file: Path) -> Path:
    """A home that was prepared and never used."""
    copyfile(prepared_file, home / "assessment.db")
    return home


@pytest.fixture
def visit(installation: Path) -> Visit:
    """Run a page to its end, as a browser's first visit does."""

    def go(page: str, **address: str) -> AppTest:
        at = AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=LONG_SECONDS)
        for name, value in address.items():
            at.query_params[name] = value
        at.run()
        if page != "start":
            at.switch_page(f"assessment/pages/{page}.py")
            at.run()
        return at

    return go


@pytest.fixture
def be(monkeypatch: pytest.MonkeyPatch) -> Iterator[Be]:
    """Say who is at work; without a browser there is no cookie to say it."""
    monkeypatch.setenv("ASSESSMENT_SIGN_IN", "accounts")
    settings.cache_clear()

    def become(person: Person) -> None:
        for module in (session, context):
            monkeypatch.setattr(module, "current_person", lambda: person)

    yield become
    settings.cache_clear()


def person(cast: Cast, role: Role) -> Person:
    """Somebody with one role."""
    return Person(f"u-{role}", f"某{role}", (cast.grant(role),))


@pytest.fixture
def answered(installation: Path) -> Callable[[str], None]:
    """Give a community a few answers and facts."""

    def answer(code: str) -> None:
        store, by = open_installation(), Signature("tester", NOW)
        found = find_community(store, code)
        assert found
        begun = begin(store, by, found.community, list_rounds(store)[0])
        for item, name, value in (
            ("F-01", "choice", "open"),
            ("F-03", "choice", "none"),
            ("F-03", "note", "**说明** <b>"),
        ):
            sheet = load_sheet(store, begun.id)
            assert sheet
            seen = kept_in(sheet, Answer(item))
            assert isinstance(save(store, by, sheet, seen, name, value), Saved)

    return answer
