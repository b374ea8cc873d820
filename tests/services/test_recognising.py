"""What is taken as evidence: by content and ending, and with nothing hidden in it."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image

from assessment.domain.errors import Refused
from assessment.domain.evidence import LARGEST_FILE, LONGEST_NAME, EvidenceKind
from assessment.services import recognising
from assessment.services.recognising import clean_name, recognise
from tests.services.evidence_files import (
    PDF,
    TAKEN_AT,
    TAKEN_ON,
    archive,
    huge_png,
    office,
    old_office,
    open_document,
    photo,
)
from tests.services.steps import assert_told_in_words

BOMB = archive(**{"[Content_Types].xml": b"<T/>", "word__document.xml": b"0" * 30_000_000})
GOOD = {
    "活动室.JPG": photo(),
    "plan.png": photo(kind="PNG"),
    "view.webp": photo(kind="WEBP"),
    "协议.pdf": PDF,
    "report.docx": office(),
    "table.xlsx": office("xl__workbook.xml"),
    "slides.pptx": office("ppt__presentation.xml"),
    "note.odt": open_document(),
    "sheet.ods": open_document("spreadsheet"),
    "old.doc": old_office("Root Entry", "WordDocument"),
    "old.wps": old_office("Root Entry", "WordDocument"),
    "old.et": old_office("Root Entry", "Workbook"),
}
BAD = {
    "a.jpg": (b"", "evidence_empty"),
    "b.jpg": (b"\xff\xd8\xff" + b"\0" * LARGEST_FILE, "evidence_too_large"),
    "c.jpg": (b"MZ\x90\x00" + b"\0" * 300, "evidence_kind"),
    "d.pdf": (b"<html><script>alert(1)</script>", "evidence_kind"),
    "e.png": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "evidence_kind"),
    "f.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "evidence_kind"),
    "g.pdf": (b"<html>" + PDF, "evidence_kind"),
    "h.jpg": (PDF, "evidence_ending"),
    "i.html": (photo(telling=False), "evidence_ending"),
    "noending": (PDF, "evidence_ending"),
    "j.docx": (office("xl__workbook.xml"), "evidence_ending"),
    "k.heic": (b"\0\0\0\x18ftypheic" + b"\0" * 40, "evidence_heic"),
    "l.png": (huge_png(30_000, 30_000), "evidence_pixels"),
    "m.png": (huge_png(8_000, 8_000), "evidence_pixels"),
    "n.jpg": (photo()[:2000], "evidence_damaged"),
    "o.pdf": (b"%PDF-1.4 cut off", "evidence_damaged"),
    "p.docx": (office()[:-40], "evidence_damaged"),
    "q.zip": (archive(**{"run.exe": b"MZ"}), "evidence_kind"),
    "r.docx": (BOMB, "evidence_bomb"),
    "s.docx": (archive(**{f"e{n}": b"" for n in range(2001)}), "evidence_bomb"),
    "t.docx": (office(**{"word__vbaProject.bin": b"x"}), "evidence_macro"),
    "u.docx": (office(kind="document.macroEnabled.main"), "evidence_macro"),
    "v.doc": (old_office("WordDocument", "Macros", "_VBA_PROJECT"), "evidence_macro"),
    "w.doc": (old_office("Root Entry", "SomethingElse"), "evidence_kind"),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_staff_bring_is_taken(name: str) -> None:
    found = recognise(name, GOOD[name])
    assert found.name.rpartition(".")[0] == name.rpartition(".")[0]
    if found.kind is EvidenceKind.PHOTO:
        assert Image.open(BytesIO(found.thumbnail)).size <= (320, 320)
    else:
        assert found.content == GOOD[name]
        assert found.thumbnail == b""


@pytest.mark.parametrize("name", BAD)
def test_what_is_dangerous_or_useless_is_refused_with_a_reason(name: str) -> None:
    content, code = BAD[name]
    with pytest.raises(Refused) as refused:
        recognise(name, content)
    assert [one.code for one in refused.value.faults] == [code]
    assert_told_in_words(refused.value)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_stored_photo_tells_nothing_but_the_picture(kind: str) -> None:
    endings = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
    given = photo(kind=kind)
    assert b"SECRET" in given
    found = recognise(f"photo.{endings[kind]}", given)
    for stored in (found.content, found.thumbnail):
        picture = Image.open(BytesIO(stored))
        assert dict(picture.getexif()) == {}
        assert not {"exif", "comment", "icc_profile", "xmp"} & set(picture.info)
        assert b"SECRET" not in stored
        assert b"Exif" not in stored
        # It lay on its side, and was turned upright before it could no longer say so.
        assert picture.height > picture.width
    assert found.taken_at is not None
    assert (found.taken_at.longitude, found.taken_at.latitude) == TAKEN_AT
    assert found.dated == TAKEN_ON


def test_a_polyglot_photo_loses_its_other_half() -> None:
    found = recognise("both.jpg", photo() + archive(**{"evil.js": b"alert(1)"}) + b"<script>")
    assert b"evil.js" not in found.content
    assert b"<script>" not in found.content


def test_a_transparent_picture_stays_transparent() -> None:
    target = BytesIO()
    Image.new("RGBA", (20, 20), (10, 20, 30, 40)).save(target, "WEBP")
    found = recognise("sign.webp", target.getvalue())
    assert found.name == "sign.png"
    assert Image.open(BytesIO(found.content)).mode == "RGBA"


@given(some.binary(max_size=300), some.sampled_from(["", "jpg", "pdf", "docx", "doc", "png"]))
def test_rubbish_is_refused_and_nothing_else_happens(rubbish: bytes, ending: str) -> None:
    for start in (b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF0000WEBP", b"PK\x03\x04"):
        with pytest.raises(Refused):
            recognise(f"x.{ending}", start + rubbish)


@given(some.integers(0, 4000), some.binary(min_size=1, max_size=8))
def test_a_photo_with_bytes_changed_is_taken_or_refused(place: int, patch: bytes) -> None:
    given = bytearray(_SMALL)
    given[place : place + len(patch)] = patch
    try:
        assert recognise("x.jpg", bytes(given)).content.startswith(b"\xff\xd8\xff")
    except Refused as refused:
        assert refused.faults


_SMALL = photo((64, 48))


@given(some.text(max_size=400))
def test_a_name_is_only_a_name(name: str) -> None:
    clean = clean_name(name)
    assert 0 < len(clean) <= LONGEST_NAME
    assert not set(clean) & set('/\\:*?"<>|\n\r\t\0\u202e\u200b')
    assert clean not in (".", "..")
    assert clean_name(clean) == clean


def test_names_lose_their_folders_and_keep_their_ending() -> None:
    assert clean_name("../../../etc/passwd.pdf") == "passwd.pdf"
    assert clean_name("C:\\照片\\活动室.jpg") == "活动室.jpg"
    assert clean_name("gpj.\u202eexe.jpg") == "gpj.exe.jpg"
    assert clean_name("长" * 3000 + ".docx").endswith("长.docx")


def test_the_chooser_offers_every_kind_that_is_taken() -> None:
    offered = {one.lstrip(".") for one in recognising.OFFERED}
    for name, content in GOOD.items():
        found = recognise(name, content)
        assert found.media_type in offered or name.rpartition(".")[2] in offered
