"""The words by which a file may say an answer: codes, and the wording in every language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from assessment.domain.errors import Fault, Refused
from assessment.domain.names import compare_key

Meanings = Mapping[str, str]
# A cell that holds this empties the field: a blank cell leaves it as it is.
CLEARING = ("[清空]", "[clear]")


@dataclass(frozen=True)
class Words:
    """By ``compare_key`` of the word: what it means. A word with two meanings is left out.

    ``allowed`` are the words that a reader is told, by item or fact; ``states`` lead to the
    names of outcomes and states in small letters.
    """

    choices: Mapping[str, Meanings]
    ticks: Mapping[str, Meanings]
    options: Mapping[str, Meanings]
    means: Meanings
    states: Meanings
    truths: Meanings
    allowed: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def meaning(self, meanings: Meanings, text: str, subject: str) -> str:
        """What ``text`` means. Raises ``Refused``: ``import_not_allowed`` with the words."""
        found = meanings.get(compare_key(text))
        if found is None:
            allowed = self.allowed.get(subject, ())
            values = {"text": text[:60], "allowed": " / ".join(allowed)}
            raise Refused([Fault("import_not_allowed", item=subject, values=values)])
        return found


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
