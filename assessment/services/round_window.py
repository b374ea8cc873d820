"""Whether a round still takes anything."""

from datetime import datetime

from assessment.domain.errors import Fault, Refused
from assessment.domain.round_days import is_closed
from assessment.store import rounds
from assessment.store.engine import Transaction


def require_open(connection: Transaction, round_id: str, at: datetime) -> None:
    """Go on only while the round is not closed; raises ``Refused`` with ``round_closed``."""
    one = rounds.load_round(connection, round_id)
    if one is not None and is_closed(one, at):
        raise Refused([Fault("round_closed", values={"closes": one.closes})])
