from types import SimpleNamespace

import pytest
from tests.unit.continuity.conftest import Home

from waystation.vault import LockedError
from waystation.web.views.continuity.seat import here_of, see_other


def test_a_locked_desk_has_no_place(home: Home) -> None:
    request = SimpleNamespace(desk=SimpleNamespace(opened=None), keyring=None)
    with pytest.raises(LockedError):
        here_of(request)  # type: ignore[arg-type] # as far as it looks
    request.desk.opened = home.office.opened["director"]
    assert here_of(request).data == home.data  # type: ignore[arg-type] # as far as it looks


def test_after_a_post_the_browser_goes_on_with_a_get() -> None:
    assert see_other("continuity.home").status_code == 303
