"""The console commands of the product, such as ``complete-community check-framework FILE``."""

import argparse
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from assessment.commands.passports import add_passport_command
from assessment.commands.progress import progress
from assessment.commands.records import add_record_commands
from assessment.domain.errors import Fault, NotSaved, Refused
from assessment.domain.extend_framework import FindBase
from assessment.domain.records import Signature
from assessment.language.translator import LANGUAGES, Translator, operator_translator
from assessment.reports.framework_words import column_words
from assessment.services.evidence import clean_up
from assessment.services.framework_files import (
    FRAMEWORK_FORMATS,
    Draft,
    read_framework,
    shipped_version,
    written,
)
from assessment.services.log_check import check_log
from assessment.services.publishing import find_version, publish
from assessment.services.rescoring import Moving, require_round, rescore
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
    write = commands.add_parser("write-framework", help=text("command.write_framework"))
    write.add_argument("file", type=Path, help=text("command.file"))
    write.add_argument("--to", type=Path, required=True, help=text("command.framework_to"))
    write.set_defaults(run=_write_framework)
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
    again.add_argument("--reopen", action="store_true", help=text("command.reopen"))
    again.set_defaults(run=_rescore)
    clean = commands.add_parser("clean-evidence", help=text("command.clean_evidence"))
    clean.set_defaults(run=_clean_evidence)
    for one in (check, write, again):
        one.add_argument("--any-source", action="store_true", help=text("command.any_source"))
    log = commands.add_parser("check-log", help=text("command.check_log"))
    log.add_argument("--noted", default="", help=text("command.noted"))
    log.set_defaults(run=_check_log)
    others = (*add_record_commands(commands, text), add_passport_command(commands, text))
    for one in (check, write, nation, again, clean, log, *others):
        one.add_argument("--lang", choices=LANGUAGES, default=text.language)
    return parser


def _count(typed: str) -> int:
    count = int(typed)
    if count < 1:
        raise ValueError(typed)
    return count


def _check_framework(wanted: argparse.Namespace, text: Translator) -> int:
    draft = _good_framework(wanted, text)
    if draft is None:
        return 1
    framework = draft.framework
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


def _write_framework(wanted: argparse.Namespace, text: Translator) -> int:
    draft = _good_framework(wanted, text)
    if draft is None:
        return 1
    ending = wanted.to.suffix.removeprefix(".").lower()
    if ending not in FRAMEWORK_FORMATS:
        raise Refused([Fault("framework_file_kind", values={"file": wanted.to.name})])
    if wanted.to.exists():
        raise Refused([Fault("file_there", values={"file": wanted.to.name})])
    wanted.to.write_bytes(written(text, draft.framework, ending))
    print(text("command.framework_written", file=wanted.to.name))
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
    store, signature = open_installation(), _signature()
    draft = _good_framework(wanted, text, partial(find_version, store))
    if draft is None:
        return 1
    require_round(store, wanted.round)
    framework = publish(store, signature, draft.framework, draft.content)
    count = rescore(
        store,
        signature,
        Moving(wanted.round, framework, wanted.reopen),
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


def _good_framework(
    wanted: argparse.Namespace, text: Translator, find_base: FindBase = shipped_version
) -> Draft | None:
    """The framework of the file; without one, its faults are told."""
    try:
        if not wanted.file.is_file():
            raise Refused([Fault("file_missing", values={"file": wanted.file.name})])
        data = wanted.file.read_bytes()
        return read_framework(wanted.file.name, data, wanted.any_source, find_base)
    except Refused as refused:
        _tell(text, refused.faults, wanted.file.name)
        print(text.plural("command.faults", len(refused.faults)))
        return None


def _tell(text: Translator, faults: Sequence[Fault], file: str = "") -> None:
    """Every fault on a line: where, what and what to do."""
    for fault in faults:
        line = text("command.line", line=fault.line) if fault.line else ""
        sheet = text(f"framework_sheet.{fault.sheet}") if fault.sheet else ""
        where = (file, sheet, line, column_words(text, fault), fault.item)
        place = " · ".join(part for part in where if part)
        colon = text("join.colon") if place else ""
        print(f"{place}{colon}{text.fault(fault)}")
