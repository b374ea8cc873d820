"""Every page of the menu as every role: not a byte of a community out of reach.

A page is read as the browser gets it: every text of every element of the run. The menu is walked,
so a new page is in it at once: it has to show an administrator what is out of the others' reach,
or be named among the pages that are about no community.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shutil import copyfile

import pytest
from streamlit.testing.v1 import AppTest

from assessment.domain.permissions import NOBODY, Role
from assessment.domain.records import Community, Signature
from assessment.domain.sheet import Sheet
from assessment.services.comments import add_comment
from assessment.services.communities import begin, list_rounds
from assessment.services.evidence import add_file
from assessment.services.handing_over import Wish, return_, submit
from assessment.services.people import add_with_login
from assessment.services.pinning import pin
from assessment.services.planning import TypedAction, add_action
from assessment.services.setup import open_installation
from assessment.services.sheets import load_sheet
from assessment.settings import PROJECT, settings
from assessment.store import tables
from assessment.store.engine import Store
from assessment.ui.frame import page_names
from tests.conftest import NOW
from tests.pages.conftest import LONG_SECONDS, Be, person, sent, turn_to
from tests.people import BY, Cast, make_cast
from tests.services.steps import reload, say

# About nobody in particular: they need not show anything of a community.
OF_NO_COMMUNITY = {"method", "verify", "rounds", "frameworks"}
KINDS = ("Note", "File", "Person", "Comment", "Action", "Reason", "Return")
PDF = b"%PDF-1.4\n%%EOF"


def mark(community: Community) -> str:
    """What everything that was written about a community begins with, and nothing else does."""
    return community.name_en.replace(" ", "")


def fill(store: Store, community: Community) -> None:
    """Everything that people can write about a community, each with its mark."""
    word = mark(community)
    account = add_with_login(store, BY, f"{word}Person", word)
    by = Signature(account.id, NOW)
    sheet = fresh = reload_begun(store, community)
    sheet = say(store, sheet, "F-01", "choice", "none")
    sheet = say(store, sheet, "F-01", "note", f"{word}Note")
    add_file(store, by, sheet, "F-01", f"{word} file", f"{word}File.pdf", PDF + word.encode())
    add_comment(store, by, sheet, "F-01", f"{word}Comment", f"{word} comment")
    typed = TypedAction("F-01", f"{word}Action", cost="1000")
    add_action(store, by, sheet, f"{word} action", typed)
    sheet = reload(store, fresh)
    submit(store, by, Wish(sheet, f"{word} submit"))
    sheet = reload(store, sheet)
    pin(store, by, sheet, "F-01", f"{word}Reason", f"{word} pin")
    return_(store, by, Wish(reload(store, sheet), f"{word} return", f"{word}Return"))


def reload_begun(store: Store, community: Community) -> Sheet:
    """The sheet of a community in the open round, begun."""
    found = load_sheet(store, begin(store, BY, community, list_rounds(store)[0]).id)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def filled(
    prepared_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, Cast]]:
    """A database in which the communities of the cast are full of words; made once."""
    home = tmp_path_factory.mktemp("filled")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSESSMENT_HOME", str(home))
        settings.cache_clear()
        copyfile(prepared_file, home / "assessment.db")
        store = Store(f"sqlite:///{home / 'assessment.db'}")
        cast = make_cast(store)
        for one in (cast.near, cast.beside, cast.far):
            fill(store, one)
        store.close()
    settings.cache_clear()
    yield home / "assessment.db", cast


@pytest.fixture
def cast(filled: tuple[Path, Cast], home: Path) -> Cast:
    """The communities of the test, in a home of its own."""
    copyfile(filled[0], home / "assessment.db")
    return filled[1]


def walk(community: Community, other: Community) -> Iterator[tuple[str, AppTest]]:
    """Every page that the menu offers to who is at work, in one tab: its name and what it shows."""
    at = AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=LONG_SECONDS)
    at.query_params["community"] = community.code
    at.run()
    for name in page_names():
        about = {"theme": "facilities", "group": "basic"} if name == "answer" else {}
        about |= {"pins": f"{community.code},{other.code}"} if name == "compare" else {}
        with suppress(ValueError):  # Streamlit knows no page that the menu has not
            yield name, turn_to(at, name, **about)


def beyond_the_frame(at: AppTest) -> bytes:
    """What a page says without the line above it, which names the community in view."""
    return sent(at).replace(str(at.markdown[0].value).encode(), b"")


def hidden_in(words: bytes, hidden: list[Community]) -> list[str]:
    """What of the hidden communities is in the words."""
    names = [(one.name_zh, one.name_en, mark(one), one.code) for one in hidden]
    return [each for some in names for each in some if each.encode() in words]


@pytest.mark.parametrize("role", [Role.STAFF, Role.REVIEWER, Role.VIEWER])
def test_no_page_holds_anything_of_a_community_out_of_reach(cast: Cast, be: Be, role: Role) -> None:
    me = person(cast, role)
    be(me)
    hidden = [one for one in (cast.beside, cast.far) if not me.reach.holds(one)]
    assert hidden
    shown, talk = set(), False
    for community, other in ((hidden[0], cast.near), (cast.near, hidden[0])):
        for name, at in walk(community, other):
            words = sent(at)
            # The address has the code of the community that is asked for.
            found = set(hidden_in(words, hidden)) - {hidden[0].code}
            assert not found, (name, found)
            if cast.near.name_zh.encode() in words:
                shown.add(name)
            talk = talk or f"{mark(cast.near)}Comment".encode() in words
    assert {"answer", "result", "overview", "compare"} <= shown, "there is something to be seen"
    assert talk == (role is not Role.VIEWER), "comments are between those who take part"
    with open_installation().reading() as connection:
        query = tables.log.select().where(tables.log.c.action == "refused")
        assert [row.community for row in connection.execute(query)] == [hidden[0].code]


def test_an_administrator_sees_it_all_and_every_page_of_the_menu_is_covered(
    cast: Cast, be: Be
) -> None:
    be(person(cast, Role.ADMIN))
    pages = {path.stem for path in (PROJECT / "assessment" / "pages").glob("[!_]*.py")}
    assert pages == set(page_names())
    seen = {name: beyond_the_frame(at) for name, at in walk(cast.far, cast.near)}
    assert seen.keys() == pages
    empty = {name for name, words in seen.items() if not hidden_in(words, [cast.far])}
    assert empty == OF_NO_COMMUNITY
    written = b"".join(seen.values())
    for kind in KINDS:
        assert f"{mark(cast.far)}{kind}".encode() in written, kind


def test_nobody_sees_nothing(cast: Cast, be: Be) -> None:
    be(NOBODY)
    everyone = [cast.near, cast.beside, cast.far]
    for name, at in walk(cast.near, cast.far):
        assert not set(hidden_in(sent(at), everyone)) - {cast.near.code}, name
