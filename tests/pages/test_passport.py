"""The page of the passport: links, what was found in a file, and writing it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.domain.permissions import Grant, Person, Role
from assessment.language.translator import Translator
from assessment.services.communities import assessment_in, list_rounds
from assessment.services.setup import open_installation
from assessment.settings import settings
from assessment.ui import context, session
from tests.pages.conftest import Visit
from tests.services.passports import passport_from, spoiled

CODE = "C00001"


@pytest.fixture(scope="module")
def passport(prepared_file: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return passport_from(prepared_file, tmp_path_factory.mktemp("passport"))


def handed_in(visit: Visit, content: bytes) -> AppTest:
    at = visit("passport", lang="zh")
    return at.file_uploader[0].set_value(("档案包.zip", content, "application/zip")).run()


def said(at: AppTest) -> str:
    assert not at.exception, at.exception
    parts = (at.markdown, at.caption, at.info, at.success, at.warning, at.error)
    return "\n".join(str(one.value).replace("\\", "") for part in parts for one in part)


def test_it_is_shown_before_it_is_written_and_then_offered_for_taking_away(
    visit: Visit, passport: bytes
) -> None:
    text = Translator("zh")
    at = handed_in(visit, passport)
    assert "测试社区（C00001）" in said(at)
    assert text("passport.target_new", community="测试社区", code=CODE) in said(at)
    store = open_installation()
    assert assessment_in(store, CODE, list_rounds(store)[0].id) is None
    at.button(key="passport_write").click().run()
    assert text.plural("passport.done", 1, community="测试社区", code=CODE) in said(at)
    begun = assessment_in(store, CODE, list_rounds(store)[0].id)
    assert begun and begun.state == "approved"
    again = handed_in(visit, passport)
    assert text("passport.nothing_new") in said(again)
    assert not [one for one in again.button if one.key == "passport_write"]


def test_a_file_that_was_changed_is_told_and_cannot_be_written(
    visit: Visit, passport: bytes
) -> None:
    told = spoiled(passport, lambda members: members.pop("log.csv"), listed=False)
    at = handed_in(visit, told)
    assert "log.csv" in at.error[0].value.replace("\\", "")
    assert not [one for one in at.button if one.key == "passport_write"]


def test_who_may_only_look_opens_nothing(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, installation: Path
) -> None:
    monkeypatch.setenv("ASSESSMENT_SIGN_IN", "accounts")
    settings.cache_clear()
    viewer = Person("u-1", "某人", (Grant(Role.VIEWER, area="110000"),))
    for module in (session, context):
        monkeypatch.setattr(module, "current_person", lambda: viewer)
    assert not visit("passport", lang="zh").file_uploader
