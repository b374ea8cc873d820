"""What an uploaded file would change: a preview, for which nothing is written."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from assessment.domain.errors import Fault
from assessment.domain.import_answers import OF_ROW, moment, read_item_rows
from assessment.domain.import_changes import Change, change_of
from assessment.domain.import_facts import read_fact_rows, read_lines
from assessment.domain.import_headers import TableKind
from assessment.domain.import_register import CommunityChange
from assessment.domain.import_said import Found, Reading, Said, without_duplicates
from assessment.domain.import_table import Problem, Row, in_file
from assessment.domain.import_wide import read_register, read_wide, unread_items
from assessment.domain.import_words import Glossary
from assessment.domain.records import Community, Round
from assessment.domain.round_days import is_closed
from assessment.language.translator import Translator
from assessment.services.import_context import Context, context_of, current_of, register_of
from assessment.services.import_tables import Recognised, Upload
from assessment.services.pacing import paced
from assessment.store.engine import Store

# All of it is one transaction, and on SQLite everybody else's answers wait for it to end.
MOST_CHANGES = 5_000


@dataclass(frozen=True)
class ImportWish:
    """Where a file is to go: a round, and the community for a file that names none.

    ``glossary`` is what a person said of words in it that are not ours.
    """

    round: Round
    community: str = ""
    glossary: Glossary = field(default_factory=dict)


@dataclass(frozen=True)
class Preview:
    """What a file would write, and everything that is refused; nothing is written yet.

    ``unchanged`` counts what is kept like that already, ``others`` are headings of columns that
    are not read, ``from_round`` is the round that the file was made in, if it says so.
    """

    upload: Upload
    round: Round
    kinds: Sequence[TableKind]
    changes: Sequence[Change] = ()
    registered: Sequence[CommunityChange] = ()
    problems: Sequence[Problem] = ()
    unchanged: int = 0
    others: Sequence[str] = ()
    from_round: str = ""
    names: Mapping[str, Community] = field(default_factory=dict)

    @property
    def added(self) -> int:
        """How many answers, facts and communities are new."""
        return sum(one.is_new for one in self.changes) + sum(one.is_new for one in self.registered)

    @property
    def changed(self) -> int:
        """How many become another, without those that are newer here."""
        changed = sum(not one.is_new and not one.is_conflict for one in self.changes)
        return changed + sum(not one.is_new for one in self.registered)

    @property
    def conflicts(self) -> list[Change]:
        """What was saved here after the file was made: a person chooses."""
        return [one for one in self.changes if one.is_conflict]

    @property
    def refused(self) -> int:
        """How many rows are refused; a fault of a whole file or sheet counts as one."""
        return len({(one.place.sheet, one.place.row) for one in self.problems})


def preview(
    store: Store, text: Translator, upload: Upload, found: Recognised, wish: ImportWish
) -> Preview:
    """Compare a file with what is kept. Raises ``NotSaved`` where the records cannot be read."""
    kinds = [one.kind for one in found.tables]
    from_round = _round_of(found)
    whole = Preview(upload, wish.round, kinds, problems=found.problems, from_round=from_round)
    if found.problems:
        return whole
    codes, names = _named(found, wish)
    context = context_of(store, text, wish.round, codes, names, wish.glossary)
    reading = Reading(
        context.targets,
        context.refused,
        _community_of(found, wish),
        same_round=from_round in ("", wish.round.id),
        newcomer=context.newcomer,
        names=context.names,
        written_at=moment(found.about.get("written_at", "")),
    )
    read, registered = _read(upload, found, reading, context, codes)
    read = without_duplicates(read)
    if read.said and is_closed(wish.round, datetime.now(UTC)):
        closed = Fault("round_closed", values={"closes": wish.round.closes})
        return replace(whole, problems=(in_file(closed, upload.name),))
    changes, problems, unchanged = _compared(context, reading, read.said)
    if len(changes) + len(registered) > MOST_CHANGES:
        many = Fault("import_many", values={"limit": f"{MOST_CHANGES:,}"})
        return replace(whole, problems=(in_file(many, upload.name),))
    known = {one.key: one.new for one in registered}
    return replace(
        whole,
        changes=changes,
        registered=registered,
        problems=tuple(sorted([*read.problems, *problems], key=_order)),
        unchanged=unchanged + max(_register_rows(found) - len(registered) - _refused(read), 0),
        others=_others(found, reading),
        names={**context.communities, **known},
    )


def _read(
    upload: Upload,
    found: Recognised,
    reading: Reading,
    context: Context,
    codes: Collection[str],
) -> tuple[Found, list[CommunityChange]]:
    """What all tables say."""
    said, registered = Found(), []
    at = reading.written_at
    for table in found.tables:
        rows: Sequence[Row] = list(paced(table.rows(upload.name)))
        if table.kind is TableKind.ITEMS:
            read_item_rows(rows, reading, said)
        elif table.kind is TableKind.FACTS:
            read_fact_rows(rows, reading, said, at)
        elif table.kind is TableKind.SUMMARY:
            read_lines(rows, reading, said, at)
        elif table.kind is TableKind.COMMUNITIES:
            register = register_of(context, codes)
            registered += read_register(rows, register, reading, said)
        else:
            read_wide(rows, reading, said)
    return said, registered


def _compared(
    context: Context, reading: Reading, said: Sequence[Said]
) -> tuple[list[Change], list[Problem], int]:
    """Changes, problems, and how much is kept like that already."""
    by_code: dict[str, list[Said]] = {}
    for one in said:
        by_code.setdefault(one.community, []).append(one)
    changes: list[Change] = []
    problems: list[Problem] = []
    unchanged = 0
    for code, current in current_of(context, list(by_code)):
        target = reading.targets.get(code) or reading.newcomer
        for one in by_code[code]:
            outcome = change_of(one, target, current) if target else None
            if isinstance(outcome, Change):
                changes.append(outcome)
            elif isinstance(outcome, Problem):
                problems.append(outcome)
            else:
                unchanged += 1
    return changes, problems, unchanged


def _named(found: Recognised, wish: ImportWish) -> tuple[set[str], set[str]]:
    """Every code and every name of a community in the file."""
    codes, names = {_community_of(found, wish)} - {""}, set()
    for table in found.tables:
        for row in table.rows(""):
            said = {code for name in OF_ROW if (code := row.raw_text(name))}
            codes |= said
            names |= said  # a table of other people may have the name in place of the code
            if table.kind is TableKind.COMMUNITIES:
                names.add(row.raw_text("name_zh"))
    return {_storable(one) for one in codes}, {_storable(one) for one in names if one}


def _others(found: Recognised, reading: Reading) -> list[str]:
    """The headings of all columns that nothing is read from."""
    targets = [*reading.targets.values(), *([reading.newcomer] if reading.newcomer else [])]
    frameworks = {one.framework.hash: one.framework for one in targets}.values()
    others: dict[str, None] = {}
    for table in found.tables:
        others |= dict.fromkeys(table.header.others)
        if table.kind in (TableKind.MATRIX, TableKind.COMMUNITIES) and frameworks:
            others |= dict.fromkeys(unread_items(table.header, frameworks))
    return list(others)


def _storable(text: str) -> str:
    # PostgreSQL refuses to look for a text with a NUL in it.
    return text.replace("\0", "\ufffd")[:200]


def _community_of(found: Recognised, wish: ImportWish) -> str:
    return found.about.get("community", "") or wish.community


def _round_of(found: Recognised) -> str:
    """The round that a file was made in; empty where it names none, or several."""
    said = {found.about["round"]} if "round" in found.about else set()
    for table in found.tables:
        said |= set(_values(table.rows(""), "round"))
    return said.pop() if len(said) == 1 else ""


def _values(rows: Sequence[Row], code: str) -> Iterator[str]:
    return (value for row in rows if (value := row.raw_text(code)))


def _register_rows(found: Recognised) -> int:
    return sum(len(one.rows("")) for one in found.tables if one.kind is TableKind.COMMUNITIES)


def _refused(read: Found) -> int:
    return len({(one.place.sheet, one.place.row) for one in read.problems})


def _order(problem: Problem) -> tuple[str, int, int]:
    return problem.place.sheet, problem.place.row, problem.place.column
