"""People and their roles."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select, update
from sqlalchemy import delete as delete_from

from assessment.domain.accounts import Account
from assessment.domain.permissions import Grant, Role
from assessment.store.tables import person, role_grant, sign_in
from assessment.store.upsert import insert


def add_person(connection: Connection, account: Account, at: datetime) -> bool:
    """Add a person without roles; whether it was possible: login and subject are given once."""
    fields = ("id", "name", "login", "issuer", "subject")
    values = {name: getattr(account, name) for name in fields}
    statement = insert(connection, person).values(**values, created_at=at)
    added = connection.execute(statement.on_conflict_do_nothing().returning(person.c.id))
    return added.first() is not None


def load_people(connection: Connection) -> Sequence[Account]:
    """Everybody, by name."""
    rows = connection.execute(select(person).order_by(person.c.name, person.c.id)).mappings().all()
    grants = _grants(connection, [row["id"] for row in rows])
    seen = select(sign_in.c.person, func.max(sign_in.c.seen_at)).group_by(sign_in.c.person)
    last = {row[0]: row[1] for row in connection.execute(seen)}
    return [_account(row, grants.get(row["id"], ()), last.get(row["id"])) for row in rows]


def find_person(connection: Connection, person_id: str) -> Account | None:
    """One person by the id, or ``None``."""
    return _find(connection, person.c.id == person_id)


def find_login(connection: Connection, login: str) -> Account | None:
    """One person by the login, or ``None``."""
    return _find(connection, person.c.login == login) if login else None


def find_subject(connection: Connection, issuer: str, subject: str) -> Account | None:
    """One person by what a provider calls them, or ``None``."""
    if not issuer or not subject:
        return None
    return _find(connection, (person.c.issuer == issuer) & (person.c.subject == subject))


def password_of(connection: Connection, person_id: str) -> str:
    """The hash of a person's password; empty if there is none."""
    query = select(person.c.password).where(person.c.id == person_id)
    return connection.execute(query).scalar() or ""


def set_password(connection: Connection, person_id: str, hashed: str) -> None:
    """Keep the hash of a new password."""
    connection.execute(update(person).where(person.c.id == person_id).values(password=hashed))


def set_active(connection: Connection, person_id: str, active: bool) -> bool:
    """Disable or enable a person; whether that changed anything."""
    statement = update(person).where(person.c.id == person_id, person.c.active != int(active))
    return connection.execute(statement.values(active=int(active))).rowcount > 0


def add_grant(connection: Connection, person_id: str, grant: Grant, by: str, at: datetime) -> bool:
    """Give a role; whether the person did not have it."""
    values = {"person": person_id, "role": grant.role.value, "by": by, "at": at}
    statement = insert(connection, role_grant).values(
        **values, community=grant.community, area=grant.area
    )
    added = connection.execute(statement.on_conflict_do_nothing().returning(role_grant.c.id))
    return added.first() is not None


def remove_grant(connection: Connection, person_id: str, grant: Grant) -> bool:
    """Take a role away; whether the person had it."""
    statement = delete_from(role_grant).where(
        role_grant.c.person == person_id,
        role_grant.c.role == grant.role.value,
        role_grant.c.community == grant.community,
        role_grant.c.area == grant.area,
    )
    return connection.execute(statement).rowcount > 0


def count_admins(connection: Connection) -> int:
    """How many active people run the installation."""
    admins = select(func.count(func.distinct(person.c.id))).select_from(
        person.join(role_grant, role_grant.c.person == person.c.id)
    )
    found = admins.where(person.c.active == 1, role_grant.c.role == Role.ADMIN.value)
    return int(connection.execute(found).scalar() or 0)


def _find(connection: Connection, condition: ColumnElement[bool]) -> Account | None:
    row = connection.execute(select(person).where(condition)).mappings().first()
    if row is None:
        return None
    return _account(row, _grants(connection, [row["id"]]).get(row["id"], ()), None)


def _grants(connection: Connection, people: Collection[str]) -> dict[str, tuple[Grant, ...]]:
    query = select(role_grant).where(role_grant.c.person.in_(people)).order_by(role_grant.c.id)
    found: dict[str, tuple[Grant, ...]] = {}
    for row in connection.execute(query).mappings():
        grant = Grant(Role(row["role"]), row["community"], row["area"])
        found[row["person"]] = (*found.get(row["person"], ()), grant)
    return found


def _account(row: RowMapping, grants: tuple[Grant, ...], seen_at: datetime | None) -> Account:
    return Account(
        id=row["id"],
        name=row["name"],
        login=row["login"],
        issuer=row["issuer"],
        subject=row["subject"],
        active=bool(row["active"]),
        has_password=bool(row["password"]),
        grants=grants,
        seen_at=seen_at,
    )
