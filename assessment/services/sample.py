"""The sample: fictional communities in rounds of their own, apart from everything real."""

import csv
from dataclasses import replace
from random import Random

from assessment.domain.coordinates import Datum, Place
from assessment.domain.evidence import Evidence, EvidenceKind
from assessment.domain.framework import Framework
from assessment.domain.permissions import Action
from assessment.domain.records import (
    Assessment,
    Community,
    Facility,
    Round,
    SavedFact,
    Signature,
)
from assessment.domain.scoring import SCORING_VERSION
from assessment.services.authorising import authorise
from assessment.services.divisions import division
from assessment.services.plausible import plausible_answers, plausible_facts
from assessment.services.sample_poll import add_sample_counts
from assessment.services.sheets import score_in
from assessment.settings import settings
from assessment.store import (
    answers,
    communities,
    evidence,
    facilities,
    facts,
    frameworks,
    log,
    rounds,
)
from assessment.store.engine import Store, Transaction

_AUTHOR = "sample"
_LINKED = 0.7
# From this share of answered items on, a community has asked its residents as well.
_POLLED = 0.8
_FACILITY_KINDS = ("service_centre", "kindergarten", "nursery", "elderly", "health", "shop")


def is_loaded(store: Store) -> bool:
    """Whether sample communities are in the register."""
    return first(store) is not None


def first(store: Store) -> Community | None:
    """The first sample community, or ``None``."""
    with store.reading() as connection:
        return communities.first_sample(connection)


def load(store: Store, signature: Signature) -> None:
    """Bring the sample in; loading it twice changes nothing. Raises ``Forbidden``."""
    authorise(store, Action.RUN)
    with store.writing() as connection:
        communities.hold_register(connection)
        if communities.first_sample(connection) is not None:
            return
        if communities.restore_samples(connection):
            log.append(connection, log.Change(signature.by, signature.at, "sample_restore"))
            return
        framework, sample_rounds = _rounds(connection, signature)
        with (settings().data / "communities" / "sample_communities.csv").open(
            encoding="utf-8", newline=""
        ) as file:
            for row in csv.DictReader(file):
                _add(connection, store, signature, framework, sample_rounds, row)
        log.append(connection, log.Change(signature.by, signature.at, "sample_load"))


def remove(store: Store, signature: Signature) -> None:
    """Take the sample out of every list; what was entered in it comes back if it is loaded."""
    authorise(store, Action.RUN)
    with store.writing() as connection:
        communities.remove_samples(connection, signature.at)
        log.append(connection, log.Change(signature.by, signature.at, "sample_remove"))


def _rounds(connection: Transaction, signature: Signature) -> tuple[Framework, list[Round]]:
    framework = frameworks.load(connection, _framework_in_use(connection))
    year = signature.at.year
    made = [
        Round(
            id=f"sample-{number}",
            label_zh=f"示例：{label_zh}轮次",
            label_en=f"Sample: {label_en} round",
            opens=opens,
            due="",
            framework=framework.hash,
            sample=True,
        )
        for number, label_zh, label_en, opens in (
            (1, "上一", "earlier", f"{year - 1}-01-01"),
            (2, "本", "current", f"{year}-01-01"),
        )
    ]
    for one in made:
        rounds.add_round(connection, one, signature.at)
    return framework, made


def _framework_in_use(connection: Transaction) -> str:
    return next(one.framework for one in rounds.load_rounds(connection) if not one.sample)


def _add(
    connection: Transaction,
    store: Store,
    signature: Signature,
    framework: Framework,
    sample_rounds: list[Round],
    row: dict[str, str],
) -> None:
    random = Random(row["code"])  # noqa: S311 - invented figures, no secret
    community = _community(row, random)
    communities.add_community(connection, community, signature.at)
    _place_facilities(connection, signature, community, random)
    quality, completeness = float(row["quality"]), float(row["completeness"])
    if completeness == 0:
        return
    shares = ((quality - 0.12, 0.9), (quality, completeness))
    for one, (met, answered) in zip(sample_rounds, shares, strict=True):
        begun, _ = rounds.begin_assessment(
            connection, community.code, one, SCORING_VERSION, signature.at
        )
        fixed = {key: row[key] for key in ("built", "central_heating")}
        _write_facts(connection, signature, begun, random, int(row["households"]), fixed)
        said = plausible_answers(framework, random, met, answered).values()
        pairs = ((begun.id, answer) for answer in said)
        answers.add_answers(connection, pairs, _AUTHOR, signature.at)
        _write_links(connection, signature, framework, begun)
        score_in(connection, store, begun, signature.at)
    if completeness >= _POLLED:
        by_sample = replace(signature, by=_AUTHOR)
        add_sample_counts(connection, by_sample, begun, quality)


def _write_links(
    connection: Transaction, signature: Signature, framework: Framework, begun: Assessment
) -> None:
    """Links to nowhere for most items that ask for a file."""
    random = Random(f"{begun.community} {begun.round}")  # noqa: S311 - invented, no secret
    for item in framework.items:
        if item.evidence == "file" and random.random() < _LINKED:
            url = f"https://example.org/sample/{begun.community}/{item.id}"
            one = Evidence(0, begun.id, item.id, EvidenceKind.LINK, url=url)
            submission = f"sample/{begun.id}/{item.id}"
            evidence.add_evidence(connection, one, submission, _AUTHOR, signature.at)


def _write_facts(
    connection: Transaction,
    signature: Signature,
    begun: Assessment,
    random: Random,
    households: int,
    fixed: dict[str, str],
) -> None:
    known = plausible_facts(random, households, fixed).items()
    pairs = ((begun.id, SavedFact(fact, value)) for fact, value in known)
    facts.add_facts(connection, pairs, _AUTHOR, signature.at)


def _place_facilities(
    connection: Transaction, signature: Signature, community: Community, random: Random
) -> None:
    if community.place is None:
        return
    for kind in _FACILITY_KINDS:
        place = Place(
            community.place.longitude + random.uniform(-0.008, 0.008),
            community.place.latitude + random.uniform(-0.006, 0.006),
        )
        facility = Facility(
            0,
            community.code,
            kind,
            "",
            place,
            Datum.WGS84.value,
            place.longitude,
            place.latitude,
        )
        submission = f"sample:{community.code}:{kind}"
        facilities.add_facility(connection, facility, submission, _AUTHOR, signature.at)


def _community(row: dict[str, str], random: Random) -> Community:
    area = division(row["adcode"])
    if area is None:
        raise LookupError(row["adcode"])
    place = Place(
        area.place.longitude + random.uniform(-0.02, 0.02),
        area.place.latitude + random.uniform(-0.02, 0.02),
    )
    return Community(
        code=row["code"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        province=area.names[0],
        city=area.names[1],
        district=area.names[2],
        street=row["street"],
        adcode=row["adcode"],
        place=place,
        given_datum=Datum.WGS84.value,
        given_longitude=place.longitude,
        given_latitude=place.latitude,
        source="示例数据 / sample data",
        sample=True,
    )
