"""One-time links: the first administrator of an installation, and everybody's password."""

from datetime import datetime, timedelta

from assessment.domain.accounts import Account, read_login, read_password
from assessment.domain.errors import Fault, Refused
from assessment.domain.names import read_name
from assessment.domain.permissions import Grant, Role
from assessment.services.people import PASSWORD
from assessment.services.tokens import hash_password, new_id, new_token, token_hash
from assessment.store import log, people, sign_ins
from assessment.store.engine import Store, Transaction
from assessment.store.sign_ins import Invitation

FIRST_ADMIN = "first_admin"
_OPERATOR = "operator"
_FIRST_ADMIN_FOR = timedelta(hours=24)


def first_admin_token(store: Store, at: datetime) -> str:
    """A new token for the first administrator; empty if there is an administrator."""
    with store.writing() as connection:
        if people.count_admins(connection):
            return ""
        token = new_token()
        ends = at + _FIRST_ADMIN_FOR
        sign_ins.add_invitation(connection, token_hash(token), FIRST_ADMIN, "", ends)
        log.append(connection, log.Change(_OPERATOR, at, "first_admin_invited"))
    return token


def invited(store: Store, token: str, at: datetime) -> tuple[Invitation, str]:
    """What a token is for, and the login it is for if there is one.

    Raises ``Refused``: ``invitation_invalid`` for one that is unknown, used or too old.
    """
    with store.reading() as connection:
        found = _valid(connection, token, at)
        account = people.find_person(connection, found.person) if found.person else None
    return found, account.login if account else ""


def make_first_admin(
    store: Store, token: str, name: str, login: str, password: str, at: datetime
) -> None:
    """Make the first administrator, who signs in with a password.

    Raises ``Refused``: ``invitation_invalid``, or what is wrong with name, login or password.
    """
    invited(store, token, at)
    login = read_login(login)
    account = Account(new_id(), read_name(name), login=login)
    hashed = hash_password(read_password(password, login))
    with store.writing() as connection:
        _make_admin(connection, token, account, at)
        people.set_password(connection, account.id, hashed)


def claim_first_admin(
    store: Store, token: str, name: str, issuer: str, subject: str, at: datetime
) -> None:
    """Make the first administrator, whom a provider has named. Raises ``Refused``, as above."""
    account = Account(new_id(), read_name(name), issuer=issuer, subject=subject)
    with store.writing() as connection:
        _make_admin(connection, token, account, at)


def set_password(store: Store, token: str, password: str, at: datetime) -> None:
    """Set the password that an invitation is for; it ends every sign-in of the person.

    Raises ``Refused``: ``invitation_invalid``, or what is wrong with the password.
    """
    found, login = invited(store, token, at)
    if found.kind != PASSWORD or not login:
        raise Refused([Fault("invitation_invalid")])
    hashed = hash_password(read_password(password, login))
    with store.writing() as connection:
        _use(connection, token, at)
        people.set_password(connection, found.person, hashed)
        sign_ins.end_sign_ins(connection, found.person, at)
        sign_ins.clear_failures(connection, f"account:{login}")
        change = log.Change(found.person, at, "password_set", subject=found.person)
        log.append(connection, change)


def _make_admin(connection: Transaction, token: str, account: Account, at: datetime) -> None:
    if _valid(connection, token, at).kind != FIRST_ADMIN or people.count_admins(connection):
        raise Refused([Fault("invitation_invalid")])
    _use(connection, token, at)
    if not people.add_person(connection, account, at):
        raise Refused([Fault("login_taken", values={"name": account.login or account.subject})])
    people.add_grant(connection, account.id, Grant(Role.ADMIN), _OPERATOR, at)
    for action in ("person_added", "grant_added"):
        change = log.Change(_OPERATOR, at, action, subject=account.id, new=Role.ADMIN.value)
        log.append(connection, change)


def _valid(connection: Transaction, token: str, at: datetime) -> Invitation:
    found = sign_ins.find_invitation(connection, token_hash(token)) if token else None
    if found is None or found.used or found.expires_at < at:
        raise Refused([Fault("invitation_invalid")])
    return found


def _use(connection: Transaction, token: str, at: datetime) -> None:
    if not sign_ins.use_invitation(connection, token_hash(token), at):
        raise Refused([Fault("invitation_invalid")])
