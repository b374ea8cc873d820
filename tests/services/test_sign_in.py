"""Signing in with a password, what ends a sign-in, and what slows down who guesses."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from assessment.domain.errors import Refused
from assessment.domain.permissions import Grant, Role
from assessment.services import people, tokens
from assessment.services.invitations import (
    first_admin_token,
    invited,
    make_first_admin,
    set_password,
)
from assessment.services.sign_in import person_of, sign_in, sign_in_as, sign_out
from assessment.store import tables
from assessment.store.engine import Store
from tests.conftest import NOW
from tests.people import BY, PASSWORD, add_person, token_for

VIEWER = Grant(Role.VIEWER)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def codes(do: Callable[[], object]) -> list[str]:
    """The faults with which something is refused."""
    with pytest.raises(Refused) as refused:
        do()
    return [fault.code for fault in refused.value.faults]


def logged(store: Store) -> list[tuple[str, str, str]]:
    """Every entry of the log: action, by whom, about whom."""
    with store.reading() as connection:
        query = select(tables.log.c.action, tables.log.c.by, tables.log.c.subject)
        return [tuple(row) for row in connection.execute(query.order_by(tables.log.c.id))]


def guess(store: Store, login: str, address: str = "10.0.0.1") -> list[str]:
    """Try a wrong password."""
    return codes(lambda: sign_in(store, login, "not the password", address, NOW))


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes as quick as they can be: what is tested is not their cost."""
    hasher = tokens.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(tokens, "_HASHER", hasher)
    monkeypatch.setattr(tokens, "_NOBODYS", hasher.hash("nobody's"))


def test_who_signs_in_is_known_by_the_token_and_nothing_secret_is_kept(store: Store) -> None:
    token = token_for(store, "li", VIEWER)
    person = person_of(store, token, NOW)
    assert person is not None
    assert person.grants == (VIEWER,)
    with store.reading() as connection:
        kept = [*connection.execute(select(tables.person)), *connection.execute(select(tables.log))]
        kept += [*connection.execute(select(tables.sign_in))]
    words = repr(kept)
    assert token not in words
    assert PASSWORD not in words
    assert ("sign_in", person.id, person.id) in logged(store)


def test_capitals_and_width_of_a_login_do_not_matter(store: Store) -> None:
    add_person(store, "Li.Na", VIEWER)
    assert sign_in(store, " ＬＩ.na ", PASSWORD, "10.0.0.1", NOW)


def test_unknown_wrong_and_disabled_are_told_the_same(store: Store) -> None:
    account = add_person(store, "li", VIEWER)
    add_person(store, "boss", Grant(Role.ADMIN))
    assert guess(store, "li") == guess(store, "nobody") == ["sign_in_wrong"]
    people.disable(store, BY, account)
    assert codes(lambda: sign_in(store, "li", PASSWORD, "10.0.0.2", NOW)) == ["sign_in_wrong"]
    assert ("sign_in_failed", "", account.id) in logged(store)
    assert ("sign_in_failed", "", "") in logged(store)


