import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.desk import asked
from tests.unit.cases.people import page

from waystation.cases.services.duplicates import answer_pair, merge_cases, take_back_merge
from waystation.web.views.duplicates.merges import merges_of

pytestmark = pytest.mark.django_db


def test_both_cases_tell_of_a_merge_until_it_is_taken_back(office: Office) -> None:
    kept, closed, third = asked(office), asked(office), asked(office)
    keyring, client = office.keyring("caseworker"), office.client("caseworker")
    answer_pair(keyring=keyring, one=kept, other=third, answer="different", reason="met both", at=office.later())
    merge_cases(keyring=keyring, kept=kept, merged=closed, reason="he said so", at=office.later())
    assert [(merge.code, merge.into_other) for merge in merges_of(keyring, kept)] == [(closed.code, False)]
    assert [(merge.code, merge.into_other) for merge in merges_of(keyring, closed)] == [(kept.code, True)]
    assert f"{closed.code} was merged into this case." in page(client.get(reverse("cases.page", args=[kept.pk])))
    assert f"This case was merged into {kept.code}." in page(client.get(reverse("cases.page", args=[closed.pk])))
    take_back_merge(keyring=keyring, one=kept, other=closed, reason="two men", at=office.later())
    assert merges_of(keyring, kept) == merges_of(keyring, closed) == []


def test_who_may_not_know_how_people_are_is_told_of_no_merge(office: Office) -> None:
    kept, closed = asked(office), asked(office)
    merge_cases(keyring=office.keyring("caseworker"), kept=kept, merged=closed, reason="he said so", at=office.later())
    assert merges_of(office.keyring("finance"), kept) == []
