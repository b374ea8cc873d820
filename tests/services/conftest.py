"""What the tests of the services share beside what every test may ask for."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest

from tests.services.passports import full_record, sheet_in_a_new_community, store_at, written


@pytest.fixture(scope="session")
def passport(prepared_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[bytes]:
    """A passport with one of everything, from an installation of its own on SQLite."""
    home = tmp_path_factory.mktemp("passport")
    copyfile(prepared_file, home / "assessment.db")
    with pytest.MonkeyPatch.context() as patch, store_at(patch, home) as store:
        sheet = full_record(store, sheet_in_a_new_community(store))
        yield written(store, sheet.community.code)
