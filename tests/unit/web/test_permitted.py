from typing import Any

from waystation.accounts.permissions import Action
from waystation.web.permitted import permitted


def test_nobody_may_do_anything() -> None:
    assert not permitted(None, Action.CASE_LIST)


def test_a_person_may_do_what_their_roles_say(office: Any) -> None:
    assert permitted(office.person("director"), Action.BACKUP_MAKE)
    assert not permitted(office.person("finance"), Action.BACKUP_MAKE)
