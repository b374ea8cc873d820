"""Versions of frameworks for whoever runs the product: published, compared, never lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assessment.domain.errors import Fault, Refused
from assessment.domain.framework import Framework
from assessment.domain.permissions import Action
from assessment.domain.records import AssessmentState, Round, Signature
from assessment.services.authorising import allows, authorise
from assessment.services.frameworks import framework_of
from assessment.store import frameworks, log, rescoring, rounds
from assessment.store.authors import load_names
from assessment.store.engine import Store

PUBLISH = "framework_publish"
_MOST = 500


@dataclass(frozen=True)
class FrameworkLine:
    """A published framework: when, by whom (blank if it came with the product), and its rounds."""

    framework: Framework
    at: datetime
    by: str
    rounds: tuple[Round, ...]


@dataclass(frozen=True)
class Waiting:
    """The assessments of a round that are not under a framework yet, by state."""

    states: Mapping[AssessmentState, int]

    @property
    def handed_in(self) -> int:
        """How many of them are handed in or approved."""
        return sum(count for state, count in self.states.items() if state.is_submitted)

    @property
    def open(self) -> int:
        """How many of them are being worked on."""
        return sum(self.states.values()) - self.handed_in


def framework_lines(store: Store) -> Sequence[FrameworkLine]:
    """All published frameworks, the latest first; none for who does not run the product."""
    if not allows(store, Action.RUN):
        return ()
    with store.reading() as connection:
        versions = frameworks.load_versions(connection)
        known = rounds.load_rounds(connection)
        entries = log.entries(connection, log.Filter(actions=(PUBLISH,)), 0, _MOST)
        names = load_names(connection, {one.by for one in entries})
    by = {one.new: names.get(one.by, one.by) for one in entries}
    return [
        FrameworkLine(
            framework_of(store, one.hash),
            one.at,
            by.get(one.hash, ""),
            tuple(each for each in known if each.framework == one.hash),
        )
        for one in versions
    ]


def publish(store: Store, signature: Signature, framework: Framework, content: bytes) -> Framework:
    """Keep a framework for good; the same again changes nothing.

    ``content`` is the file that ``framework`` was read from. Raises ``Forbidden``, or ``Refused``
    with ``version_taken`` where this id and version has another content already.
    """
    authorise(store, Action.RUN)
    with store.writing() as connection:
        known = frameworks.hold_versions(connection)
        if any(one.hash == framework.hash for one in known):
            return framework
        refuse_taken(framework, known)
        frameworks.publish(connection, content, signature.at)
        log.append(
            connection,
            log.Change(
                signature.by,
                signature.at,
                PUBLISH,
                subject=f"{framework.id} {framework.version}",
                new=framework.hash,
            ),
        )
    return framework


def refuse_taken(framework: Framework, known: Sequence[frameworks.Version]) -> None:
    """Refuse other content under an id and version that were published."""
    taken = [one for one in known if (one.id, one.version) == (framework.id, framework.version)]
    if taken and framework.hash not in {one.hash for one in taken}:
        values = {"id": framework.id, "version": framework.version}
        raise Refused([Fault("version_taken", "version", values=values)])


def published_versions(store: Store) -> Sequence[frameworks.Version]:
    """Every published framework, without its content, the latest first."""
    with store.reading() as connection:
        return frameworks.load_versions(connection)


def find_version(store: Store, framework_id: str, version: str) -> Framework | None:
    """The latest published framework with this id and version."""
    for one in published_versions(store):
        if (one.id, one.version) == (framework_id, version):
            return framework_of(store, one.hash)
    return None


def waiting_for(store: Store, round_id: str, framework: Framework) -> Waiting:
    """The assessments of a round that would be moved to a framework."""
    with store.reading() as connection:
        return Waiting(rescoring.count_states_left(connection, round_id, framework.hash))