def test_an_unknown_name_costs_as_much_work_as_a_wrong_password(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []
    verify = tokens.PasswordHasher.verify

    def counted(self: tokens.PasswordHasher, hashed: str, password: str) -> bool:
        compared.append(hashed)
        return bool(verify(self, hashed, password))

    monkeypatch.setattr(tokens.PasswordHasher, "verify", counted)
    guess(store, "nobody")
    assert len(compared) == 1


def test_ten_wrong_passwords_slow_that_account_and_nobody_else(store: Store) -> None:
    add_person(store, "li", VIEWER)
    add_person(store, "wang", VIEWER)
    answers = [guess(store, "li") for _ in range(10)]
    assert answers[:4] == [["sign_in_wrong"]] * 4
    assert answers[4:] == [["sign_in_wait"]] * 6
    # The right password has to wait too, or the wait would tell which it is.
    assert codes(lambda: sign_in(store, "li", PASSWORD, "10.0.0.1", NOW)) == ["sign_in_wait"]
    assert sign_in(store, "wang", PASSWORD, "10.0.0.1", NOW)
    assert sign_in(store, "li", PASSWORD, "10.0.0.1", NOW + MINUTE)


def test_the_wait_doubles_up_to_five_minutes_and_ends_with_the_right_password(
    store: Store,
) -> None:
    add_person(store, "li", VIEWER)
    at, waits = NOW, []
    for _ in range(14):
        try_now = partial(sign_in, store, "li", "wrong", "10.0.0.1", at)
        assert codes(try_now) == ["sign_in_wrong"]
        with store.reading() as connection:
            until = connection.execute(
                select(tables.throttle.c.until).where(tables.throttle.c.key == "account:li")
            ).scalar_one()
        waits.append((until - at).total_seconds())
        at = until
    assert waits[:7] == [0, 0, 0, 2, 4, 8, 16]
    assert waits[-1] == 300
    sign_in(store, "li", PASSWORD, "10.0.0.1", at)
    assert codes(lambda: sign_in(store, "li", "wrong", "10.0.0.1", at)) == ["sign_in_wrong"]


def test_an_address_that_tries_many_names_has_to_wait_and_others_do_not(store: Store) -> None:
    add_person(store, "li", VIEWER)
    answers = [guess(store, f"name{number}", "10.9.9.9") for number in range(62)]
    assert answers[59] == ["sign_in_wrong"]
    assert answers[61] == ["sign_in_wait"]
    assert sign_in(store, "li", PASSWORD, "10.0.0.1", NOW)


def test_a_copied_token_ends_at_log_out(store: Store) -> None:
    token = token_for(store, "li", VIEWER)
    other = sign_in(store, "li", PASSWORD, "10.0.0.1", NOW)
    sign_out(store, token, NOW)
    assert person_of(store, token, NOW) is None
    assert person_of(store, other, NOW) is not None
    assert [one[0] for one in logged(store)].count("sign_out") == 1


def test_a_token_ends_when_the_person_is_disabled_and_stays_ended(store: Store) -> None:
    token = token_for(store, "li", VIEWER)
    add_person(store, "boss", Grant(Role.ADMIN))
    account = people.list_people(store)[1]
    assert account.login == "li"
    people.disable(store, BY, account)
    assert person_of(store, token, NOW) is None
    people.enable(store, BY, account)
    assert person_of(store, token, NOW) is None
    assert sign_in(store, "li", PASSWORD, "10.0.0.1", NOW)


def test_a_token_ends_without_use_and_after_a_longest_time(store: Store) -> None:
    token = token_for(store, "li", VIEWER)
    assert person_of(store, token, NOW + 121 * MINUTE) is None
    at = NOW
    while at < NOW + 12 * HOUR:
        assert person_of(store, token, at) is not None
        at += HOUR
    assert person_of(store, token, NOW + 12 * HOUR + MINUTE) is None


def test_roles_that_are_taken_away_are_gone_at_once(store: Store) -> None:
    token = token_for(store, "li", VIEWER)
    (account,) = people.list_people(store)
    people.revoke_role(store, BY, account, VIEWER)
    person = person_of(store, token, NOW)
    assert person is not None
    assert person.grants == ()


def test_the_first_administrator_comes_by_a_token_that_counts_once(store: Store) -> None:
    old, token = first_admin_token(store, NOW), first_admin_token(store, NOW)
    make = (store, token, "王主任", "wang", PASSWORD)
    assert codes(lambda: make_first_admin(store, old, *make[2:], NOW)) == ["invitation_invalid"]
    late = NOW + 25 * HOUR
    assert codes(lambda: make_first_admin(*make, late)) == ["invitation_invalid"]
    make_first_admin(*make, NOW)
    again = (store, token, "另一位", "other", PASSWORD)
    assert codes(lambda: make_first_admin(*again, NOW)) == ["invitation_invalid"]
    assert first_admin_token(store, NOW) == ""
    assert [one.is_admin for one in people.list_people(store)] == [True]


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "password_short"),
        ("x" * 129, "password_long"),
        ("Password123", "password_common"),
        ("aaaaaaaaaaaaaa", "password_common"),
        ("wangwang and more", "password_common"),
    ],
)
def test_a_weak_password_is_refused_and_the_link_still_works(
    store: Store, password: str, code: str
) -> None:
    account = people.add_with_login(store, BY, "王", "wangwang")
    token = people.invite(store, BY, account)
    assert codes(lambda: set_password(store, token, password, NOW)) == [code]
    set_password(store, token, PASSWORD, NOW)
    assert sign_in(store, "wangwang", PASSWORD, "10.0.0.1", NOW)


def test_a_reset_ends_every_sign_in_and_every_older_link(store: Store) -> None:
    token = token_for(store, "li", VIEWER)
    (account,) = people.list_people(store)
    first, second = people.invite(store, BY, account), people.invite(store, BY, account)
    assert codes(lambda: invited(store, first, NOW)) == ["invitation_invalid"]
    set_password(store, second, "quite another one", NOW)
    assert person_of(store, token, NOW) is None
    assert codes(lambda: set_password(store, second, PASSWORD, NOW)) == ["invitation_invalid"]
    assert guess(store, "li") == ["sign_in_wrong"]
    assert sign_in(store, "li", "quite another one", "10.0.0.1", NOW)


def test_whom_a_provider_names_needs_a_place_in_the_list_and_comes_once_with_each_proof(
    store: Store,
) -> None:
    come = (store, "https://id.example", "abc")
    assert codes(lambda: sign_in_as(*come, "proof", NOW)) == ["sign_in_unknown"]
    account = people.add_with_subject(store, BY, "李", "https://id.example", "abc")
    people.grant_role(store, BY, account, VIEWER)
    token = sign_in_as(*come, "proof", NOW)
    assert person_of(store, token, NOW) is not None
    assert codes(lambda: sign_in_as(*come, "proof", NOW)) == ["sign_in_used"]
    assert codes(lambda: sign_in_as(store, "https://other", "abc", "p", NOW)) == ["sign_in_unknown"]


def test_the_last_administrator_stays(store: Store) -> None:
    account = add_person(store, "boss", Grant(Role.ADMIN))
    assert codes(lambda: people.disable(store, BY, account)) == ["last_admin"]
    revoke = (store, BY, account, Grant(Role.ADMIN))
    assert codes(lambda: people.revoke_role(*revoke)) == ["last_admin"]
    assert people.list_people(store)[0].is_admin
    assert not {"person_disabled", "grant_removed"} & {one[0] for one in logged(store)}


def test_a_person_is_added_once_and_roles_need_a_place(store: Store) -> None:
    account = people.add_with_login(store, BY, "李", "li")
    assert codes(lambda: people.add_with_login(store, BY, "李", "LI")) == ["login_taken"]
    assert codes(lambda: people.add_with_login(store, BY, "李", "l i!")) == ["login_unusable"]
    nowhere = Grant(Role.STAFF, community="X99")
    assert codes(lambda: people.grant_role(store, BY, account, nowhere)) == [
        "role_without_community"
    ]
    nowhere = Grant(Role.VIEWER, area="999999")
    assert codes(lambda: people.grant_role(store, BY, account, nowhere)) == ["role_without_area"]
    for _ in range(2):
        people.grant_role(store, BY, account, VIEWER)
    assert [one[0] for one in logged(store)].count("grant_added") == 1
