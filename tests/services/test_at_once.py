"""Two people, or two processes, do the same thing in the same moment."""

import threading
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import func, select

from assessment.domain.errors import Refused
from assessment.domain.records import Community
from assessment.services import sample
from assessment.services.communities import Registration, begin, list_rounds, register
from assessment.services.nation import nation_of
from assessment.store import log, tables
from assessment.store.engine import Store
from tests.conftest import NOW
from tests.services.steps import SIGNATURE, list_communities

Made = TypeVar("Made")
PEOPLE = 6


def at_once(work: Callable[[int], Made]) -> list[Made | Refused]:
    """What ``work`` gives when everybody does it in the same moment, each with a number."""
    start, made = threading.Barrier(PEOPLE), dict[int, Made | Refused]()

    def one(number: int) -> None:
        start.wait()
        try:
            made[number] = work(number)
        except Refused as refused:
            made[number] = refused

    threads = [threading.Thread(target=one, args=(number,)) for number in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == PEOPLE
    return list(made.values())


def logged(store: Store, action: str) -> int:
    """How often something was done."""
    query = select(func.count()).select_from(tables.log).where(tables.log.c.action == action)
    with store.reading() as connection:
        return connection.execute(query).scalar() or 0


def own(store: Store) -> Store:
    """The same database, opened by another process."""
    return Store(store.url.render_as_string(hide_password=False))


def test_communities_that_are_registered_at_once_each_get_a_code_of_their_own(
    store: Store,
) -> None:
    made = at_once(
        lambda number: register(store, SIGNATURE, Registration(f"第{number}社区", "110105"))
    )
    codes = {one.code for one in made if isinstance(one, Community)}
    assert len(codes) == PEOPLE
    kept = {one.community.code: one.community for one in list_communities(store, sample=False)}
    assert {one.code: one.name_zh for one in made if isinstance(one, Community)}.items() <= {
        code: one.name_zh for code, one in kept.items()
    }.items()


def test_one_community_that_everybody_registers_at_once_is_registered_once(store: Store) -> None:
    made = at_once(lambda _: register(store, SIGNATURE, Registration("同一个社区", "110105")))
    assert sum(isinstance(one, Community) for one in made) == 1
    assert {one.faults[0].code for one in made if isinstance(one, Refused)} == {"community_exists"}


def test_a_code_that_was_taken_otherwise_is_passed_over(store: Store, community: Community) -> None:
    with store.writing() as connection:
        statement = tables.community.update().where(tables.community.c.code == community.code)
        connection.execute(statement.values(code="C00002"))
    made = register(store, SIGNATURE, Registration("第二社区", "110105"))
    assert made.code == "C00003"


def test_an_assessment_that_everybody_begins_at_once_is_begun_once(
    store: Store, community: Community
) -> None:
    one = list_rounds(store)[0]
    made = at_once(lambda _: begin(store, SIGNATURE, community, one))
    assert len(set(made)) == 1
    assert logged(store, "begin") == 1


def test_a_sample_that_is_loaded_twice_at_once_is_there_once(store: Store) -> None:
    at_once(lambda _: sample.load(store, SIGNATURE))
    assert logged(store, "sample_load") == 1


def test_every_process_counts_what_another_has_just_written(store: Store) -> None:
    other, one = own(store), list_rounds(store)[0]
    before = len(nation_of(store, one).code)
    made = register(other, SIGNATURE, Registration("别处登记的社区", "110105"))
    assert made.code in nation_of(store, one).code
    begin(other, SIGNATURE, made, one)
    nation = nation_of(store, one)
    assert len(nation.code) == before + 1
    assert nation.state[nation.code.tolist().index(made.code)] != 0
    other.close()


def test_a_later_entry_of_the_log_is_never_seen_before_an_earlier_one(store: Store) -> None:
    """Otherwise a cache that was read up to the later one would never see the earlier."""
    done = threading.Event()
    torn: list[list[int]] = []

    def look() -> None:
        while not done.is_set():
            with store.reading() as connection:
                seen = list(connection.scalars(select(tables.log.c.id).order_by(tables.log.c.id)))
            if seen and seen != list(range(seen[0], seen[-1] + 1)):
                torn.append(seen)

    def write(number: int) -> None:
        for count in range(15):
            with store.writing() as connection:
                log.append(connection, log.Change("tester", NOW, f"{number}/{count}"))

    reader = threading.Thread(target=look)
    reader.start()
    at_once(write)
    done.set()
    reader.join()
    assert torn == []
    assert logged(store, "0/14") == 1
