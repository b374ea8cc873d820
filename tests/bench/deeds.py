"""What visitors of the kill run do, and what each deed was told: a claim that must hold later.

Another deed is a function that yields a claim as soon as a page has told something, a kind of
claim that says whether it is kept, and a line of ``DEEDS``.
"""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sqlalchemy import select

from assessment.domain.answers import Answer, choices
from assessment.domain.records import SavedFact
from assessment.language.translator import Translator
from assessment.services.answering import as_seen, field_of, kept_in
from assessment.services.sheets import load_sheet
from assessment.store import tables
from assessment.store.engine import Store
from assessment.store.evidence import find_evidence
from assessment.store.handovers import load_handovers
from tests.visitor import NotShown, Visitor

# Of the buttons of an item: the two that ask for nothing further.
BUTTONS = (0, 2)
# An item takes ten; from here on one is taken away for each that comes.
_MOST_PIECES = 4
_TEXT = Translator("zh")


@dataclass(frozen=True)
class Claim(ABC):
    """What a page showed as done; ``value`` is what it showed.

    ``assessment`` is 0 where the page does not tell which it was.
    """

    assessment: int
    value: str

    @abstractmethod
    def is_kept(self, store: Store, home: Path) -> bool:
        """Whether the records and files of a home hold it, whole."""


@dataclass(frozen=True)
class Saved(Claim):
    """A field of an item or a fact was saved."""

    subject: str
    name: str
    revision: int

    def is_kept(self, store: Store, home: Path) -> bool:
        """At its revision, whatever was saved later."""
        sheet = load_sheet(store, self.assessment)
        if sheet is None:
            return False
        is_item = sheet.framework.has_item(self.subject)
        now = kept_in(sheet, Answer(self.subject) if is_item else SavedFact(self.subject))
        then = as_seen(store, self.assessment, now, self.revision)
        value = self.value
        if self.name == "choice":
            value = choices(sheet.framework.item(self.subject))[int(value)]
        return now.revision >= self.revision and field_of(then, self.name) == value


@dataclass(frozen=True)
class HandedIn(Claim):
    """An assessment was handed in; ``value`` is the code that the page then showed."""

    def is_kept(self, store: Store, home: Path) -> bool:
        """There is a hand-over with this code."""
        with store.reading() as connection:
            found = load_handovers(connection, self.assessment)
        return self.value in {one.fingerprint for one in found}


@dataclass(frozen=True)
class Attached(Claim):
    """A file was kept as evidence; ``value`` is its SHA-256."""

    item: str
    name: str

    def is_kept(self, store: Store, home: Path) -> bool:
        """A row names it, and the file has every byte."""
        table = tables.evidence
        named = select(table.c.name).where(
            table.c.assessment == self.assessment,
            table.c.item == self.item,
            table.c.sha256 == self.value,
        )
        with store.reading() as connection:
            names = connection.scalars(named).all()
        return self.name in names and file_is_whole(home, self.value)


@dataclass(frozen=True)
class TakenAway(Claim):
    """A piece of evidence was taken away; ``value`` is its number."""

    def is_kept(self, store: Store, home: Path) -> bool:
        """The row says when, and its file stays."""
        with store.reading() as connection:
            one = find_evidence(connection, int(self.value))
        return bool(one and one.removed_at) and file_is_whole(home, one.sha256 if one else "")


@dataclass(frozen=True)
class BroughtIn(Claim):
    """A table was imported; ``value`` is its SHA-256, ``notes`` what it says of each item."""

    notes: tuple[tuple[str, str], ...]

    def is_kept(self, store: Store, home: Path) -> bool:
        """The import names every item, and each has its note at the revision that it became."""
        file, change = tables.import_file.c, tables.import_change.c
        wanted = select(change.assessment, change.subject, change.revision)
        wanted = wanted.join_from(tables.import_file, tables.import_change)
        with store.reading() as connection:
            rows = connection.execute(wanted.where(file.sha256 == self.value)).all()
        kept = {row.subject: _note(store, *row) for row in rows}
        return kept == dict(self.notes)


def _note(store: Store, assessment: int, item: str, revision: int) -> str:
    sheet = load_sheet(store, assessment)
    if sheet is None:
        return ""
    then = as_seen(store, assessment, kept_in(sheet, Answer(item)), revision)
    return str(field_of(then, "note"))


def file_is_whole(home: Path, sha256: str) -> bool:
    """Whether a file of evidence is there with the content that its name stands for."""
    path = home / "evidence" / sha256[:2] / sha256
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


async def press(visitor: Visitor, random: Random) -> AsyncIterator[Claim]:
    """Answer an item with one click."""
    key = random.choice([one for one in visitor.inputs if one.endswith("/choice")])
    option = random.choice(BUTTONS)
    if visitor.inputs[key].value == [visitor.inputs[key].options[option]]:
        option = next(one for one in BUTTONS if one != option)
    yield _saved(key, str(option), await visitor.press(key, option))


