"""A short code that stands for exactly these answers under exactly this checklist.

It binds community, round, content hash of the checklist, scoring version, every fact, and of
every answer all that a reviewer reads: choice, ticks, details, note, reason and decision. Who
saved it, when, and in how many versions does not matter: the same answers give the same code.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping

from assessment.domain.answers import Answer
from assessment.domain.errors import Fault, Refused
from assessment.domain.records import SavedFact
from assessment.domain.sheet import Sheet

# A prime number of signs, without those that are taken for another (0 O, 1 I L): so the check
# sign shows every single wrong sign and every two neighbours that changed places.
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
# 31 ** 11 is 2 ** 54.5.
_PLACES = 11
_GROUP = 4
CODE_LENGTH = _PLACES + 1


def fingerprint(sheet: Sheet) -> str:
    """The code of a sheet, as ``7F3A-91C2-D2E5``."""
    content = {
        "community": sheet.community.code,
        "round": sheet.round.id,
        "framework": sheet.framework.hash,
        "scoring": sheet.assessment.scoring_version,
        "answers": _answers(sheet.answers),
        "facts": _facts(sheet.saved_facts),
    }
    packed = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return _code(hashlib.sha256(packed.encode()).digest())


def read_code(typed: str) -> str:
    """A code as it was typed or pasted, in its own form.

    Width, case, spaces and dashes do not matter. Raises ``Refused`` with ``code_length``,
    ``code_sign`` or ``code_mistyped``.
    """
    folded = unicodedata.normalize("NFKC", typed).upper()
    signs = "".join(one for one in folded if unicodedata.category(one) not in _IGNORED)
    for one in signs:
        if one not in SIGNS:
            raise Refused([Fault("code_sign", values={"sign": one})])
    if len(signs) != CODE_LENGTH:
        values = {"length": str(len(signs)), "wanted": str(CODE_LENGTH)}
        raise Refused([Fault("code_length", values=values)])
    if signs[-1] != _check_sign(signs[:-1]):
        raise Refused([Fault("code_mistyped")])
    return _grouped(signs)


# Spaces, dashes, control and format characters.
_IGNORED = {"Zs", "Zl", "Zp", "Pd", "Cc", "Cf"}


def _answers(answers: Mapping[str, Answer]) -> dict[str, object]:
    said = {item: _said(answer) for item, answer in answers.items()}
    return {item: parts for item, parts in said.items() if any(parts)}


def _said(answer: Answer) -> list[object]:
    return [
        answer.choice,
        sorted(answer.ticks),
        {name: text for name, text in answer.details.items() if text},
        answer.note,
        answer.reason,
        answer.decision.value,
    ]


def _facts(facts: Mapping[str, SavedFact]) -> dict[str, str]:
    return {name: fact.value for name, fact in facts.items() if fact.value}


def _code(digest: bytes) -> str:
    number = int.from_bytes(digest, "big")
    signs = ""
    for _ in range(_PLACES):
        number, place = divmod(number, len(SIGNS))
        signs += SIGNS[place]
    return _grouped(signs + _check_sign(signs))


def _check_sign(signs: str) -> str:
    weighted = (place * SIGNS.index(one) for place, one in enumerate(signs, start=2))
    return SIGNS[sum(weighted) % len(SIGNS)]


def _grouped(signs: str) -> str:
    return "-".join(signs[start : start + _GROUP] for start in range(0, len(signs), _GROUP))
