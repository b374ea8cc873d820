"""Taking files of a selection and reading them back."""

import csv
import io
from datetime import UTC, datetime

from assessment.domain.records import Round, Signature
from assessment.language.translator import Language, Translator
from assessment.reports.csv_file import unguard
from assessment.services import sample
from assessment.services.communities import Registration, list_rounds, register
from assessment.services.selected_rows import Chosen, choose
from assessment.services.selection import Selection
from assessment.services.selection_exports import Wish, selection_export
from assessment.store.engine import Store
from tests.conftest import NOW

AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
HOSTILE = ("=1+1", "@SUM(A1)", "https://example.org", "1e5", "+86 10", "_x0041_", '甲,"乙"')


def wish(one: Round, selection: Selection | None = None, language: Language = "zh") -> Wish:
    """What somebody asks for."""
    return Wish(Translator(language), one.id, selection or Selection(), AT)


def taken(store: Store, wanted: Wish, kind: str, ending: str = "csv") -> bytes:
    """The whole file."""
    export = selection_export(store, wanted, kind, ending)
    assert export is not None
    return b"".join(export.lines)


def rows_of(store: Store, wanted: Wish, kind: str) -> list[dict[str, str]]:
    """The rows of a CSV by the codes of its columns, with the guard taken off."""
    lines = list(
        csv.reader(io.StringIO(taken(store, wanted, kind).decode("utf-8-sig"), newline=""))
    )
    assert all(len(line) == len(lines[0]) for line in lines)
    return [dict(zip(lines[1], map(unguard, line), strict=True)) for line in lines[2:]]


def chosen_in(store: Store, one: Round, selection: Selection | None = None) -> Chosen:
    """A selection that there is."""
    found = choose(store, one, selection or Selection())
    assert found is not None
    return found


def sample_round(store: Store) -> Round:
    """The latest round of the sample, with the sample loaded."""
    sample.load(store, Signature("tester", NOW))
    return next(one for one in list_rounds(store) if one.sample)


def register_hostile(store: Store) -> Round:
    """The real round with communities whose names a spreadsheet might run."""
    for name in HOSTILE:
        register(store, Signature("tester", NOW), Registration(name, "110105", street=name))
    return next(one for one in list_rounds(store) if not one.sample)
