import pytest
from tests.office import Office

from waystation.accounts.alerts import mark_seen, open_alerts
from waystation.accounts.errors import NotPermittedError
from waystation.accounts.models import SeenAlert
from waystation.audit.services import append

pytestmark = pytest.mark.django_db


def test_an_alert_is_shown_to_others_than_who_caused_it(office: Office) -> None:
    entry = append(keyring=office.keyring("director"), kind="honey.touched", at=office.later())
    append(keyring=office.keyring("director"), kind="identity.opened", at=office.later())
    assert [one.pk for one in open_alerts(office.person("auditor"))] == [entry.pk]
    assert not open_alerts(office.person("director"))


def test_what_was_looked_at_is_no_alert_any_more(office: Office) -> None:
    entry = append(keyring=office.keyring("caseworker"), kind="honey.touched", at=office.later())
    for _ in range(2):
        mark_seen(keyring=office.keyring("safeguarding"), seq=entry.pk, at=office.later())
    assert not open_alerts(office.person("director"))
    assert SeenAlert.objects.get().by_id == office.id("safeguarding")


def test_only_who_may_see_alerts_looks_at_them(office: Office) -> None:
    entry = append(keyring=office.keyring("finance"), kind="honey.touched", at=office.later())
    with pytest.raises(NotPermittedError):
        mark_seen(keyring=office.keyring("caseworker"), seq=entry.pk, at=office.later())
