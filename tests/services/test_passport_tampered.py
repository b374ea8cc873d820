"""A passport that somebody changed: said which part, in both languages, and nothing is written."""

import io
import json
import stat
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from assessment.domain.errors import Fault, Refused
from tests.services.passports import checked, members_of, packed, spoiled
from tests.services.steps import assert_told_in_words

Members = dict[str, bytes]
Change = Callable[[Members], object]
CONTENT = "passport.json"


def refusal(content: bytes) -> Fault:
    """Why it is not taken."""
    with pytest.raises(Refused) as refused:
        checked(content)
    assert_told_in_words(refused.value)
    return refused.value.faults[0]


def content_with(change: Callable[[dict[str, Any]], object]) -> Change:
    """A change of what is said in ``passport.json``."""

    def apply(members: Members) -> None:
        plain = json.loads(members[CONTENT])
        change(plain)
        members[CONTENT] = json.dumps(plain).encode()

    return apply


def answer_of(plain: dict[str, Any], item: str) -> dict[str, Any]:
    return next(one for one in plain["rounds"][0]["answers"] if one["item"] == item)


def evidence_in(members: Members, ending: str) -> str:
    return next(name for name in members if name.startswith("evidence/") and name.endswith(ending))


def other_byte(members: Members) -> None:
    name = evidence_in(members, "pdf")
    members[name] = members[name].replace(b"1 0 obj", b"2 0 obj")


CHANGED_ANSWER = content_with(lambda plain: answer_of(plain, "F-02").update(choice="open"))
CASES: dict[str, tuple[Change, bool, str, str]] = {
    "answer": (CHANGED_ANSWER, False, "passport_differs", CONTENT),
    "answer, listed": (CHANGED_ANSWER, True, "passport_fingerprint", "F-02"),
    "note, listed": (
        content_with(lambda plain: answer_of(plain, "F-01").update(note="别的")),
        True,
        "passport_fingerprint",
        "–",
    ),
    "score, listed": (
        content_with(lambda plain: plain["rounds"][0]["score"].update(low_percent=99)),
        True,
        "passport_fingerprint",
        "–",
    ),
    "fact that is no number": (
        content_with(lambda plain: plain["rounds"][0]["facts"][-1].update(value="NaN")),
        True,
        "passport_value",
        "NaN",
    ),
    "evidence": (other_byte, False, "passport_differs", "evidence/"),
    "evidence, listed": (other_byte, True, "passport_differs", "evidence/"),
    "evidence missing": (
        lambda members: members.pop(evidence_in(members, "jpg")),
        False,
        "passport_missing",
        ".jpg",
    ),
    "evidence missing, listed": (
        lambda members: members.pop(evidence_in(members, "jpg")),
        True,
        "passport_missing",
        ".jpg",
    ),
    "content missing": (lambda members: members.pop(CONTENT), False, "passport_missing", CONTENT),
    "list missing": (
        lambda members: members.pop("manifest.json"),
        False,
        "passport_missing",
        "manifest.json",
    ),
    "table added": (
        lambda members: members.update({"items-9.csv": b"x"}),
        False,
        "passport_extra",
        "items-9.csv",
    ),
    "evidence added, listed": (
        lambda members: members.update({f"evidence/{'0' * 64}.pdf": b"x"}),
        True,
        "passport_extra",
        "evidence/000",
    ),
    "framework, listed": (
        lambda members: members.update(
            {
                name: one.replace(b"credit: 0.5", b"credit: 0.6")
                for name, one in members.items()
                if name.endswith(".yaml")
            }
        ),
        True,
        "passport_framework",
        "framework-",
    ),
    "framework of rubbish": (
        lambda members: members.update(
            {name: b"a: [" for name in members if name.endswith(".yaml")}
        ),
        True,
        "passport_framework",
        "framework-",
    ),
    "log": (
        content_with(lambda plain: plain["log"][3].update(by="somebody else")),
        True,
        "passport_log",
        "4",
    ),
    "log entry taken out of its community": (
        content_with(lambda plain: plain["log"][3].update(community="P001")),
        True,
        "passport_log",
        "4",
    ),
    "newer version": (
        content_with(lambda plain: plain.update(version=2)),
        True,
        "passport_version",
        "2",
    ),
    "other format": (
        content_with(lambda plain: plain.update(format="backup")),
        True,
        "passport_format",
        CONTENT,
    ),
    "unknown key": (
        content_with(lambda plain: plain["community"].update(secret=1)),
        True,
        "passport_schema",
        "community.secret",
    ),
    "a text with a NUL": (
        content_with(lambda plain: answer_of(plain, "F-01").update(note="a\0b")),
        True,
        "passport_schema",
        "answers",
    ),
    "no JSON": (lambda members: members.update({CONTENT: b"["}), True, "passport_format", CONTENT),
    "deep JSON": (
        lambda members: members.update({CONTENT: b"[" * 200_000}),
        True,
        "passport_format",
        CONTENT,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_change_is_found_and_named(passport: bytes, case: str) -> None:
    change, listed, code, named = CASES[case]
    members = members_of(passport)
    change(members)
    fault = refusal(spoiled(passport, change, listed and CONTENT in members))
    assert fault.code == code
    assert named in " ".join(fault.values.values())


def test_the_passport_itself_holds_together(passport: bytes) -> None:
    found = checked(passport)
    assert found.linked == len(found.passport.log) > 20


@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_off_is_none(passport: bytes, share: float) -> None:
    assert refusal(passport[: int(len(passport) * share)]).code == "passport_not_whole"


@pytest.mark.parametrize(
    "name",
    [
        "../index.html",
        "/etc/passwd",
        "C:\\a.txt",
        "evidence/../passport.json",
        "evidence\\" + "0" * 64,
        "evidence/" + "0" * 64 + ".pdf/x",
        "evidence/",
        "readme.txt",
    ],
)
def test_a_member_with_any_other_name_is_refused(passport: bytes, name: str) -> None:
    fault = refusal(packed({**members_of(passport), name: b"x"}))
    assert fault.code == "passport_name"
    assert name[:8] in fault.values["member"]


def test_a_name_that_goes_on_behind_a_nul_is_refused() -> None:
    content = packed({"index.htmlX.txt": b"x"}).replace(b"htmlX", b"html\0")
    assert refusal(content).code == "passport_name"


def archive_with(write: Callable[[zipfile.ZipFile], object]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        write(archive)
    return target.getvalue()


def test_a_bomb_is_not_unpacked() -> None:
    fault = refusal(archive_with(lambda one: one.writestr(CONTENT, b"0" * 50_000_000)))
    assert (fault.code, fault.values["member"]) == ("passport_bomb", CONTENT)
    many = archive_with(lambda one: [one.writestr(f"evidence/{n:064x}", b"") for n in range(5001)])
    assert refusal(many).code == "passport_bomb"


def test_a_link_and_a_member_twice_are_refused(passport: bytes) -> None:
    link = zipfile.ZipInfo("index.html")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    fault = refusal(archive_with(lambda one: one.writestr(link, "/etc/passwd")))
    assert (fault.code, fault.values["member"]) == ("passport_kind", "index.html")

    def twice(archive: zipfile.ZipFile) -> None:
        archive.writestr("log.csv", b"a")
        with pytest.warns(UserWarning):
            archive.writestr("log.csv", b"b")

    assert refusal(archive_with(twice)).code == "passport_twice"


def test_another_zip_is_no_passport() -> None:
    content = packed({"manifest.json": json.dumps({"format": 1, "product": "0.1.0"}).encode()})
    assert refusal(content).code == "passport_format"
    assert refusal(b"PK nothing").code == "passport_not_whole"
