"""Where evidence files lie: by their SHA-256, so that a name says what the content must be."""

import hashlib
import os
from pathlib import Path

from assessment.settings import settings

_CHUNK = 1 << 20


def kept_file(sha256: str) -> Path:
    """The place of an evidence file; the first two digits are its folder."""
    return settings().home / "evidence" / sha256[:2] / sha256


def small_picture(sha256: str) -> Path:
    """The place of the small picture of a photo, beside it; not every file has one."""
    return kept_file(sha256).with_name(f"{sha256}.thumbnail")


def hash_of(path: Path) -> str:
    """SHA-256 of a file; empty if it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return ""
    return digest.hexdigest()


def is_whole(sha256: str) -> bool:
    """Whether the file is there, with the content that it was kept with."""
    return hash_of(kept_file(sha256)) == sha256


def sync_folder(folder: Path) -> None:
    """Let a new name in this folder survive a power cut; Windows does that by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
