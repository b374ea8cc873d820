"""Whether the log is still the one that was written."""

from dataclasses import dataclass

from assessment.domain.log_chain import CHAINED, chain_holds
from assessment.store import log
from assessment.store.engine import Store


@dataclass(frozen=True)
class BrokenAt:
    """The first entry that does not follow from the one before; the time as it is stored."""

    id: int
    at: str
    by: str
    action: str


@dataclass(frozen=True)
class LogCheck:
    """How many entries were read, the seal of the last good one, and where it breaks.

    A log that was cut off at its end is whole in itself. So the seal is to be noted elsewhere:
    ``noted_found`` says whether the log holds the one that was noted earlier.
    """

    entries: int
    seal: str
    broken: BrokenAt | None
    noted_found: bool

    @property
    def is_whole(self) -> bool:
        """Whether nothing was changed, taken out or cut off, as far as can be known."""
        return self.broken is None and self.noted_found


def check_log(store: Store, noted: str = "") -> LogCheck:
    """Follow the chain from the first entry; ``noted`` is a seal of an earlier check, or blank."""
    previous, entries, found = "", 0, not noted
    with store.reading() as connection:
        for row in log.chain(connection):
            if not chain_holds(previous, (row[name] for name in CHAINED), row["hash"]):
                broken = BrokenAt(row["id"], row["at"], row["by"], row["action"])
                return LogCheck(entries, previous, broken, found)
            previous, entries = row["hash"], entries + 1
            found = found or previous == noted
    return LogCheck(entries, previous, None, found)
