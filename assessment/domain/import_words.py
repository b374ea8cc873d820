"""The words by which a file may say an answer: codes, and the wording in every language."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from assessment.domain.errors import Fault, Refused
from assessment.domain.names import compare_key

Meanings = Mapping[str, str]
# What a person may say of a word of theirs: a cell that holds it is as good as blank.
BLANK = ""
_LONGEST_WORD = 60
_BETWEEN = " / "
# A cell that holds this empties the field: a blank cell leaves it as it is.
CLEARING = ("[清空]", "[clear]")


class SaysNothing(Exception):
    """A word of which a person said that it means nothing: its cell counts as blank."""


@dataclass(frozen=True)
class ForeignWord:
    """A word of other people, by its ``compare_key``, in cells that take only some words of ours.

    ``allowed`` names those as a message does; ``shown`` is the word as it stands in the file.
    """

    key: str
    allowed: str
    shown: str = field(default="", compare=False)

    @property
    def choices(self) -> list[str]:
        """The words of ours that it can stand for."""
        return self.allowed.split(_BETWEEN)


# For each word of other people, the word of ours that a person chose, or ``BLANK``.
Glossary = Mapping[ForeignWord, str]


@dataclass(frozen=True)
class Words:
    """By ``compare_key`` of the word: what it means. A word with two meanings is left out.

    ``allowed`` are the words that a reader is told, by item or fact; ``states`` lead to the
    names of outcomes and states in small letters; ``glossary`` is what a person said of words
    that are not ours.
    """

    choices: Mapping[str, Meanings]
    ticks: Mapping[str, Meanings]
    options: Mapping[str, Meanings]
    means: Meanings
    states: Meanings
    truths: Meanings
    items: Meanings = field(default_factory=dict)
    allowed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    glossary: Glossary = field(default_factory=dict)

    def meaning(self, meanings: Meanings, text: str, subject: str) -> str:
        """What ``text`` means.

        Raises ``Refused``: ``import_not_allowed`` with the words; ``SaysNothing`` where a person
        said so of this word.
        """
        found = meanings.get(compare_key(text))
        if found is not None:
            return found
        allowed = _BETWEEN.join(self.allowed.get(subject, ()))
        chosen = self.glossary.get(ForeignWord(compare_key(text), allowed))
        if chosen == BLANK:
            raise SaysNothing
        found = meanings.get(compare_key(chosen)) if chosen else None
        if found is None:
            values = {"text": text[:_LONGEST_WORD], "allowed": allowed}
            raise Refused([Fault("import_not_allowed", item=subject, values=values)])
        return found

    def with_glossary(self, glossary: Glossary) -> "Words":
        """The same words, with what a person said of others."""
        return replace(self, glossary=glossary) if glossary else self


def foreign_words(faults: Iterable[Fault]) -> Counter[ForeignWord]:
    """The words of other people among what is refused, each with the number of its cells.

    Left out are longer texts, which are no words of a list, and what was refused elsewhere than
    by ``Words.meaning``, which names a subject: a glossary would change nothing there.
    """
    return Counter(
        ForeignWord(compare_key(one.values["text"]), one.values["allowed"], one.values["text"])
        for one in faults
        if one.code == "import_not_allowed"
        and one.item
        and one.values["allowed"]
        and len(one.values["text"]) < _LONGEST_WORD
    )


def meanings_of(pairs: Iterable[tuple[str, str]]) -> Meanings:
    """Words to what they mean, without those that mean two things."""
    found: dict[str, str] = {}
    twice = set()
    for word, meaning in pairs:
        key = compare_key(word)
        if key and found.setdefault(key, meaning) != meaning:
            twice.add(key)
    return {key: meaning for key, meaning in found.items() if key not in twice}


def clears(text: str) -> bool:
    """Whether a cell says that the field is to be emptied."""
    return compare_key(text) in {compare_key(one) for one in CLEARING}


def nearest(text: str, known: Iterable[str]) -> str:
    """The known word that is most like ``text``; empty where none is."""
    found = get_close_matches(text, list(known), n=1, cutoff=0.6)
    return found[0] if found else ""
