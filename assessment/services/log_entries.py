"""Entries of the log about an assessment."""

from assessment.domain.records import Signature
from assessment.domain.sheet import Sheet
from assessment.store.log import Change


def entry_about(
    signature: Signature, sheet: Sheet, action: str, subject: str, old: str = "", new: str = ""
) -> Change:
    """What is about to be written of one subject of an assessment that has no revisions."""
    return Change(
        signature.by,
        signature.at,
        action,
        community=sheet.community.code,
        assessment=sheet.assessment.id,
        subject=subject,
        old=old,
        new=new,
    )
