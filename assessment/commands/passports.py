"""The command that checks a passport of any size, and opens it if asked to."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assessment.domain.errors import Fault, Refused
from assessment.domain.passport_parts import community_of
from assessment.domain.records import Signature
from assessment.language.translator import Translator
from assessment.services.passport_check import Checked, check_passport
from assessment.services.passport_file import open_passport
from assessment.services.passport_opening import bring_in
from assessment.services.passport_preview import Preview, preview
from assessment.services.setup import open_installation


def add_passport_command(commands: Any, text: Translator) -> argparse.ArgumentParser:  # noqa: ANN401
    """Add the command; its parser, for what all commands share."""
    opening: argparse.ArgumentParser = commands.add_parser(
        "open-passport", help=text("command.open_passport")
    )
    opening.add_argument("file", type=Path, help=text("command.passport_file"))
    opening.add_argument("--write", action="store_true", help=text("command.passport_write"))
    opening.set_defaults(run=_open)
    return opening


def _open(wanted: argparse.Namespace, text: Translator) -> int:
    store, now = open_installation(), datetime.now(UTC)
    try:
        with wanted.file.open("rb") as file:
            checked = check_passport(open_passport(file))
            seen = preview(store, checked, now)
            _tell(text, checked, seen)
            if wanted.write:
                _write(text, bring_in(store, Signature("console", now), checked, seen))
    except OSError as error:
        values = {"file": wanted.file.name, "reason": error.strerror or ""}
        raise Refused([Fault("passport_absent", values=values)]) from error
    return 0


def _tell(text: Translator, checked: Checked, seen: Preview) -> None:
    """What is in it and what would become of it, a line for each round."""
    manifest, community = checked.opened.manifest, checked.passport.community
    about = text(
        "passport.about",
        community=community_of(community).name(text.language),
        code=community.code,
        moment=text.moment(manifest.made_at, None),
        seal=manifest.seal,
    )
    values = {"community": seen.community.name_zh, "code": seen.community.code}
    print(about)
    print(text("passport.checked", members=text.number(len(manifest.members))))
    print(text(f"passport.target_{seen.target}", former=community.code, **values))
    for one in seen.rounds:
        where = text(f"passport.where_{one.where}", round=one.round.label(text.language))
        state = text(f"state.{one.sheet.assessment.state}")
        print(f"{one.part.id} · {one.part.code} · {state} · {where}")


def _write(text: Translator, done: Preview) -> None:
    name, code = done.community.name(text.language), done.community.code
    print(text.plural("passport.done", len(done.writes), community=name, code=code))
