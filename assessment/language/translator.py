"""Texts from the catalogue, numbers and times in a language's own format.

Texts are looked up by key, not by their English form, because Chinese comes first. A catalogue
is a .po file for each language; a test holds the two complete and alike.
"""

import gettext
import io
import os
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import lru_cache
from pathlib import Path
from typing import Literal

from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from assessment.domain.errors import Fault

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")

_LOCALES = {"zh": "zh_CN", "en": "en"}
_HTML = {"zh": "zh-CN", "en": "en"}
_FOLDER = Path(__file__).parent / "locale"


@dataclass(frozen=True)
class Translator:
    """Everything that depends on the language. It is passed along, never global."""

    language: Language

    def __call__(self, key: str, **values: object) -> str:
        """The text of ``key`` with ``values`` filled in."""
        text = _catalogue(self.language).gettext(key)
        return text.format(**values) if values else text

    def plural(self, key: str, count: int, **values: object) -> str:
        """The text of ``key`` for a number of things, with ``{count}`` in the right format."""
        text = _catalogue(self.language).ngettext(key, key, count)
        return text.format(count=self.number(count), **values)

    def has(self, key: str) -> bool:
        """Whether the catalogue knows ``key``."""
        return _catalogue(self.language).gettext(key) != key

    def fault(self, fault: Fault) -> str:
        """What is wrong, and what to do about it."""
        what, fix = self.reason(fault), self.fix(fault)
        return f"{what}{self('join.sentence')}{fix}" if fix else what

    def reason(self, fault: Fault) -> str:
        """What is wrong."""
        values = {"item": fault.item, "place": fault.place, **fault.values}
        return self(f"fault.{fault.code}", **values)

    def fix(self, fault: Fault) -> str:
        """What to do about it; empty where the catalogue has no advice."""
        key = f"fault.{fault.code}.fix"
        values = {"item": fault.item, "place": fault.place, **fault.values}
        return self(key, **values) if self.has(key) else ""

    def number(self, value: float | int, decimals: int = 0) -> str:
        """A number with the language's separators; trailing zeros are left out."""
        return _number(self.locale, float(value), decimals)

    def percent(self, percent: float | int) -> str:
        """A whole percentage that was already floored."""
        return f"{self.number(percent)}%"

    def time(self, moment: datetime, zone: tzinfo | None) -> str:
        """Hour, minute and second in the reader's zone."""
        return f"{moment.astimezone(zone):%H:%M:%S}"

    def moment(self, moment: datetime, zone: tzinfo | None) -> str:
        """Day and minute in the reader's zone."""
        return str(format_datetime(moment.astimezone(zone), "medium", locale=self.locale))

    def day(self, day: str) -> str:
        """An ISO date in the language's form; empty stays empty."""
        return (
            str(format_date(date.fromisoformat(day), "medium", locale=self.locale)) if day else ""
        )

    @property
    def locale(self) -> str:
        """The locale that formats numbers and dates."""
        return _LOCALES[self.language]

    @property
    def html_language(self) -> str:
        """The value of ``<html lang>``."""
        return _HTML[self.language]


def language_of(wish: str | None) -> Language:
    """The language for what a browser or a link asks; Chinese unless it says otherwise."""
    if not wish or wish.lower().startswith("zh"):
        return "zh"
    return "en"


@lru_cache(maxsize=4096)
def _number(locale: str, value: float, decimals: int) -> str:
    # Babel looks its locale up anew at every call, which is slower than all of the scoring.
    pattern = "#,##0" + ("." + "#" * decimals if decimals else "")
    return str(format_decimal(value, format=pattern, locale=locale))


def operator_translator() -> Translator:
    """The language of whoever runs the product, from the machine's locale."""
    return Translator(language_of(os.environ.get("LC_ALL") or os.environ.get("LANG")))


@lru_cache(maxsize=len(_LOCALES))
def _catalogue(language: Language) -> gettext.GNUTranslations:
    path = _FOLDER / f"{_LOCALES[language]}.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=_LOCALES[language])
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
