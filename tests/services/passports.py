"""Passports in tests: records with one of everything, other installations, spoiled files."""

import csv
import hashlib
import io
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile

import pytest

from assessment.domain.answers import NOT_APPLICABLE, Decision
from assessment.domain.coordinates import Datum
from assessment.domain.records import Signature
from assessment.domain.sheet import Sheet
from assessment.language.translator import Language, Translator
from assessment.services import evidence, facilities, planning
from assessment.services.comments import add_comment
from assessment.services.communities import Registration, begin, list_rounds, register
from assessment.services.deciding import Ruling, decide
from assessment.services.handing_over import Wish, approve, submit
from assessment.services.passport_check import Checked, check_passport
from assessment.services.passport_export import passport_export
from assessment.services.passport_file import MANIFEST, open_passport
from assessment.services.passport_opening import bring_in
from assessment.services.passport_preview import Preview, preview
from assessment.services.sheets import load_sheet
from assessment.settings import settings
from assessment.store.engine import Store
from tests.conftest import NOW
from tests.services.evidence_files import PDF, photo
from tests.services.steps import SIGNATURE, reload, say, say_facts

_SETTINGS = ("ASSESSMENT_HOME", "ASSESSMENT_DATABASE_URL")
AWKWARD = '“引号”\n换行 "quotes" \\ 😀 é </script><b>'


def full_record(store: Store, sheet: Sheet) -> Sheet:
    """One of everything, approved: six states, evidence of three kinds, comment, plan, place."""
    sheet = say_facts(store, sheet)
    for item, choice in (("F-01", "open"), ("F-02", "none"), ("F-03", "unknown")):
        sheet = say(store, sheet, item, "choice", choice)
    sheet = say(store, sheet, "F-01", "note", AWKWARD)
    sheet = say(store, sheet, "G-05", "choice", NOT_APPLICABLE)
    sheet = say(store, sheet, "G-05", "reason", "本期没有")
    evidence.add_file(store, SIGNATURE, sheet, "F-01", "one", "活动室.jpg", photo())
    evidence.add_file(store, SIGNATURE, sheet, "F-01", "two", "合同.pdf", PDF)
    evidence.add_link(store, SIGNATURE, sheet, "F-02", "three", "https://example.org/a?b=1")
    gone = evidence.add_link(store, SIGNATURE, sheet, "F-02", "four", "https://example.org/gone")
    assert gone
    evidence.remove(store, SIGNATURE, sheet, gone)
    add_comment(store, SIGNATURE, sheet, "F-02", "请补充", "five")
    place = (116.4, 39.9, Datum.WGS84)
    facilities.place_facility(store, SIGNATURE, sheet.community, "six", "shop", "便利店", *place)
    planning.add_action(
        store, SIGNATURE, sheet, "seven", planning.TypedAction("F-02", "新建幼儿园", cost="1000.5")
    )
    submit(store, SIGNATURE, Wish(reload(store, sheet), "eight"))
    sheet = reload(store, sheet)
    decide(store, SIGNATURE, sheet, Ruling(sheet.answers["G-05"], Decision.ACCEPTED))
    approve(store, SIGNATURE, Wish(reload(store, sheet), "nine", "同意"))
    return reload(store, sheet)


def written(store: Store, code: str, language: Language = "zh", round_id: str = "") -> bytes:
    """The whole passport of a community."""
    export = passport_export(store, Translator(language), code, round_id, NOW)
    assert export is not None
    return b"".join(export.lines)


def checked(content: bytes) -> Checked:
    """The passport, once it was found to hold together."""
    return check_passport(open_passport(io.BytesIO(content)))


def brought(store: Store, content: bytes, by: str = "opener") -> Preview:
    """Open a passport as a person does: look, then write."""
    found = checked(content)
    return bring_in(store, Signature(by, NOW), found, preview(store, found, NOW))


@contextmanager
def store_at(patch: pytest.MonkeyPatch, home: Path) -> Iterator[Store]:
    """A prepared installation on SQLite; within, the settings are its."""
    before = {name: os.environ.get(name) for name in _SETTINGS}
    patch.setenv("ASSESSMENT_HOME", str(home))
    patch.setenv("ASSESSMENT_DATABASE_URL", "")
    settings.cache_clear()
    store = Store(settings().url)
    try:
        yield store
    finally:
        store.close()
        for name, value in before.items():
            patch.delenv(name) if value is None else patch.setenv(name, value)
        settings.cache_clear()


def passport_from(prepared_file: Path, home: Path) -> bytes:
    """A passport with one of everything, made in an installation of its own."""
    copyfile(prepared_file, home / "assessment.db")
    with pytest.MonkeyPatch.context() as patch, store_at(patch, home) as store:
        sheet = full_record(store, sheet_in_a_new_community(store))
        return written(store, sheet.community.code)


def sheet_in_a_new_community(store: Store) -> Sheet:
    """A community of its own with an assessment in the open round."""
    typed = Registration("测试社区", "110105", "试验街道", "Test Community")
    begun = begin(store, SIGNATURE, register(store, SIGNATURE, typed), list_rounds(store)[0])
    sheet = load_sheet(store, begun.id)
    assert sheet
    return sheet


def members_of(content: bytes) -> dict[str, bytes]:
    """The members of an archive, in its order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: dict[str, bytes]) -> bytes:
    """An archive of these members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def spoiled(content: bytes, change: Callable[[dict[str, bytes]], object], listed: bool) -> bytes:
    """The passport with its members changed; ``listed`` also changes its list of contents."""
    members = members_of(content)
    change(members)
    if listed:
        manifest = json.loads(members[MANIFEST])
        manifest["members"] = [
            {"name": name, "size": len(one), "sha256": hashlib.sha256(one).hexdigest()}
            for name, one in members.items()
            if name != MANIFEST
        ]
        manifest["seal"] = hashlib.sha256(members["passport.json"]).hexdigest()
        members[MANIFEST] = json.dumps(manifest).encode()
    return packed(members)


def rows_in(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV by the codes of its columns."""
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    return [dict(zip(lines[1], line, strict=True)) for line in lines[2:]]


def replace_evidence(ending: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    """A change that puts another file in the place of one, with all that names it."""

    def change(members: dict[str, bytes]) -> None:
        name = next(one for one in members if one.startswith("evidence/") and one.endswith(ending))
        before = name.removeprefix("evidence/").partition(".")[0]
        now = hashlib.sha256(content).hexdigest()
        del members[name]
        members[name.replace(before, now)] = content
        plain = json.loads(members["passport.json"])
        for piece in (one for part in plain["rounds"] for one in part["evidence"]):
            if piece["sha256"] == before:
                piece["sha256"], piece["file"] = now, name.replace(before, now)
        members["passport.json"] = json.dumps(plain).encode()

    return change
