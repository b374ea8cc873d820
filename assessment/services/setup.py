"""What a new installation needs before anyone comes: tables, framework, pilots, a round."""

import csv
from datetime import UTC, datetime
from functools import lru_cache

from assessment.domain.load_framework import load_framework_file
from assessment.domain.records import Community, Round
from assessment.services.backup import backup_before_upgrade
from assessment.services.evidence_counting import count_unsupported
from assessment.services.notice import clause_texts
from assessment.services.questionnaires import check_questions, questions_content
from assessment.settings import settings
from assessment.store import communities, frameworks, polls, rounds
from assessment.store.engine import Store, Transaction
from assessment.store.migrate import migrate

FRAMEWORK_FILE = "complete-community.yaml"
NATIONAL_LIST = "national-2023"

_PROGRAMMES = (
    {
        "id": "national-2022",
        "level": "national",
        "title_zh": "完整社区建设试点（2022年10月通知）",
        "title_en": "Complete Community pilot (notice of October 2022)",
        "starts": "2022-10",
        "ends": "2024-10",
        "source": "notice P3",
    },
    {
        "id": NATIONAL_LIST,
        "level": "national",
        "title_zh": "国家完整社区建设试点名单（106个，2023年7月）",
        "title_en": "National list of 106 Complete Community pilots (July 2023)",
        "starts": "2023-07",
        "ends": "2025-07",
        "source": "standards (f)",
    },
)


def open_installation() -> Store:
    """The prepared store of this process; opened once for each database URL."""
    return _opened(settings().url)


def open_records() -> Store:
    """The store as it is, without preparing it: to back it up, or to fill an empty one."""
    return Store(settings().url)


@lru_cache(maxsize=4)
def _opened(url: str) -> Store:
    store = Store(url)
    prepare(store, datetime.now(UTC))
    return store


def prepare(store: Store, at: datetime) -> None:
    """Bring an installation up to this version. Safe to call at every start.

    Records of an earlier version are backed up first; if that fails, they are left as they are.
    """
    migrate(store, before=lambda: backup_before_upgrade(store, at))
    path = settings().data / "frameworks" / FRAMEWORK_FILE
    check_questions(load_framework_file(path, clause_texts()))
    with store.writing() as connection:
        framework = frameworks.publish(connection, path.read_bytes(), at)
        polls.publish(connection, questions_content(), at)
        for programme in _PROGRAMMES:
            communities.add_programme(connection, **programme)
        _add_pilots(connection, at)
        if not any(not one.sample for one in rounds.load_rounds(connection)):
            rounds.add_round(connection, first_round(framework.hash, at), at)
    count_unsupported(store)


def first_round(framework_hash: str, at: datetime) -> Round:
    """The round that a new installation opens with: the current half-year."""
    half = 1 if at.month <= 6 else 2
    words = ("上半年", "first half") if half == 1 else ("下半年", "second half")
    return Round(
        id=f"{at.year}-{half}",
        label_zh=f"{at.year}年{words[0]}自评",
        label_en=f"Self-assessment, {words[1]} of {at.year}",
        opens=f"{at.year}-{'01' if half == 1 else '07'}-01",
        due=f"{at.year}-{'06-30' if half == 1 else '12-31'}",
        framework=framework_hash,
    )


def _add_pilots(connection: Transaction, at: datetime) -> None:
    path = settings().data / "communities" / "national_pilots.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            communities.add_community(connection, _pilot(row), at)
            communities.add_membership(
                connection,
                community=row["id"],
                programme=NATIONAL_LIST,
                basis=row["basis"],
                verified=row["verified"],
            )


def _pilot(row: dict[str, str]) -> Community:
    committee = f"{row['committee_code_12']} {row['committee_name_2023']}".strip()
    return Community(
        code=row["id"],
        name_zh=row["community_zh"],
        name_en=row["community_en"],
        province=row["province"],
        city=row["city"],
        district=row["district"],
        street=row["street"],
        adcode=row["district_adcode"],
        committees=committee,
        source=row["source"],
        second_source=row["second_source"],
        note=row["note"],
    )