async def write(visitor: Visitor, random: Random) -> AsyncIterator[Claim]:
    """Write a note."""
    key = random.choice([one for one in visitor.inputs if one.endswith("/note")])
    text = f"备注 {random.randrange(10**9)}"
    yield _saved(key, text, await visitor.write(key, text))


async def measure(visitor: Visitor, random: Random) -> AsyncIterator[Claim]:
    """Enter a fact."""
    key = random.choice([one for one in visitor.inputs if one.endswith("/value")])
    text = str(random.randrange(100, 10**6))
    yield _saved(key, text, await visitor.write(key, text))


async def hand_in(visitor: Visitor, random: Random) -> AsyncIterator[Claim]:
    """Answer and write, so that something is new; then hand the assessment in."""
    page, query = visitor.page, visitor.query
    for deed in (press, write):
        async for claim in deed(visitor, random):
            yield claim
    await visitor.go("check", query)
    await visitor.click("submit")
    _expect(visitor, _TEXT("submit.done"))
    yield HandedIn(claim.assessment, visitor.code)
    await visitor.go(page, query)


async def attach(visitor: Visitor, random: Random) -> AsyncIterator[Claim]:
    """Add a file to an item, and take one away where there are some."""
    assessment = int(next(one for one in visitor.inputs if one.endswith("/choice")).split("/")[0])
    buttons = [one for one in visitor.inputs if one.startswith("evidence:")]
    item = random.choice(buttons).split(":")[1]
    if not _keys(visitor, f"evidence-file:{item}:"):
        await visitor.click(f"evidence:{item}")
    pieces = _keys(visitor, "evidence-remove:")
    if len(pieces) >= _MOST_PIECES:
        await visitor.click(pieces[0])
        if pieces[0] in visitor.inputs:
            raise NotShown(f"{pieces[0]}: {visitor.said}")
        yield TakenAway(assessment, pieces[0].split(":")[1])
    name = f"佐证 {random.randrange(10**9)}.pdf"
    content = b"%PDF-1.4\n" + random.randbytes(random.randrange(1, 40_000)) + b"\n%%EOF"
    (chooser,) = _keys(visitor, f"evidence-file:{item}:")
    await visitor.upload(chooser, name, content)
    _expect(visitor, _TEXT("evidence.kept", name=name))
    yield Attached(assessment, hashlib.sha256(content).hexdigest(), item, name)


async def bring_in(visitor: Visitor, random: Random) -> AsyncIterator[Claim]:
    """Import a table of notes, also over those that are there."""
    items = random.sample(("E-06", "E-07", "E-10", "E-11", "E-12"), 3)
    notes = tuple((item, f"备注 {random.randrange(10**9)}") for item in items)
    name = f"表格 {random.randrange(10**9)}.csv"
    content = "\n".join(["item,note", *(f"{item},{note}" for item, note in notes)]).encode()
    (chooser,) = _keys(visitor, "import-file:")
    await visitor.upload(chooser, name, content)
    if "import-all-take" in visitor.inputs:
        await visitor.click("import-all-take")
    await visitor.click("import-write")
    _expect(visitor, _TEXT.plural("import.done", len(notes), name=name))
    yield BroughtIn(0, hashlib.sha256(content).hexdigest(), notes)


Deed = Callable[[Visitor, Random], AsyncIterator[Claim]]


@dataclass(frozen=True)
class Work:
    """A page, and what is done on it again and again.

    The first who does it works for the community of the number ``first``, the next for the one
    after it. Who hands in is alone with an assessment: what others change meanwhile is refused.
    """

    page: str
    query: str
    deeds: tuple[Deed, ...]
    first: int = 1

    def visit(self, port: int, number: int) -> Visitor:
        """The page for the visitor of this number among those who do this."""
        return Visitor(port, self.page, f"community=P{self.first + number:03d}&{self.query}")


DEEDS = (
    Work("answer", "theme=environment&group=roads_and_safety", (press, press, write)),
    Work("answer", "theme=facts", (measure,)),
    Work("answer", "theme=facilities&group=basic", (attach,)),
    Work("answer", "theme=environment&group=roads_and_safety", (hand_in,), first=11),
    Work("import_files", "", (bring_in,), first=21),
)


def _saved(key: str, value: str, revision: int) -> Saved:
    assessment, subject, name = key.split("/")
    return Saved(int(assessment), value, subject, name, revision)


def _keys(visitor: Visitor, start: str) -> list[str]:
    return [one for one in visitor.inputs if one.startswith(start)]


def _expect(visitor: Visitor, words: str) -> None:
    if words not in visitor.said:
        raise NotShown(f"{words}: {visitor.said}")
