"""Where the content of a passport would go here, before anything is written.

A community is the one here with the same code and name, or with the same name in the same
district; otherwise it is registered anew. Figures go only into a round with the same checklist,
and never over what somebody said here. Codes bind community and round: where either is another
one here, figures arrive as a draft, to be handed in anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from assessment.domain.fingerprint import fingerprint
from assessment.domain.names import compare_key
from assessment.domain.passport import RoundPart
from assessment.domain.passport_parts import as_draft, community_of, round_of, sheet_of
from assessment.domain.permissions import Action
from assessment.domain.records import Assessment, Community, LogEntry, Round
from assessment.domain.round_days import is_closed
from assessment.domain.sheet import Sheet
from assessment.services.authorising import allows
from assessment.services.passport_check import Checked
from assessment.services.passport_content import OPENED
from assessment.services.rounds import next_id
from assessment.services.sheets import sheet_in
from assessment.store import comments, communities, facilities, handovers, log, plan, rounds
from assessment.store.engine import Store, Transaction


class Target(StrEnum):
    """Which community here a passport is about."""

    KNOWN = "known"
    SAME_NAME = "same_name"
    NEW = "new"
    NEW_CODE = "new_code"


class Where(StrEnum):
    """What becomes of a round of a passport."""

    HERE = "here"
    NEW_ROUND = "new_round"
    ALREADY = "already"
    OTHERS = "others"
    CLOSED = "closed"
    NEEDS_ADMIN = "needs_admin"

    @property
    def is_written(self) -> bool:
        """Whether the figures would be written."""
        return self in (Where.HERE, Where.NEW_ROUND)


@dataclass(frozen=True)
class RoundPlan:
    """A round of a passport, the round here, and the figures as they would be kept."""

    part: RoundPart
    where: Where
    round: Round
    sheet: Sheet

    @property
    def keeps_code(self) -> bool:
        """Whether the figures have the same code here."""
        return fingerprint(self.sheet) == self.part.code

    @property
    def keeps_state(self) -> bool:
        """Whether they arrive handed in or approved, as they were."""
        return self.sheet.assessment.state is self.part.state


@dataclass(frozen=True)
class Preview:
    """What opening a passport would do. ``opened`` are the entries of earlier openings of it."""

    target: Target
    community: Community
    rounds: Sequence[RoundPlan]
    takes_facilities: bool
    takes_plan: bool
    opened: Sequence[LogEntry]
    may_write: bool

    @property
    def is_new(self) -> bool:
        """Whether the community would be registered."""
        return self.target in (Target.NEW, Target.NEW_CODE)

    @property
    def writes(self) -> Sequence[RoundPlan]:
        """The rounds that would be written."""
        return [one for one in self.rounds if one.where.is_written]


def preview(store: Store, checked: Checked, at: datetime) -> Preview:
    """What would become of a passport here, for the person at work."""
    with store.reading() as connection:
        return preview_in(connection, store, checked, at)


def preview_in(connection: Transaction, store: Store, checked: Checked, at: datetime) -> Preview:
    """The same inside a transaction."""
    target, community = _target(connection, checked)
    may_write, code = _may_write(store, community, target), community.code
    plans = _round_plans(connection, store, checked, community, at) if may_write else ()
    done = log.done_with(connection, code, OPENED)
    return Preview(
        target,
        community,
        plans,
        takes_facilities=not facilities.load_facilities(connection, code),
        takes_plan=not plan.load_actions(connection, code),
        opened=[one for one in done if one.new.partition(" ")[0] == checked.opened.seal],
        may_write=may_write,
    )


def _may_write(store: Store, community: Community, target: Target) -> bool:
    """Staff open passports of their own community; others where they may register one."""
    if community.sample:
        return allows(store, Action.RUN)
    is_known = target in (Target.KNOWN, Target.SAME_NAME)
    own = is_known and allows(store, Action.ANSWER, community)
    return own or allows(store, Action.REGISTER, community)


def _target(connection: Transaction, checked: Checked) -> tuple[Target, Community]:
    wanted = community_of(checked.passport.community)
    here = communities.load_community(connection, wanted.code)
    if here is not None and _is_same(here, wanted):
        return Target.KNOWN, here
    twins = communities.same_name(connection, wanted.name_zh, wanted.adcode)
    twins = [one for one in twins if one.sample == wanted.sample]
    if twins and wanted.adcode:
        return Target.SAME_NAME, twins[0]
    if communities.is_known(connection, wanted.code):
        code = communities.next_local_code(connection)
        return Target.NEW_CODE, replace(wanted, code=code)
    return Target.NEW, wanted


def _is_same(here: Community, wanted: Community) -> bool:
    same_place = here.adcode == wanted.adcode or not here.adcode or not wanted.adcode
    same_name = compare_key(here.name_zh) == compare_key(wanted.name_zh)
    return same_name and same_place and here.sample == wanted.sample


def _round_plans(
    connection: Transaction, store: Store, checked: Checked, community: Community, at: datetime
) -> Sequence[RoundPlan]:
    known, plans = rounds.load_rounds(connection), list[RoundPlan]()
    for part in checked.passport.rounds:
        here = _round_here(part, known)
        one = here or _round_to_make(part, known)
        sheet = _arriving(store, checked, part, community, one)
        where = _where(connection, store, here, sheet, at)
        if any(other.round.id == one.id for other in plans):
            where = Where.OTHERS
        if here is None:
            known.append(one)
        plans.append(RoundPlan(part, where, one, sheet))
    return plans


def _round_here(part: RoundPart, known: Sequence[Round]) -> Round | None:
    """The round here with the same checklist and the same id or name, if there is one."""
    kind = (part.framework, part.sample)
    fitting = [one for one in known if (one.framework, one.sample) == kind]
    named = {compare_key(part.label_zh), compare_key(_marked(part, part.label_zh))}
    by_id = (one for one in fitting if one.id == part.id)
    by_name = (one for one in fitting if compare_key(one.label_zh) in named)
    return next(iter((*by_id, *by_name)), None)


def _round_to_make(part: RoundPart, known: Sequence[Round]) -> Round:
    """A round of its own for the passport: its own id and name unless others have them."""
    wanted = round_of(part)
    if any(one.id == part.id for one in known):
        wanted = replace(wanted, id=next_id(part.opens[:4], known))
    labels = {compare_key(label) for one in known for label in (one.label_zh, one.label_en)}
    if {compare_key(part.label_zh), compare_key(part.label_en)} & labels:
        label_zh, label_en = _marked(part, part.label_zh), _marked(part, part.label_en)
        wanted = replace(wanted, label_zh=label_zh, label_en=label_en)
    return wanted


def _marked(part: RoundPart, label: str) -> str:
    """A name that tells rounds of different checklists apart."""
    return f"{label} ({part.framework[:4]})"


def _arriving(
    store: Store, checked: Checked, part: RoundPart, community: Community, one: Round
) -> Sheet:
    """The figures as they would be kept: as they were, or as a draft."""
    sheet = sheet_of(part, checked.frameworks[part.framework], community, one)
    reviews = allows(store, Action.REVIEW, community)
    if reviews and fingerprint(sheet) == part.code:
        return sheet
    return as_draft(sheet, keep_decisions=reviews)


def _where(
    connection: Transaction, store: Store, here: Round | None, sheet: Sheet, at: datetime
) -> Where:
    runs = allows(store, Action.RUN)
    if here is None:
        return Where.NEW_ROUND if runs else Where.NEEDS_ADMIN
    begun = rounds.find_assessment(connection, sheet.community.code, here.id)
    if begun is not None and not is_blank(connection, store, begun):
        kept = sheet_in(connection, store, begun)
        same = kept is not None and fingerprint(kept) == fingerprint(sheet)
        return Where.ALREADY if same else Where.OTHERS
    return Where.CLOSED if is_closed(here, at) and not runs else Where.HERE


def is_blank(connection: Transaction, store: Store, begun: Assessment) -> bool:
    """Whether an assessment was begun and nothing was ever said in it."""
    sheet = sheet_in(connection, store, begun)
    if sheet is None or sheet.answers or sheet.saved_facts or sheet.evidence:
        return False
    shown = comments.load_comments(connection, begun.id)
    return not (shown or handovers.load_handovers(connection, begun.id))
