"""The files of a passport: recognised by their content and kept, before any row names them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.domain.errors import Fault, Refused
from assessment.domain.evidence import Evidence, EvidenceKind
from assessment.domain.passport import EvidencePart, brought
from assessment.services.bare_photos import is_bare
from assessment.services.passport_file import Opened
from assessment.services.passport_preview import RoundPlan
from assessment.services.recognising import clean_name, recognise
from assessment.store.evidence_files import keep_file


@dataclass(frozen=True)
class _Kept:
    """A file as it is kept here."""

    kind: EvidenceKind
    sha256: str
    name: str
    media_type: str
    size: int


def kept_evidence(opened: Opened, plans: Sequence[RoundPlan]) -> Mapping[str, Sequence[Evidence]]:
    """The evidence of some rounds, by their ids in the passport, with the files on the disk.

    Files that the other installation had lost are left out. A photo that holds nothing but a
    picture is kept byte for byte, any other is written anew. Raises ``NotSaved``, or ``Refused``
    with ``passport_evidence`` and what is wrong with the file.
    """
    people = opened.passport.people
    files: dict[tuple[str, str], _Kept] = {}
    found: dict[str, list[Evidence]] = {}
    for one in plans:
        for piece in one.part.evidence:
            if piece.file:
                key = (piece.file, piece.name)
                files[key] = files.get(key) or _keep(opened, piece)
            if piece.file or piece.url:
                kept = files.get((piece.file, piece.name))
                found.setdefault(one.part.id, []).append(_evidence(piece, kept, people))
    return found


def _keep(opened: Opened, piece: EvidencePart) -> _Kept:
    content = opened.member(piece.file)
    try:
        found = recognise(piece.name, content)
    except Refused as refused:
        values = {"member": piece.file, "name": clean_name(piece.name)}
        first = Fault("passport_evidence", item=piece.item, values=values)
        raise Refused([first, *refused.faults]) from refused
    is_same = found.kind is not EvidenceKind.PHOTO or is_bare(content)
    stored = content if is_same else found.content
    return _Kept(
        found.kind,
        keep_file(stored, found.thumbnail),
        clean_name(piece.name) if is_same else found.name,
        found.media_type,
        len(stored),
    )


def _evidence(piece: EvidencePart, kept: _Kept | None, people: Mapping[str, str]) -> Evidence:
    return Evidence(
        0,
        0,
        piece.item,
        kept.kind if kept else EvidenceKind.LINK,
        sha256=kept.sha256 if kept else "",
        name=kept.name if kept else "",
        media_type=kept.media_type if kept else "",
        size=kept.size if kept else 0,
        url=piece.url,
        dated=piece.dated,
        by=brought(piece.by, people),
        at=piece.at,
    )
