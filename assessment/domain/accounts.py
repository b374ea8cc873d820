"""People as this installation knows them, and what a password has to be."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from assessment.domain.errors import Fault, Refused
from assessment.domain.names import compare_key
from assessment.domain.permissions import Grant, Person, Role

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 128
LONGEST_LOGIN = 40
_FEWEST_LETTERS = 5
_IN_LOGINS = "._-@"
# The commonest passwords of ten and more characters in published lists of leaked ones, and the
# habits of keyboards; shorter ones are refused for their length.
_COMMON_WORDS = """
1234567890 12345678910 0123456789 9876543210 0987654321 1234512345 123123123123 1122334455
147258369a 123456789a 123456789q a123456789 aa123456789 qq123456789 123456789qq woaini1314
woaini1314520 woaini520 5201314520 1314520520 wang123456 zhang123456 abc1234567 abcd123456
abc123456789 asd123456789 qwe123456789 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc qwertyuiop
qwertyuiop123 qwerty123456 qwerty12345 asdfghjkl123 asdfghjkl1 zxcvbnm123 password12
password123 password1234 password12345 passw0rd123 p@ssw0rd123 p@ssword123 administrator
admin12345 admin123456 admin1234567 administrator1 welcome123 welcome1234 iloveyou123
iloveyou12 changeme123 letmein123 superman123 dragon12345 football123 baseball123
princess123 sunshine123 monkey12345 master12345 computer123 internet123 zaq12wsxcde3
1234567890a 1234567890q q1w2e3r4t5 q1w2e3r4t5y6 a1b2c3d4e5 a1s2d3f4g5 qazwsxedcr qazwsx123456
wanzhengshequ wanzhengshequ123 shequ123456 shequ12345 juweihui123 completecommunity
"""
_COMMON = frozenset(_COMMON_WORDS.split())


@dataclass(frozen=True)
class Account:
    """A person with roles. Who has a login signs in with a password; who has an issuer and a
    subject through that provider. ``seen_at`` is the last sign of life, if there was one."""

    id: str
    name: str
    login: str = ""
    issuer: str = ""
    subject: str = ""
    active: bool = True
    has_password: bool = False
    grants: tuple[Grant, ...] = ()
    seen_at: datetime | None = None

    @property
    def person(self) -> Person:
        """Who that is to the rest of the product; without any role while disabled."""
        return Person(self.id, self.name, self.grants if self.active else ())

    @property
    def is_admin(self) -> bool:
        """Whether the person runs the installation now."""
        return self.active and any(one.role is Role.ADMIN for one in self.grants)


def read_login(typed: str) -> str:
    """A login as it is kept and compared. Raises ``Refused``: ``login_unusable``."""
    login = compare_key(typed)
    if not 2 <= len(login) <= LONGEST_LOGIN or any(
        not (letter.isalnum() or letter in _IN_LOGINS) for letter in login
    ):
        raise Refused([Fault("login_unusable", "login")])
    return login


def read_password(typed: str, login: str) -> str:
    """A new password as it is hashed.

    Raises ``Refused``: ``password_short``, ``password_long`` or ``password_common``.
    """
    password = normal_password(typed)
    if len(password) < SHORTEST_PASSWORD:
        raise Refused([Fault("password_short", values={"shortest": str(SHORTEST_PASSWORD)})])
    if len(password) > LONGEST_PASSWORD:
        raise Refused([Fault("password_long", values={"longest": str(LONGEST_PASSWORD)})])
    key = password.casefold()
    if key in _COMMON or len(set(key)) < _FEWEST_LETTERS or (len(login) >= 4 and login in key):
        raise Refused([Fault("password_common")])
    return password


def normal_password(typed: str) -> str:
    """The same password whichever keyboard it was typed on: NFKC, nothing cut off."""
    return unicodedata.normalize("NFKC", typed)
