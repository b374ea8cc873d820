"""Every intention, asked by every role: done where the role holds, refused and logged elsewhere."""

from collections.abc import Callable, Mapping

import pytest
from sqlalchemy import func, select

from assessment.domain.answers import Answer
from assessment.domain.coordinates import Datum
from assessment.domain.errors import Forbidden
from assessment.domain.permissions import Grant, Person, Role
from assessment.domain.records import Community, Facility
from assessment.domain.sheet import Sheet
from assessment.services import communities, exports, facilities, people, sample
from assessment.services.answering import kept_in, save
from assessment.services.comparing import load_pinned
from assessment.services.invitations import first_admin_token
from assessment.services.nation import nation_of
from assessment.services.overview import overview_of
from assessment.services.sheets import load_history, load_sheet
from assessment.store import tables
from assessment.store.engine import Store
from tests.people import BY, EVERY_ROLE, FAR_AREA, NEAR_AREA, Cast, make_cast

Intention = Callable[[Store, Community, Sheet], object]
ROUND = 0


def _answer(store: Store, community: Community, sheet: Sheet) -> object:
    return save(store, BY, sheet, kept_in(sheet, Answer("F-01")), "choice", "open")


def _place(store: Store, community: Community, sheet: Sheet) -> object:
    return facilities.place_facility(
        store, BY, community, f"s-{community.code}", "shop", "", 116.4, 39.9, Datum.WGS84
    )


def _remove(store: Store, community: Community, sheet: Sheet) -> object:
    return facilities.remove_facility(store, BY, community, _some_facility(community))


def _restore(store: Store, community: Community, sheet: Sheet) -> object:
    return facilities.restore_facility(store, BY, community, _some_facility(community))


def _some_facility(community: Community) -> Facility:
    place = community.place or None
    return Facility(1, community.code, "shop", "", place, "WGS84", 116.4, 39.9)  # type: ignore[arg-type]


def _move(store: Store, community: Community, sheet: Sheet) -> object:
    fresh = communities.find_community(store, community.code)
    return communities.move(
        store, BY, fresh.community if fresh else community, 116.4, 39.9, Datum.WGS84
    )


def _begin(store: Store, community: Community, sheet: Sheet) -> object:
    wanted = f"other-{store.person.name}"
    other = next(one for one in communities.list_rounds(store) if one.id == wanted)
    return communities.begin(store, BY, community, other)


# Each with the roles that may do it to a community in which their role holds.
OF_A_COMMUNITY: Mapping[str, tuple[Intention, set[Role]]] = {
    "answer": (_answer, {Role.STAFF, Role.ADMIN}),
    "place": (_place, {Role.STAFF, Role.ADMIN}),
    "remove": (_remove, {Role.STAFF, Role.ADMIN}),
    "restore": (_restore, {Role.STAFF, Role.ADMIN}),
    "move": (_move, {Role.STAFF, Role.ADMIN}),
    "begin": (_begin, {Role.STAFF, Role.ADMIN}),
}


@pytest.fixture
def cast(store: Store) -> Cast:
    return make_cast(store)


@pytest.fixture
def sheets(store: Store, cast: Cast) -> dict[str, Sheet]:
    """An assessment of each community, and for each role a round to begin one in."""
    first = communities.list_rounds(store)[ROUND]
    with store.writing() as connection:
        values = {name: getattr(first, name) for name in ("label_zh", "label_en", "framework")}
        values |= {"opens": "2020-01-01", "due": "", "sample": 0, "created_at": BY.at}
        for role in EVERY_ROLE:
            connection.execute(tables.round_.insert().values(id=f"other-{role}", **values))
    found = {}
    for one in (cast.near, cast.beside, cast.far):
        sheet = load_sheet(store, communities.begin(store, BY, one, first).id)
        assert sheet
        found[one.code] = sheet
    return found


def seen_by(store: Store, cast: Cast, role: Role) -> Store:
    """The records as somebody with one role sees them."""
    return store.seen_by(Person(f"u-{role}", role, (cast.grant(role),)))


def rows(store: Store) -> dict[str, int]:
    """How many rows every table has, the log apart."""
    with store.reading() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar() or 0
            for table in tables.metadata.sorted_tables
            if table.name != "log"
        }


def refusals(store: Store) -> list[tuple[str, str]]:
    """Every refused attempt in the log: by whom, about what community."""
    query = select(tables.log.c.by, tables.log.c.community)
    with store.reading() as connection:
        found = connection.execute(query.where(tables.log.c.action == "refused"))
        return [tuple(row) for row in found]


def holds(cast: Cast, role: Role, community: Community) -> bool:
    return cast.grant(role).holds_for(community)


