"""Steps of the tests of importing: preview a file, write it, and read what is kept."""

from collections.abc import Collection

from assessment.domain.import_changes import Change
from assessment.domain.records import Round
from assessment.domain.sheet import Sheet
from assessment.language.translator import Translator
from assessment.reports.csv_file import csv_lines
from assessment.reports.item_table import item_table
from assessment.reports.summary_table import summary_table
from assessment.services.communities import list_rounds
from assessment.services.import_saving import write_import
from assessment.services.import_tables import read_upload, recognised
from assessment.services.importing import ImportWish, Preview, preview
from assessment.store.engine import Store
from tests.conftest import NOW
from tests.services.steps import SIGNATURE

ZH = Translator("zh")


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
