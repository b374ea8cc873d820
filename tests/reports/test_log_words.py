"""What the log keeps as codes is read in the reader's language."""

from datetime import UTC, datetime

import pytest

from assessment.domain.records import LogEntry
from assessment.language.translator import Translator
from assessment.reports.log_words import change_words, subject_words
from tests.domain.shipped import FRAMEWORK

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
HASH = "8020b8c8" * 8


def entry(action: str, subject: str, old: str, new: str, revision: int = 0) -> LogEntry:
    return LogEntry(1, NOW, "local", action, subject, revision, old, new)


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        (entry("submit", "", "draft", "submitted 3WRN-AM9W-N2SW"), "已提交 3WRN-AM9W-N2SW"),
        (entry("reopen", "", "approved 3WRN-AM9W-N2SW", "draft"), "草稿"),
        (entry("evidence_add", "F-01/1", "", f"{HASH} 门头.jpg"), "门头.jpg"),
        (entry("evidence_add", "F-01/2", "", "https://example.org/a b"), "https://example.org/a b"),
        (entry("plan_change", "3", "", "F-03 办托儿所 180000 under_way", 2), "实施中"),
    ],
)
def test_codes_of_states_and_files_are_words(kept: LogEntry, expected: str) -> None:
    words = change_words(Translator("zh"), FRAMEWORK, kept)
    assert expected in words
    for code in ("draft", "submitted", "approved", "under_way", HASH):
        assert code not in words


def test_evidence_is_named_by_its_item() -> None:
    words = subject_words(Translator("zh"), FRAMEWORK, entry("evidence_add", "F-01/1", "", ""))
    assert words == "F-01 社区综合服务设施"