@pytest.mark.parametrize("name", list(OF_A_COMMUNITY))
def test_what_is_done_to_a_community_needs_a_role_that_holds_for_it(
    store: Store, cast: Cast, sheets: dict[str, Sheet], name: str
) -> None:
    do, roles = OF_A_COMMUNITY[name]
    for role in EVERY_ROLE:
        seen = seen_by(store, cast, role)
        for one in (cast.near, cast.beside, cast.far):
            before, tried = rows(store), len(refusals(store))
            if role in roles and holds(cast, role, one):
                do(seen, one, sheets[one.code])
                assert len(refusals(store)) == tried
                continue
            with pytest.raises(Forbidden):
                do(seen, one, sheets[one.code])
            assert rows(store) == before
            assert refusals(store)[tried:] == [(f"u-{role}", one.code)]


def test_registering_is_for_reviewers_in_their_area_and_for_administrators(
    store: Store, cast: Cast
) -> None:
    for role in EVERY_ROLE:
        for area in (NEAR_AREA, FAR_AREA):
            typed = communities.Registration(f"新{role}{area}", area)
            may = role is Role.ADMIN or (role is Role.REVIEWER and area == NEAR_AREA)
            if may:
                communities.register(seen_by(store, cast, role), BY, typed)
            else:
                with pytest.raises(Forbidden):
                    communities.register(seen_by(store, cast, role), BY, typed)


def test_what_concerns_the_installation_is_for_administrators(store: Store, cast: Cast) -> None:
    assert first_admin_token(store, BY.at)
    account = people.add_with_login(store, BY, "李", "li")
    boss = people.add_with_login(store, BY, "王", "boss")
    people.grant_role(store, BY, boss, Grant(Role.ADMIN))
    intentions: list[Callable[[Store], object]] = [
        lambda seen: sample.load(seen, BY),
        lambda seen: sample.remove(seen, BY),
        people.list_people,
        lambda seen: people.add_with_login(seen, BY, "某", "someone"),
        lambda seen: people.add_with_subject(seen, BY, "某", "https://id.example", "x"),
        lambda seen: people.grant_role(seen, BY, account, Grant(Role.ADMIN)),
        lambda seen: people.revoke_role(seen, BY, account, Grant(Role.ADMIN)),
        lambda seen: people.invite(seen, BY, account),
        lambda seen: people.sign_out_everywhere(seen, BY, account),
        lambda seen: people.disable(seen, BY, account),
        lambda seen: people.enable(seen, BY, account),
    ]
    for number, do in enumerate(intentions):
        for role in EVERY_ROLE:
            if role is Role.ADMIN:
                do(seen_by(store, cast, role))
                continue
            before = rows(store)
            with pytest.raises(Forbidden):
                do(seen_by(store, cast, role))
            assert rows(store) == before, number


def test_nothing_that_is_read_tells_of_a_community_out_of_reach(
    store: Store, cast: Cast, sheets: dict[str, Sheet]
) -> None:
    first = communities.list_rounds(store)[ROUND]
    for role in EVERY_ROLE:
        seen = seen_by(store, cast, role)
        for one in (cast.near, cast.beside, cast.far):
            reach = holds(cast, role, one)
            sheet = sheets[one.code]
            readings = [
                communities.find_community(seen, one.code) is not None,
                one.code in communities.search(seen, one.name_zh, sample=False),
                bool(communities.list_named(seen, [one.code])),
                load_sheet(seen, sheet.assessment.id) is not None,
                bool(load_history(seen, one.code)),
                bool(load_pinned(seen, first, [one.code])),
                one.code in nation_of(seen, first).code.tolist(),
                bool(overview_of(seen, first, [one.code])),
            ]
            assert readings == [reach] * len(readings), (role, one.name_zh)


def test_a_role_that_was_taken_away_since_the_page_was_drawn_does_not_count(
    store: Store, cast: Cast, sheets: dict[str, Sheet]
) -> None:
    drawn = Person("u-1", "李", (cast.grant(Role.STAFF),))
    now = [drawn]
    seen = store.seen_by(drawn, again=lambda: now[0])
    _answer(seen, cast.near, sheets[cast.near.code])
    now[0] = Person("u-1", "李")
    with pytest.raises(Forbidden):
        _place(seen, cast.near, sheets[cast.near.code])


def test_without_any_role_not_even_the_sample_is_there(store: Store, cast: Cast) -> None:
    sample.load(store, BY)
    code = communities.search(store, "", sample=True)[0]
    nobody = store.seen_by(Person("u-2", "新人"))
    assert communities.find_community(nobody, code) is None
    staff = seen_by(store, cast, Role.STAFF)
    assert communities.find_community(staff, code) is not None
    assert exports.find_round(staff, "sample-1") is not None
