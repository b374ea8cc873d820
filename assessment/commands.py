"""The console command of the product: ``complete-community check-framework FILE``."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from assessment.domain.errors import Fault, Refused
from assessment.domain.load_framework import load_framework_file
from assessment.language.translator import LANGUAGES, Translator, operator_translator
from assessment.services.notice import clause_texts


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code: 0 if all is well, 1 if faults were found."""
    text = operator_translator()
    parser = argparse.ArgumentParser(prog="complete-community")
    commands = parser.add_subparsers(required=True, metavar=text("command.which"))
    check = commands.add_parser("check-framework", help=text("command.check"))
    check.add_argument("file", type=Path, help=text("command.file"))
    check.add_argument("--lang", choices=LANGUAGES, default=text.language)
    check.add_argument("--any-source", action="store_true", help=text("command.any_source"))
    check.set_defaults(run=_check_framework)
    wanted = parser.parse_args(arguments)
    code: int = wanted.run(wanted)
    return code


def _check_framework(wanted: argparse.Namespace) -> int:
    text = Translator(wanted.lang)
    try:
        framework = load_framework_file(wanted.file, None if wanted.any_source else clause_texts())
    except Refused as refused:
        for fault in refused.faults:
            print(_told(text, wanted.file, fault))
        print(text.plural("command.faults", len(refused.faults)))
        return 1
    print(
        text(
            "command.good",
            title=framework.title.in_language(text.language),
            version=framework.version,
            items=len(framework.items),
            hash=framework.hash,
        )
    )
    return 0


def _told(text: Translator, file: Path, fault: Fault) -> str:
    """Where, what and what to do, in one line."""
    place = [file.name]
    if fault.line:
        place.append(text("command.line", line=fault.line))
    place += [part for part in (fault.item, fault.place) if part]
    return f"{' · '.join(place)}{text('join.colon')}{text.fault(fault)}"


if __name__ == "__main__":
    sys.exit(main())
