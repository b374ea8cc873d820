"""The notice, clause by clause, from the files that ship with the product."""

import csv
from dataclasses import dataclass
from functools import lru_cache

from assessment.settings import settings


@dataclass(frozen=True)
class Clause:
    """One requirement of the notice: its words in both languages and where it stands."""

    id: str
    zh: str
    en: str
    paragraph: str

    def in_language(self, language: str) -> str:
        """The words in "zh" or "en"."""
        return self.en if language == "en" else self.zh


@lru_cache(maxsize=1)
def clause_texts() -> dict[str, Clause]:
    """Every requirement of the notice by its id."""
    path = settings().data / "notice" / "requirements.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["id"]: Clause(row["id"], row["zh"], row["en"], row["paragraph"]) for row in rows}
