import re
from typing import Any

import pytest

from waystation.accounts.roles import Role


@pytest.mark.parametrize("role", list(Role))
def test_whatever_is_offered_opens(office: Any, role: Role) -> None:
    """The menu and Ctrl-K never show a person a page that would refuse them."""
    client = office.client(role)
    page = client.get("/everything").content.decode()
    offered = set(re.findall(r'<li[^>]* data-address="([^"]+)"(?! data-post)', page))
    assert {address: client.get(address).status_code for address in offered} == dict.fromkeys(offered, 200)


def test_what_one_may_not_do_is_not_offered(office: Any) -> None:
    auditor, director = (office.client(role).get("/everything").content.decode() for role in ("auditor", "director"))
    lines = [len(re.findall('role="option"', page)) for page in (auditor, director)]
    assert lines[0] < lines[1]
