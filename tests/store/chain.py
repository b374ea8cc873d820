"""Whether the log holds together, entry by entry."""

from sqlalchemy import Connection

from assessment.domain.log_chain import CHAINED, entry_hash
from assessment.store import dump


def breaks_in_log(connection: Connection) -> list[int]:
    """The entries that do not follow from the one before."""
    found, previous = [], ""
    (log,) = [one for one in dump.kept_tables(connection) if one.name == "log"]
    for row in dump.rows_of(connection, log):
        if entry_hash(previous, (row[name] for name in CHAINED)) != row["hash"]:
            found.append(row["id"])
        previous = row["hash"]
    return found
