"""What the tests of cases say again and again."""

import html
import sys
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.urls import get_resolver
from django.utils import timezone

from tests.office import Office
from waystation.cases.models import Case
from waystation.cases.services import create_case
from waystation.store.tiers import Tier

WHO = {"name": "Pak Un-ju 박은주"}
WHERE = {"whereabouts": "the northern province", "party_size": 3}
HOW = {"urgency": "soon", "needs": ["child", "medicine"], "note": "asks for a quiet room"}
ALL = {**WHO, **WHERE, **HOW}


def entered(office: Office, by: str = "caseworker", **values: Any) -> Case:
    """Enter a case, all of `ALL` unless values are given."""
    return create_case(keyring=office.keyring(by), values=values or ALL, at=office.later())


def saved(case_id: UUID) -> Case:
    """Return a case as the database has it now."""
    return Case.objects.select_related("record").get(pk=case_id)


def read(office: Office, case: Case, key: str, *names: str) -> dict[str, object]:
    """Open fields with somebody's keys, past permission and log: what is in the row."""
    return dict(office.keyring(key).open(saved(case.pk), *names))


def holders(office: Office, case: Case, tier: Tier, by: str) -> set[str]:
    """Return the keys of the people who hold a tier, told by somebody who holds it too; the recovery key is left out."""
    ids = office.keyring(by).holders(case.record, tier)
    return {key for key in office.opened if office.id(key) in ids}


def follow_clock(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages read the office's clock: a second later each time."""

    def read() -> datetime:
        return office.later()

    assert get_resolver().url_patterns, "every page is imported first, or one would keep this clock for ever"
    for name, module in list(sys.modules.items()):
        if name.startswith("waystation.web.") and getattr(module, "now", None) is timezone.now:
            monkeypatch.setattr(module, "now", read)
    monkeypatch.setattr(timezone, "now", read)


def page(answer: Any) -> str:
    """Return what a page shows, its tags included, for somebody who reads it."""
    return html.unescape(answer.content.decode())
