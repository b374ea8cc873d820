"""What the databases say when they cannot work, as a reason that a person can act on."""

from sqlalchemy.exc import DBAPIError

_WORDS = (
    ("disk is full", "disk_full"),
    ("disk i/o error", "disk_full"),
    ("no space left", "disk_full"),
    ("readonly", "read_only"),
    ("read-only", "read_only"),
    ("unable to open", "read_only"),
    ("locked", "locked"),
    ("malformed", "damaged"),
    ("not a database", "damaged"),
)
# PostgreSQL's words are in the language of its server; its codes are not.
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_STATES = {
    "53100": "disk_full",
    "58030": "disk_full",  # input or output failed
    "25006": "read_only",
    "42501": "read_only",  # the role may not write
    "55P03": "locked",
    "55006": "locked",
    "57014": "locked",  # took longer than a statement may
    "40001": "locked",
    "40P01": "locked",  # two waited for each other
    "58P01": "damaged",
    "XX001": "damaged",
    "XX002": "damaged",
    "25P03": "unreachable",  # this process was silent for so long that its connection was closed
    "3D000": "unreachable",
}
# Connections that broke, may not be made, or are too many; a server that stops or starts.
_UNREACHABLE_CLASSES = ("08", "28", "53", "57")
REASONS = frozenset({reason for _, reason in _WORDS} | set(_STATES.values()))


def reason_of(error: DBAPIError) -> str:
    """Why the records could not be read or written; empty for what is a fault of the program."""
    state, words = getattr(error.orig, "sqlstate", None), str(error.orig).lower()
    if state in _STATES:
        return _STATES[state]
    if state is None:
        for part, reason in _WORDS:
            if part in words:
                return reason
        away = "connect" in words
    else:
        away = state.startswith(_UNREACHABLE_CLASSES)
    return "unreachable" if away or error.connection_invalidated else ""
