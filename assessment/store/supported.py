"""Which items of an assessment have evidence."""

from sqlalchemy import Connection, select

from assessment.store.tables import evidence


def items_with_evidence(connection: Connection, assessment: int) -> frozenset[str]:
    """The items with at least one piece of evidence that was not removed."""
    query = select(evidence.c.item).where(
        evidence.c.assessment == assessment, evidence.c.removed_at.is_(None)
    )
    return frozenset(connection.execute(query.distinct()).scalars())
