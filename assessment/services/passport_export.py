"""Writing the passport of a community: one ZIP, whole before its first byte is handed out.

The same records give the same bytes, but for the time of writing, which stands in the page, in the
tables and in the list of contents.
"""

import errno
import hashlib
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import assessment
from assessment.domain.errors import NotSaved
from assessment.domain.passport import FORMAT, VERSION, Passport
from assessment.language.translator import Translator
from assessment.reports.csv_file import csv_lines
from assessment.reports.item_table import item_table
from assessment.reports.log_table import log_table
from assessment.reports.summary_table import summary_table
from assessment.services.exports import Export, file_name
from assessment.services.pacing import paced
from assessment.services.passport_content import Content, passport_content
from assessment.services.passport_file import (
    CONTENT,
    MANIFEST,
    PAGE,
    SCHEMA,
    Manifest,
    Member,
    RoundCode,
    to_json,
)
from assessment.settings import settings
from assessment.store.engine import Store
from assessment.store.evidence_files import SPARED

PASSPORT = "passport"
_ZIP_TYPE = "application/zip"
_PIECE = 1 << 16
# The earliest that a ZIP can say: when it was written stands in the list of contents.
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100600 << 16
_UNIX = 3
Pieces = Iterable[bytes]


def passport_export(
    store: Store, text: Translator, code: str, round_id: str, at: datetime
) -> Export | None:
    """The passport of a community with all its rounds, or with one.

    ``None`` if nothing was begun, or the person at work may not see it. Raises ``NotSaved`` where
    there is no room to make it.
    """
    content = passport_content(store, code, round_id)
    if content is None:
        return None
    community = content.sheets[-1].community
    parts = [community.code, community.name(text.language), *filter(None, [round_id])]
    name = file_name(text, parts, PASSPORT, "zip", sample=community.sample)
    return Export(name, _made(content, text, at), _ZIP_TYPE)


def _made(content: Content, text: Translator, at: datetime) -> Iterator[bytes]:
    """The bytes of the whole archive; all of it is made before the first piece."""
    home = settings().home
    needed = sum(path.stat().st_size for path in content.files.values()) + SPARED
    if shutil.disk_usage(home).free < needed:
        raise NotSaved("disk_full")
    with _said(), TemporaryFile(dir=home, prefix=".passport-") as file:
        _write(file, content, text, at)
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        raise NotSaved("disk_full" if full else "read_only") from error


def _write(file: IO[bytes], content: Content, text: Translator, at: datetime) -> None:
    members: list[Member] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in _texts(content, text, at):
            members.append(_add(archive, name, pieces, zipfile.ZIP_DEFLATED))
        for name, path in sorted(content.files.items()):
            # Pictures and office files are packed already.
            members.append(_add(archive, name, _read(path), zipfile.ZIP_STORED))
        manifest = to_json(_manifest(content.passport, members, at).model_dump(mode="json"))
        _add(archive, MANIFEST, [manifest], zipfile.ZIP_DEFLATED)


def _texts(content: Content, text: Translator, at: datetime) -> Iterator[tuple[str, Pieces]]:
    """Name and content of everything but the evidence."""
    # The chart library takes seconds to load: only who wants a passport waits.
    from assessment.reports.passport_page import passport_page

    lines = [
        (one.entry, one.author, one.community, one.assessment, one.framework)
        for one in content.lines
    ]
    yield PAGE, [passport_page(text, content.passport, content.sheets, lines, at)]
    yield CONTENT, [to_json(content.passport.model_dump(mode="json"))]
    yield SCHEMA, [to_json(Passport.model_json_schema())]
    for name, checklist in sorted(content.checklists.items()):
        yield name, [checklist]
    for sheet in content.sheets:
        yield f"items-{sheet.round.id}.csv", csv_lines(item_table(text, sheet, at), text)
        yield f"summary-{sheet.round.id}.csv", csv_lines(summary_table(text, sheet, at), text)
    yield "log.csv", csv_lines(log_table(text, paced(reversed(lines))), text)


def _manifest(passport: Passport, members: list[Member], at: datetime) -> Manifest:
    return Manifest(
        format=FORMAT,
        version=VERSION,
        product=assessment.__version__,
        made_at=at.replace(microsecond=0),
        seal=next(one.sha256 for one in members if one.name == CONTENT),
        codes=tuple(RoundCode(round=one.id, code=one.code) for one in passport.rounds),
        members=tuple(members),
    )


def _add(archive: zipfile.ZipFile, name: str, pieces: Pieces, packing: int) -> Member:
    info = zipfile.ZipInfo(name, _LONG_AGO)
    info.compress_type, info.external_attr, info.create_system = packing, _PLAIN_FILE, _UNIX
    size, digest = 0, hashlib.sha256()
    with archive.open(info, "w", force_zip64=True) as member:
        for piece in pieces:
            member.write(piece)
            size += len(piece)
            digest.update(piece)
    return Member(name=name, size=size, sha256=digest.hexdigest())


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
