"""Steps of the tests of importing: preview a file, write it, and read what is kept."""

import csv
import io
from collections.abc import Callable, Collection

from assessment.domain.import_changes import Change
from assessment.domain.records import Round
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.csv_file import csv_lines, unguard
from assessment.reports.item_table import item_table
from assessment.reports.summary_table import summary_table
from assessment.services.communities import Registration, begin, list_rounds, register
from assessment.services.import_saving import write_import
from assessment.services.import_tables import read_upload, recognised
from assessment.services.importing import ImportWish, Preview, preview
from assessment.services.sheets import load_sheet
from assessment.store.engine import Store
from tests.conftest import NOW
from tests.services.steps import SIGNATURE
from tests.store.chain import breaks_in_log

ZH = Translator("zh")


def another(store: Store) -> Sheet:
    """Another community of the same round, with nothing answered."""
    community = register(store, SIGNATURE, Registration("乙社区", "110105"))
    found = load_sheet(store, begin(store, SIGNATURE, community, list_rounds(store)[0]).id)
    assert found
    return found


def items_csv(sheet: Sheet, text: Translator = ZH) -> bytes:
    """The items of a community as our export writes them."""
    return b"".join(csv_lines(item_table(text, sheet, NOW), text))


def summary_csv(sheet: Sheet, text: Translator = ZH) -> bytes:
    """The summary of a community as our export writes it."""
    return b"".join(csv_lines(summary_table(text, sheet, NOW), text))


def previewed(
    store: Store,
    content: bytes,
    name: str = "file.csv",
    one: Round | None = None,
    community: str = "",
    text: Translator = ZH,
) -> Preview:
    """What a file would change in a round, the first one unless told otherwise."""
    one = one or list_rounds(store)[0]
    upload = read_upload(name, content)
    found = recognised(store, text, upload, one.framework)
    return preview(store, text, upload, found, ImportWish(one, community))


def imported(
    store: Store, content: bytes, chosen: Collection[tuple[str, str]] = (), **how: object
) -> int:
    """Preview and write a file that nothing is wrong with; the id of the import."""
    seen = previewed(store, content, **how)  # type: ignore[arg-type]
    assert not seen.problems, seen.problems
    return write_import(store, SIGNATURE, seen, chosen, f"test/{seen.upload.sha256}/{len(chosen)}")


def codes_of(seen: Preview) -> list[str]:
    """The codes of everything that is refused."""
    return [one.fault.code for one in seen.problems]


def change_at(seen: Preview, subject: str) -> Change:
    """The change of one item or fact."""
    (found,) = [one for one in seen.changes if one.subject == subject]
    return found


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The rows below the labels, by the codes of the columns."""
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return [dict(zip(lines[1], map(unguard, line), strict=True)) for line in lines[2:]]


def edited(content: bytes, change: Callable[[dict[str, str]], None]) -> bytes:
    """The file of items with every row changed."""
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    rows = [dict(zip(lines[1], line, strict=True)) for line in lines[2:]]
    for row in rows:
        change(row)
    out = io.StringIO()
    csv.writer(out).writerows([*lines[:2], *(list(row.values()) for row in rows)])
    return out.getvalue().encode("utf-8-sig")


def answered_row(which: str, **cells: str) -> Callable[[dict[str, str]], None]:
    """A change of one row of the file of items."""

    def change(row: dict[str, str]) -> None:
        if row["item"] == which:
            row.update(cells)

    return change


def assert_log_holds(store: Store) -> None:
    """Every entry of the log follows from the one before."""
    with store.reading() as connection:
        assert breaks_in_log(connection) == []
