import pytest
from tests.office import Office
from tests.unit.cases.desk import asked, person

from waystation.cases.models import Case
from waystation.cases.services import merge_travellers, take_back_traveller_merge, take_off_traveller
from waystation.cases.whole import open_whole
from waystation.store.tiers import Tier
from waystation.web.views.desk.merged import merged_people

pytestmark = pytest.mark.django_db


def test_only_what_was_merged_and_still_is_is_told_without_a_name(office: Office) -> None:
    case, keyring = asked(office), office.keyring("caseworker")
    one, twice, off = person(office, case), person(office, case), person(office, case)
    take_off_traveller(keyring=keyring, case=case, traveller_id=off, at=office.later())
    assert told(office, case) == []
    merge_travellers(keyring=keyring, case=case, kept=one, merged=twice, reason="one aunt", at=office.later())
    (text,) = told(office, case)
    assert "was entered twice" in text
    assert "Han Sol" not in text
    take_back_traveller_merge(keyring=keyring, case=case, merged=twice, at=office.later())
    assert told(office, case) == []


def told(office: Office, case: Case) -> list[str]:
    whole = open_whole(keyring=office.keyring("caseworker"), case=case, tiers={Tier.WELFARE}, at=office.later())
    return [each.text for each in merged_people(whole)]
