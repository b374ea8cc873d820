"""What is handed in or approved opens again as soon as somebody changes it."""

from dataclasses import replace

from assessment.domain.records import Assessment, AssessmentState, Signature
from assessment.store import log, rounds
from assessment.store.engine import Transaction

ACTION = "reopen"


def reopened(connection: Transaction, signature: Signature, one: Assessment) -> Assessment:
    """The assessment after a change, in the transaction that changes it: a draft again.

    A draft stays a draft, and one that was returned stays returned until it is handed in anew.
    """
    if not one.state.is_submitted:
        return one
    draft = replace(
        one,
        state=AssessmentState.DRAFT,
        state_at=signature.at,
        state_by=signature.by,
        fingerprint="",
    )
    rounds.write_state(connection, draft)
    log.append(
        connection,
        log.Change(
            signature.by,
            signature.at,
            ACTION,
            community=one.community,
            assessment=one.id,
            old=f"{one.state.value} {one.fingerprint}".strip(),
            new=draft.state.value,
        ),
    )
    return draft
