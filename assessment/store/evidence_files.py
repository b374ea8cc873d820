"""Files of evidence below the home folder, named by the hash of their content.

A file is whole on the disk before any row names it, so after a kill or a power cut there may be
a file that nobody names, and never a name without its file.
"""

import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

from assessment.domain.errors import NotSaved
from assessment.domain.sizes import MEGABYTE
from assessment.settings import settings

THUMBNAIL = ".thumbnail"
# Kept free for the database: it must still be able to say that something was not saved.
SPARED = 200 * MEGABYTE
_UNFINISHED = ".part"


def keep_file(content: bytes, thumbnail: bytes = b"") -> str:
    """Put a file, and a small picture of it, onto the disk for good; the hash that names it.

    Content that is there already is not written again. Raises ``NotSaved``.
    """
    name = hashlib.sha256(content).hexdigest()
    path = place_of(name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(path.parent).free < len(content) + SPARED:
            raise NotSaved("disk_full")
        if thumbnail:
            _write(place_of(name, thumbnail=True), thumbnail)
        _write(path, content)
        for folder in (path.parent, _folder(), _folder().parent):
            sync_folder(folder)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        raise NotSaved("disk_full" if full else "read_only") from error
    return name


def stored_file(name: str, thumbnail: bool = False) -> Path | None:
    """Where a file or its small picture is; ``None`` if it is not there."""
    path = place_of(name, thumbnail)
    return path if path.is_file() else None


def place_of(name: str, thumbnail: bool = False) -> Path:
    """Where a file, or its small picture, belongs, whether it is there or not."""
    path = _folder() / name[:2] / name
    return path.with_name(name + THUMBNAIL) if thumbnail else path


def hash_of(path: Path) -> str:
    """SHA-256 of a file; empty if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def sync_folder(folder: Path) -> None:
    """Let a new name in this folder survive a power cut.

    Windows does that by itself and knows no such handle.
    """
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_unnamed(named: Collection[str], before: float) -> int:
    """Delete what no row names and was last written before a moment (seconds since 1970)."""
    removed = 0
    for path in _all_files():
        known = path.name.removesuffix(THUMBNAIL) in named
        if not known and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _folder() -> Path:
    return settings().home.resolve() / "evidence"


def _all_files() -> Iterator[Path]:
    return (path for path in _folder().glob("*/*") if path.is_file())


def _write(path: Path, content: bytes) -> None:
    if path.is_file() and path.stat().st_size == len(content):
        # It counts as new: it must not be deleted before a row names it.
        path.touch()
        return
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(8)}{_UNFINISHED}")
    try:
        with unfinished.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
