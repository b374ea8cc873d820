"""Where evidence files lie: by their SHA-256, so that a name says what the content must be."""

import hashlib
import os
from pathlib import Path

from assessment.settings import settings

_CHUNK = 1 << 20


def kept_file(sha256: str) -> Path:
    """The place of an evidence file; the first two digits are its folder."""
    return settings().home / "evidence" / sha256[:2] / sha256


def is_whole(sha256: str) -> bool:
    """Whether the file is there, with the content that it was kept with."""
    digest = hashlib.sha256()
    try:
        with kept_file(sha256).open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return False
    return digest.hexdigest() == sha256


def sync_folder(folder: Path) -> None:
    """Let a new name in this folder survive a power cut; Windows does that by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
