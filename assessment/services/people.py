"""People and their roles, as an administrator keeps them. Each change is in the log."""

from collections.abc import Sequence
from datetime import timedelta

from assessment.domain.accounts import Account, read_login
from assessment.domain.errors import Fault, Refused
from assessment.domain.names import read_name, read_text
from assessment.domain.permissions import Action, Grant, Role
from assessment.domain.records import Signature
from assessment.services.authorising import authorise
from assessment.services.divisions import division
from assessment.services.tokens import new_id, new_token, token_hash
from assessment.store import communities, log, people, sign_ins
from assessment.store.engine import Store, Transaction

PASSWORD = "password"  # noqa: S105 - a kind of invitation
INVITED_FOR = timedelta(hours=72)
_LONGEST_SUBJECT = 255


def list_people(store: Store) -> Sequence[Account]:
    """Everybody with their roles. Raises ``Forbidden``."""
    authorise(store, Action.RUN)
    with store.reading() as connection:
        return people.load_people(connection)


def add_with_login(store: Store, signature: Signature, name: str, login: str) -> Account:
    """Add a person who will have a password; ``invite`` then gives them a link to set it.

    Raises ``Forbidden``, or ``Refused``: ``name_empty``, ``name_too_long``, ``text_control``,
    ``login_unusable`` or ``login_taken``.
    """
    authorise(store, Action.RUN)
    account = Account(new_id(), read_name(name), login=read_login(login))
    taken = Fault("login_taken", values={"name": account.login})
    return _add(store, signature, account, taken)


def add_with_subject(
    store: Store, signature: Signature, name: str, issuer: str, subject: str
) -> Account:
    """Add a person whom a provider knows as ``subject``.

    Raises ``Forbidden``, or ``Refused``: ``name_empty``, ``name_too_long``, ``text_control``,
    ``text_too_long``, ``subject_empty`` or ``subject_taken``.
    """
    authorise(store, Action.RUN)
    issuer = read_text(issuer.strip(), _LONGEST_SUBJECT)
    subject = read_text(subject.strip(), _LONGEST_SUBJECT)
    if not issuer or not subject:
        raise Refused([Fault("subject_empty")])
    account = Account(new_id(), read_name(name), issuer=issuer, subject=subject)
    taken = Fault("subject_taken", values={"name": account.subject})
    return _add(store, signature, account, taken)


def grant_role(store: Store, signature: Signature, account: Account, grant: Grant) -> None:
    """Give a role; giving it twice changes nothing.

    Raises ``Forbidden``, or ``Refused``: ``role_without_community`` or ``role_without_area``.
    """
    authorise(store, Action.RUN)
    with store.writing() as connection:
        _check_place(connection, grant)
        if people.add_grant(connection, account.id, grant, signature.by, signature.at):
            _note(connection, signature, "grant_added", account.id, new=_words(grant))


def revoke_role(store: Store, signature: Signature, account: Account, grant: Grant) -> None:
    """Take a role away. Raises ``Forbidden``, or ``Refused``: ``last_admin``."""
    authorise(store, Action.RUN)
    with store.writing() as connection:
        if people.remove_grant(connection, account.id, grant):
            if grant.role is Role.ADMIN:
                _still_run(connection)
            _note(connection, signature, "grant_removed", account.id, old=_words(grant))


def disable(store: Store, signature: Signature, account: Account) -> None:
    """Shut a person out at once. Raises ``Forbidden``, or ``Refused``: ``last_admin``."""
    authorise(store, Action.RUN)
    with store.writing() as connection:
        before = people.find_person(connection, account.id)
        if people.set_active(connection, account.id, active=False):
            if before is not None and before.is_admin:
                _still_run(connection)
            sign_ins.end_sign_ins(connection, account.id, signature.at)
            _note(connection, signature, "person_disabled", account.id)


def enable(store: Store, signature: Signature, account: Account) -> None:
    """Let a disabled person sign in again. Raises ``Forbidden``."""
    authorise(store, Action.RUN)
    with store.writing() as connection:
        if people.set_active(connection, account.id, active=True):
            _note(connection, signature, "person_enabled", account.id)


def sign_out_everywhere(store: Store, signature: Signature, account: Account) -> None:
    """End all sign-ins of a person. Raises ``Forbidden``."""
    authorise(store, Action.RUN)
    with store.writing() as connection:
        if sign_ins.end_sign_ins(connection, account.id, signature.at):
            _note(connection, signature, "signed_out_everywhere", account.id)


def invite(store: Store, signature: Signature, account: Account) -> str:
    """A token with which the person sets a password, once; it replaces an older one.

    Raises ``Forbidden``.
    """
    authorise(store, Action.RUN)
    token, ends = new_token(), signature.at + INVITED_FOR
    with store.writing() as connection:
        sign_ins.add_invitation(connection, token_hash(token), PASSWORD, account.id, ends)
        _note(connection, signature, "person_invited", account.id)
    return token


def _add(store: Store, signature: Signature, account: Account, taken: Fault) -> Account:
    with store.writing() as connection:
        if not people.add_person(connection, account, signature.at):
            raise Refused([taken])
        _note(connection, signature, "person_added", account.id, new=account.name)
    return account


def _check_place(connection: Transaction, grant: Grant) -> None:
    if grant.role is Role.STAFF:
        if not grant.community or communities.load_community(connection, grant.community) is None:
            raise Refused([Fault("role_without_community")])
    elif grant.area and division(grant.area) is None:
        raise Refused([Fault("role_without_area")])


def _still_run(connection: Transaction) -> None:
    """Raised inside the transaction, so that it takes back what was done."""
    if people.count_admins(connection) == 0:
        raise Refused([Fault("last_admin")])


def _words(grant: Grant) -> str:
    return " ".join(filter(None, (grant.role.value, grant.community, grant.area)))


def _note(
    connection: Transaction,
    signature: Signature,
    action: str,
    person_id: str,
    old: str = "",
    new: str = "",
) -> None:
    change = log.Change(signature.by, signature.at, action, subject=person_id, old=old, new=new)
    log.append(connection, change)
