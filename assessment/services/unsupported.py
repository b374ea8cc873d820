"""Answers without the evidence asked for, of some communities at once."""

from collections.abc import Mapping, Sequence

from assessment.domain.framework import Framework
from assessment.domain.records import Round
from assessment.services.authorising import sees
from assessment.services.frameworks import framework_of
from assessment.services.selected_rows import unsupported_marks
from assessment.store.communities import load_named
from assessment.store.engine import Store
from assessment.store.packed import load_packed
from assessment.store.rounds import load_assessments_in


def unsupported_of(
    store: Store, one: Round, asked: Framework, codes: Sequence[str]
) -> Mapping[str, Sequence[bool]]:
    """For each community that has begun, and may be seen, a mark for each item asked."""
    with store.reading() as connection:
        seen = [each.code for each in load_named(connection, codes) if sees(store, each)]
        packed = load_packed(connection, one.id, seen)
        begun = load_assessments_in(connection, one.id, seen)
    return {
        code: unsupported_marks(asked, framework_of(store, begun[code].framework), kept)
        for code, kept in packed.items()
    }
