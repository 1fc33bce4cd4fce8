"""A first call beside who is alike, the list of pairs, and a pair side by side: by axe, and no scrolling sideways."""

from typing import Any

import pytest
from django.urls import reverse

from tests.browser.axe import violations, wider_than_window
from tests.browser.conftest import DESK, PHONE, Opened
from tests.unit.cases.desk import asked
from waystation.cases.services.duplicates import merge_cases


@pytest.mark.parametrize(
    ("language", "dark", "width"),
    [
        ("en", False, DESK),
        ("ko", True, PHONE),
        pytest.param("ko", False, DESK, marks=pytest.mark.long),
        pytest.param("en", True, PHONE, marks=pytest.mark.long),
    ],
)
def test_the_pages_of_duplicates(office: Any, opened: Opened, language: str, dark: bool, width: int) -> None:
    one = asked(office, for_whom="김성은", region="혜산", answer_address="+82 10-5555-1234")
    two = asked(office, for_whom="Kim Seung-eun", region="Hyesan", answer_address="010-5555-1234")
    asked(office, for_whom="Kim Sung-eun", region="Musan", answer_address="010-7777-1234")
    keyring, at = office.keyring("caseworker"), office.later()
    client = office.client("caseworker")
    client.post(reverse("desk.request"), {"stage": "for_whom", "for_whom": "Seong-eun Kim"})
    window = opened(client, language=language, dark=dark, width=width)
    pair = reverse("duplicates.pair", args=[one.pk, two.pk])
    back = reverse("duplicates.take_back", args=[one.pk, two.pk])
    for number, address in enumerate((reverse("desk.request"), reverse("duplicates.list"), pair, back, pair)):
        if number == 3:
            merge_cases(keyring=keyring, kept=one, merged=two, reason="He told both names himself.", at=at)
        page = window.go(address)
        assert violations(page) == []
        assert not wider_than_window(page)
    assert window.complaints == []
