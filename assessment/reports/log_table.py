"""The log as a flat table: the stable codes beside the words."""

from collections.abc import Iterable, Iterator, Sequence

from assessment.domain.framework import Framework
from assessment.domain.records import Assessment, Community, LogEntry
from assessment.language.translator import Translator
from assessment.reports.log_words import action_words, author_words, change_words, subject_words
from assessment.reports.table import Cell, Column, TableOf, numbers, texts, times

LOG_COLUMNS: Sequence[Column] = [
    *numbers("log_id"),
    *times("log_at"),
    *texts("log_by", "log_author", "log_action", "log_action_words"),
    *texts("community_code", "community_name", "round", "log_subject", "log_subject_words"),
    *numbers("log_revision"),
    *texts("log_change", "log_old", "log_new"),
]
Line = tuple[LogEntry, str, Community | None, Assessment | None, Framework | None]


def log_table(text: Translator, lines: Iterable[Line]) -> TableOf:
    """A row for each entry, in the order given: entry, author, community, assessment, framework."""

    def rows() -> Iterator[list[Cell]]:
        for entry, author, community, assessment, framework in lines:
            yield [
                entry.id,
                entry.at,
                entry.by,
                author_words(text, author),
                entry.action,
                action_words(text, entry.action),
                entry.community,
                community.name(text.language) if community else "",
                assessment.round if assessment else "",
                entry.subject,
                subject_words(text, framework, entry),
                entry.revision,
                change_words(text, framework, entry),
                entry.old,
                entry.new,
            ]

    return TableOf(LOG_COLUMNS, rows())
