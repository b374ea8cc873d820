"""Who may see and change what: roles, each for communities or for an area.

A person's roles come from the records of this installation only, never from a sign-in provider.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Role(StrEnum):
    """What a person is here."""

    STAFF = "staff"
    REVIEWER = "reviewer"
    VIEWER = "viewer"
    ADMIN = "admin"


class Action(StrEnum):
    """What a person may be allowed to do with a community, or with the installation."""

    SEE = "see"
    ANSWER = "answer"
    SUBMIT = "submit"
    REVIEW = "review"
    COMMENT = "comment"
    POLL = "poll"
    REGISTER = "register"
    RUN = "run"


# RUN is everything that concerns the installation: rounds, checklists, people, the sample.
_ALLOWED = {
    Role.STAFF: {Action.SEE, Action.ANSWER, Action.SUBMIT, Action.COMMENT, Action.POLL},
    Role.REVIEWER: {Action.SEE, Action.REVIEW, Action.COMMENT, Action.REGISTER, Action.POLL},
    Role.VIEWER: {Action.SEE},
    Role.ADMIN: set(Action),
}
# The sample is fiction, to try everything with; only who runs the product brings it in.
_SAMPLE = {Action.SEE, Action.ANSWER, Action.COMMENT, Action.POLL}


class Located(Protocol):
    """What is asked about: a community, or the district in which one is to be registered."""

    @property
    def code(self) -> str:
        """The community's code."""

    @property
    def adcode(self) -> str:
        """The six-digit division code that it lies in; may be empty."""

    @property
    def sample(self) -> bool:
        """Whether it is fiction."""


@dataclass(frozen=True)
class Grant:
    """One role. It holds for a community, or for an area and all in it; "" is the nation.

    ``area`` is a six-digit division code. Staff have a community, reviewers and viewers an area,
    admins neither.
    """

    role: Role
    community: str = ""
    area: str = ""

    def holds_for(self, thing: Located) -> bool:
        """Whether it is about this community."""
        if self.role is Role.STAFF:
            return bool(self.community) and self.community == thing.code
        return thing.adcode.startswith(area_prefix(self.area))


@dataclass(frozen=True)
class Person:
    """Who is at work. ``id`` is what the log keeps; ``name`` is what people read."""

    id: str
    name: str
    grants: tuple[Grant, ...] = ()

    @property
    def sees_all(self) -> bool:
        """Whether no community is hidden from the person."""
        everywhere = (one for one in self.grants if one.role is not Role.STAFF)
        return any(not one.area for one in everywhere)

    @property
    def reach(self) -> "Reach":
        """Which communities the person may see."""
        areas = {area_prefix(one.area) for one in self.grants if one.role is not Role.STAFF}
        codes = {one.community for one in self.grants if one.role is Role.STAFF}
        return Reach(frozenset(areas), frozenset(filter(None, codes)))


@dataclass(frozen=True)
class Reach:
    """Communities by the first digits of their division codes, and by their own codes."""

    prefixes: frozenset[str]
    codes: frozenset[str]

    @property
    def is_everything(self) -> bool:
        """Whether it holds every community."""
        return "" in self.prefixes

    def holds(self, thing: Located) -> bool:
        """Whether it holds this community; the sample is within everyone's reach."""
        return (
            thing.sample
            or thing.code in self.codes
            or any(thing.adcode.startswith(prefix) for prefix in self.prefixes)
        )


# Whoever is at the machine itself: the commands, and the way without accounts.
OPERATOR = Person("operator", "operator", (Grant(Role.ADMIN),))
LOCAL = Person("local", "local", (Grant(Role.ADMIN),))
# Whoever is not signed in, or no longer.
NOBODY = Person("", "")


def area_prefix(area: str) -> str:
    """The digits that all divisions of an area begin with: 110000 → 11, 110100 → 1101."""
    if area.endswith("0000"):
        return area[:2]
    return area[:4] if area.endswith("00") else area


def may(person: Person, action: Action, thing: Located | None = None) -> bool:
    """Whether the person may do this; ``thing`` is ``None`` for what concerns no community."""
    if thing is None:
        return any(action in _ALLOWED[one.role] and one.role is Role.ADMIN for one in person.grants)
    if thing.sample and action in _SAMPLE and person.grants:
        return True
    return any(action in _ALLOWED[one.role] and one.holds_for(thing) for one in person.grants)


def may_somewhere(person: Person, action: Action) -> bool:
    """Whether there may be a community with which the person may do this."""
    return any(action in _ALLOWED[one.role] for one in person.grants)
