"""What the tests of the services share beside what every test may ask for."""

from pathlib import Path

import pytest

from tests.services.passports import passport_from


@pytest.fixture(scope="session")
def passport(prepared_file: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A passport with one of everything, from an installation of its own on SQLite."""
    return passport_from(prepared_file, tmp_path_factory.mktemp("passport"))
