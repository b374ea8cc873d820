"""Communities in two areas, and people with every role in one of them."""

from dataclasses import dataclass
from datetime import datetime

from assessment.domain.accounts import Account
from assessment.domain.permissions import Grant, Role
from assessment.domain.records import Community, Signature
from assessment.services.communities import Registration, register
from assessment.services.invitations import set_password
from assessment.services.people import add_with_login, grant_role, invite
from assessment.services.sign_in import sign_in
from assessment.store.engine import Store
from tests.conftest import NOW

PASSWORD = "four unrelated words"
BY = Signature("tester", NOW)
# Two communities in one area and one in another; names that are found nowhere else.
NEAR, BESIDE, FAR = "甲一社区", "甲二社区", "乙一社区"
NEAR_AREA, FAR_AREA = "110105", "310101"
EVERY_ROLE = (*Role,)


@dataclass(frozen=True)
class Cast:
    """The communities of a test."""

    near: Community
    beside: Community
    far: Community

    def grant(self, role: Role) -> Grant:
        """The role as the tests give it: for ``near`` alone, its province, or everything."""
        if role is Role.STAFF:
            return Grant(role, community=self.near.code)
        return Grant(role) if role is Role.ADMIN else Grant(role, area="110000")


def make_cast(store: Store) -> Cast:
    """Register the communities."""
    near = register(store, BY, Registration(NEAR, NEAR_AREA, name_en="Nearby One"))
    beside = register(store, BY, Registration(BESIDE, NEAR_AREA, name_en="Nearby Two"))
    far = register(store, BY, Registration(FAR, FAR_AREA, name_en="Faraway One"))
    return Cast(near, beside, far)


def add_person(store: Store, login: str, *grants: Grant, at: datetime = NOW) -> Account:
    """A person with a password and roles."""
    account = add_with_login(store, Signature("tester", at), f"人员 {login}", login)
    set_password(store, invite(store, Signature("tester", at), account), PASSWORD, at)
    for grant in grants:
        grant_role(store, Signature("tester", at), account, grant)
    return account


def token_for(store: Store, login: str, *grants: Grant, at: datetime = NOW) -> str:
    """Add a person and sign them in."""
    add_person(store, login, *grants, at=at)
    return sign_in(store, login, PASSWORD, "127.0.0.1", at)
