"""A sample nation: invented communities all over the country, to see and measure the product at
its full size. The same seed makes the same nation, on any machine and with any number of
processes. Everything in it is marked as sample data."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np

from assessment.domain.answers import Answer, judge_all
from assessment.domain.errors import Fault, Refused
from assessment.domain.evidence import unsupported_items
from assessment.domain.framework import Framework
from assessment.domain.records import Community, Round, SavedFact, Signature
from assessment.domain.scoring import Booleans, Credits, score
from assessment.domain.sheet import fact_values
from assessment.services.frameworks import framework_of
from assessment.services.invented import Begun, Seats, begun_of, community_of, seats
from assessment.store import answers, communities, facts, log, rounds, scores
from assessment.store.engine import Store, Transaction

SEED = 20221028
SAMPLE_LIST = "sample-list"
ACTION = "sample_nation"
_AUTHOR = "sample"
_BATCH = 250
# About as many pilots as the national list of 2023 has.
_LISTED = 106
_ROUNDS = (("一", "first"), ("二", "second"), ("三", "third"))

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Wish:
    """How large a nation, from which seed, and whether the answers behind the scores are kept."""

    communities: int
    seed: int = SEED
    answers: bool = True

    @property
    def source(self) -> str:
        """What the records say about where the nation comes from."""
        kept = "answers" if self.answers else "scores only"
        return f"示例数据 / sample data: {self.communities} communities, seed {self.seed}, {kept}"


@dataclass(frozen=True)
class _Work:
    """All that a process needs to make its share."""

    wish: Wish
    signature: Signature
    rounds: tuple[Round, ...]


def make_nation(
    store: Store,
    signature: Signature,
    wish: Wish,
    progress: Progress,
    processes: int = 1,
) -> bool:
    """Make the nation, a batch of communities in each transaction; ``False`` if it is there.

    What was interrupted goes on where it stopped. Raises ``Refused`` with ``nation_other`` where
    another nation, or the beginning of one, is in the records.
    """
    with store.writing() as connection:
        if not _prepare(connection, wish):
            return False
        work = _Work(wish, signature, _open_rounds(connection, signature))
    starts = range(0, wish.communities, _BATCH)
    done = 0
    for count in _written(store, work, starts, processes):
        done += count
        progress(done, wish.communities)
    with store.writing() as connection:
        log.append(
            connection, log.Change(signature.by, signature.at, ACTION, SAMPLE_LIST, new=wish.source)
        )
    return True


def _prepare(connection: Transaction, wish: Wish) -> bool:
    """Open the sample list, which says what nation this is; ``False`` if it is complete."""
    known = {one.id: one.source for one in communities.load_programmes(connection)}
    source = known.get(SAMPLE_LIST, wish.source)
    if source != wish.source:
        raise Refused([Fault("nation_other", values={"source": source})])
    communities.add_programme(
        connection,
        id=SAMPLE_LIST,
        level="national",
        title_zh="示例试点名单",
        title_en="Sample pilot list",
        starts="2022-10",
        ends="2024-10",
        source=wish.source,
    )
    return not log.ever(connection, ACTION)


def _open_rounds(connection: Transaction, signature: Signature) -> tuple[Round, ...]:
    in_use = next(one for one in rounds.load_rounds(connection) if not one.sample)
    first_year = signature.at.year - len(_ROUNDS) + 1
    for number, (label_zh, label_en) in enumerate(_ROUNDS, start=1):
        made = Round(
            id=f"nation-{number}",
            label_zh=f"示例：全国第{label_zh}轮",
            label_en=f"Sample: {label_en} national round",
            opens=f"{first_year + number - 1}-01-01",
            due="",
            framework=in_use.framework,
            sample=True,
        )
        rounds.add_round(connection, made, signature.at)
    kept = [rounds.load_round(connection, f"nation-{k + 1}") for k in range(len(_ROUNDS))]
    return tuple(one for one in kept if one is not None)


def _written(store: Store, work: _Work, starts: Sequence[int], processes: int) -> Iterator[int]:
    if processes == 1:
        yield from (_write(store, work, start) for start in starts)
        return
    # Not forked: a connection must not be in two processes.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context) as pool:
        url = store.url.render_as_string(hide_password=False)
        try:
            yield from pool.map(partial(_write_elsewhere, url, work), starts)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _write_elsewhere(url: str, work: _Work, start: int) -> int:
    return _write(_store_of_process(url), work, start)


@lru_cache(maxsize=1)
def _store_of_process(url: str) -> Store:
    return Store(url)


@lru_cache(maxsize=1)
def _seats(wish: Wish) -> Seats:
    return seats(wish.communities, wish.seed)


def _write(store: Store, work: _Work, start: int) -> int:
    """Make the communities from ``start`` on, and write them in one transaction; how many."""
    wish = work.wish
    framework = framework_of(store, work.rounds[0].framework)
    numbers = range(start, min(start + _BATCH, wish.communities))
    with store.reading() as connection:
        if communities.is_known(connection, community_of(_seats(wish), start).code):
            return len(numbers)
    made = [community_of(_seats(wish), number) for number in numbers]
    begun = [
        each
        for number, one in zip(numbers, made, strict=True)
        for each in begun_of(framework, _seats(wish), number, one, len(work.rounds))
    ]
    credits, profiles, unsupported = _judged(framework, begun)
    with store.writing() as connection:
        _register(connection, work, numbers, made)
        ids = _begin(connection, work, begun)
        if wish.answers:
            _write_answers(connection, work, ids, begun)
        scored = scores.Scored(
            framework,
            ids,
            [work.rounds[one.round].id for one in begun],
            [one.community for one in begun],
            credits,
            score(framework, credits),
            profiles,
            unsupported,
        )
        scores.write_scores(connection, scored, work.signature.at)
    return len(numbers)


def _judged(
    framework: Framework, begun: Sequence[Begun]
) -> tuple[Credits, list[scores.Profile], Booleans]:
    """The one judge over every assessment: credits, profiles, and answers without evidence."""
    known = [
        fact_values(framework, {fact: SavedFact(fact, value) for fact, value in one.facts.items()})
        for one in begun
    ]
    judged = [
        judge_all(framework, one.answers, values) for one, values in zip(begun, known, strict=True)
    ]
    marks = [
        unsupported_items(framework, one.answers, found, ())
        for one, found in zip(begun, judged, strict=True)
    ]
    profiles = [scores.profile_of(values) for values in known]
    shape = (len(begun), len(framework.items))
    return Credits.of(framework, judged), profiles, np.array(marks, dtype=np.bool_).reshape(shape)


def _register(
    connection: Transaction, work: _Work, numbers: Sequence[int], made: Sequence[Community]
) -> None:
    communities.add_communities(connection, made, work.signature.at)
    step = max(1, work.wish.communities // _LISTED)
    for number, one in zip(numbers, made, strict=True):
        if number % step == 0:
            communities.add_membership(
                connection,
                community=one.code,
                programme=SAMPLE_LIST,
                basis="示例数据 / sample data",
                verified="no",
            )


def _begin(connection: Transaction, work: _Work, begun: Sequence[Begun]) -> list[int]:
    wanted = [(one.community, work.rounds[one.round], one.state) for one in begun]
    ids = rounds.begin_many(connection, wanted, work.signature.at)
    return [ids[one.community, work.rounds[one.round].id] for one in begun]


def _write_answers(
    connection: Transaction, work: _Work, ids: Sequence[int], begun: Sequence[Begun]
) -> None:
    at = work.signature.at
    known: Iterator[tuple[int, SavedFact]] = (
        (number, SavedFact(fact, value))
        for number, one in zip(ids, begun, strict=True)
        for fact, value in one.facts.items()
    )
    facts.add_facts(connection, known, _AUTHOR, at)
    said: Iterator[tuple[int, Answer]] = (
        (number, answer)
        for number, one in zip(ids, begun, strict=True)
        for answer in one.answers.values()
    )
    answers.add_answers(connection, said, _AUTHOR, at)
