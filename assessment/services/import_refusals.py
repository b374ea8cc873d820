"""What previews refused, kept for a while so that it can be taken away whole as a file."""

import secrets
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from assessment.domain.import_table import Problem
from assessment.language.translator import Translator
from assessment.reports.csv_file import csv_lines
from assessment.reports.refused_table import refused_table
from assessment.services.exports import CSV, Export, file_name
from assessment.store.engine import Store

REFUSED = "refused"
_MOST = 200
_kept: OrderedDict[str, tuple[str, Sequence[Problem]]] = OrderedDict()
_lock = Lock()


def keep_refusals(store: Store, problems: Sequence[Problem]) -> str:
    """Keep a list for the person at work; the word by which only that person gets it back."""
    word = secrets.token_urlsafe(24)
    with _lock:
        _kept[word] = (store.person.id, tuple(problems))
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
    return word


def refusals_export(store: Store, text: Translator, word: str) -> Export | None:
    """The list as CSV; ``None`` for anybody else, and when it is no longer kept."""
    with _lock:
        person, problems = _kept.get(word, ("", ()))
    if not problems or person != store.person.id:
        return None
    lines = csv_lines(refused_table(text, problems), text)
    return Export(file_name(text, (), REFUSED, CSV, sample=False), lines)
