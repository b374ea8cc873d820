"""The commands about all records at once: back them up, and fill an empty installation."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assessment.commands.progress import progress
from assessment.domain.records import Signature
from assessment.language.translator import Translator
from assessment.services.backup import make_backup
from assessment.services.backup_file import Look, Manifest
from assessment.services.restoring import restore
from assessment.services.setup import open_records


def add_record_commands(commands: Any, text: Translator) -> list[argparse.ArgumentParser]:  # noqa: ANN401
    """Add both commands; their parsers, for what all commands share."""
    backup = commands.add_parser("backup", help=text("command.backup"))
    backup.add_argument("--to", type=Path, metavar="FILE", help=text("command.backup_to"))
    backup.set_defaults(run=_backup)
    fill = commands.add_parser("restore", help=text("command.restore"))
    fill.add_argument("file", type=Path, help=text("command.restore_file"))
    fill.set_defaults(run=_restore)
    return [backup, fill]


def _backup(wanted: argparse.Namespace, text: Translator) -> int:
    made = make_backup(open_records(), datetime.now(UTC), wanted.to, _checked(text))
    print(text("command.backed_up", file=made.path, **_figures(text, made.manifest)))
    return _lost(text, made.manifest)


def _restore(wanted: argparse.Namespace, text: Translator) -> int:
    signature = Signature("console", datetime.now(UTC))
    taken = restore(open_records(), signature, wanted.file, _checked(text))
    moment = text.moment(datetime.fromisoformat(taken.made_at), None)
    print(text("command.restored", moment=moment, **_figures(text, taken)))
    return _lost(text, taken)


def _checked(text: Translator) -> Look:
    """How far the checking is, for a person who waits; a timer's journal needs none of it."""
    if not sys.stdout.isatty():
        return lambda _done, _total: None
    return progress(text, lambda done, total: text("command.checked", done=done, total=total))


def _figures(text: Translator, manifest: Manifest) -> dict[str, str]:
    return {
        "rows": text.number(manifest.rows),
        "evidence": text.number(manifest.evidence),
        "seal": manifest.seal,
    }


def _lost(text: Translator, manifest: Manifest) -> int:
    """Tell what was lost before the backup was made; 1 if anything was."""
    if manifest.missing:
        names = " ".join(manifest.missing)
        print(text.plural("command.evidence_missing", len(manifest.missing), names=names))
    if manifest.log_broken_at:
        print(text("command.backup_log_broken", entry=manifest.log_broken_at))
    return 1 if manifest.missing or manifest.log_broken_at else 0
