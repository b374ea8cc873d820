"""The chain that makes a change of the log visible: each entry's hash holds the one before."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

# In this order, after the hash of the entry before (empty for the first).
CHAINED = ("at", "by", "action", "community", "assessment", "subject", "revision", "old", "new")


def entry_hash(previous: str, values: Iterable[Any]) -> str:
    """SHA-256 (hex) of the previous hash and the values of ``CHAINED``, the time as its text."""
    text = json.dumps([previous, *values], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def chain_holds(previous: str, values: Iterable[Any], own: str) -> bool:
    """Whether an entry is the one that was written after ``previous``, unchanged."""
    return entry_hash(previous, values) == own
