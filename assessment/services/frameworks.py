"""Frameworks by their hash, parsed once for each process."""

from assessment.domain.framework import Framework
from assessment.store import frameworks
from assessment.store.engine import Store

_parsed: dict[str, Framework] = {}


def framework_of(store: Store, content_hash: str) -> Framework:
    """The published framework with this hash; ``KeyError`` if it was never published here.

    Content is addressed by its hash, so what was parsed once can never be out of date.
    """
    if content_hash not in _parsed:
        with store.reading() as connection:
            _parsed[content_hash] = frameworks.load(connection, content_hash)
    return _parsed[content_hash]
