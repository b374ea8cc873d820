"""The console commands of the product, such as ``complete-community check-framework FILE``."""

import argparse
import os
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path

from assessment.commands.passports import add_passport_command
from assessment.commands.progress import progress
from assessment.commands.records import add_record_commands
from assessment.domain.errors import Fault, NotSaved, Refused
from assessment.domain.framework import Framework
from assessment.domain.load_framework import load_framework_file
from assessment.domain.records import Signature
from assessment.language.translator import LANGUAGES, Translator, operator_translator
from assessment.services.evidence import clean_up
from assessment.services.log_check import check_log
from assessment.services.notice import clause_texts
from assessment.services.rescoring import rescore
from assessment.services.sample_nation import SEED, Wish, make_nation
from assessment.services.setup import open_installation

_AUTHOR = "console"
# Writing is one at a time: more would only wait for each other.
_MOST_PROCESSES = 2
_STOPPED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code is 0 if all is well, 1 if not, 130 if it was stopped."""
    wanted = _parser(operator_translator()).parse_args(arguments)
    text = Translator(wanted.lang)
    try:
        code: int = wanted.run(wanted, text)
    except Refused as refused:
        _tell(text, refused.faults)
        return 1
    except NotSaved as error:
        print(text(f"not_saved.{error.reason}"))
        return 1
    except KeyboardInterrupt:
        print(text("command.stopped"))
        return _STOPPED
    return code


def _parser(text: Translator) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="complete-community")
    commands = parser.add_subparsers(required=True, metavar=text("command.which"))
    check = commands.add_parser("check-framework", help=text("command.check"))
    check.add_argument("file", type=Path, help=text("command.file"))
    check.set_defaults(run=_check_framework)
    nation = commands.add_parser("sample-nation", help=text("command.nation"))
    nation.add_argument("--communities", type=_count, required=True, help=text("command.how_many"))
    nation.add_argument("--seed", type=int, default=SEED, help=text("command.seed"))
    nation.add_argument("--no-answers", action="store_true", help=text("command.no_answers"))
    nation.set_defaults(run=_make_nation)
    again = commands.add_parser("rescore", help=text("command.rescore"))
    again.add_argument("--round", required=True, help=text("command.round"))
    again.add_argument(
        "--framework", dest="file", type=Path, required=True, help=text("command.file")
    )
    again.set_defaults(run=_rescore)
    clean = commands.add_parser("clean-evidence", help=text("command.clean_evidence"))
    clean.set_defaults(run=_clean_evidence)
    for one in (check, again):
        one.add_argument("--any-source", action="store_true", help=text("command.any_source"))
    log = commands.add_parser("check-log", help=text("command.check_log"))
    log.add_argument("--noted", default="", help=text("command.noted"))
    log.set_defaults(run=_check_log)
    others = (*add_record_commands(commands, text), add_passport_command(commands, text))
    for one in (check, nation, again, clean, log, *others):
        one.add_argument("--lang", choices=LANGUAGES, default=text.language)
    return parser


def _count(typed: str) -> int:
    count = int(typed)
    if count < 1:
        raise ValueError(typed)
    return count


def _check_framework(wanted: argparse.Namespace, text: Translator) -> int:
    framework = _good_framework(wanted, text)
    if framework is None:
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


def _make_nation(wanted: argparse.Namespace, text: Translator) -> int:
    wish = Wish(wanted.communities, wanted.seed, answers=not wanted.no_answers)
    processes = min(os.cpu_count() or 1, _MOST_PROCESSES)
    made = make_nation(
        open_installation(),
        _signature(),
        wish,
        progress(text, lambda done, total: text("command.made", done=done, total=total)),
        processes,
    )
    print(text("command.nation_made") if made else text("command.nation_there"))
    return 0


def _rescore(wanted: argparse.Namespace, text: Translator) -> int:
    if _good_framework(wanted, text) is None:
        return 1
    framework, count = rescore(
        open_installation(),
        _signature(),
        wanted.round,
        wanted.file.read_bytes(),
        progress(text, lambda done, total: text("command.rescored", done=done, total=total)),
    )
    print(
        text.plural(
            "command.rescore_done", count, version=framework.version, hash=framework.hash[:12]
        )
    )
    return 0


def _check_log(wanted: argparse.Namespace, text: Translator) -> int:
    found = check_log(open_installation(), wanted.noted)
    if found.broken is not None:
        print(text("command.log_broken", **vars(found.broken)))
    elif not found.noted_found:
        print(text("command.log_cut", noted=wanted.noted))
    else:
        print(text.plural("command.log_whole", found.entries, seal=found.seal))
    return 0 if found.is_whole else 1


def _clean_evidence(_wanted: argparse.Namespace, text: Translator) -> int:
    print(text.plural("command.evidence_cleaned", clean_up(open_installation())))
    return 0


def _signature() -> Signature:
    return Signature(_AUTHOR, datetime.now(UTC))


def _good_framework(wanted: argparse.Namespace, text: Translator) -> Framework | None:
    """The framework of the file; without one, its faults are told."""
    clauses: Collection[str] | None = None if wanted.any_source else clause_texts()
    try:
        return load_framework_file(wanted.file, clauses)
    except Refused as refused:
        _tell(text, refused.faults, wanted.file.name)
        print(text.plural("command.faults", len(refused.faults)))
        return None


def _tell(text: Translator, faults: Sequence[Fault], file: str = "") -> None:
    """Every fault on a line: where, what and what to do."""
    for fault in faults:
        line = text("command.line", line=fault.line) if fault.line else ""
        place = " · ".join(part for part in (file, line, fault.item, fault.place) if part)
        colon = text("join.colon") if place else ""
        print(f"{place}{colon}{text.fault(fault)}")
