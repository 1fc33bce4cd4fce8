import pytest

from tests.office import Office
from tests.unit.cases.desk import asked, told
from tests.unit.cases.people import holders
from waystation.accounts.errors import NotPermittedError
from waystation.audit.models import Entry
from waystation.cases.services import close_case, give_parts, take_parts
from waystation.store.tiers import Tier

pytestmark = pytest.mark.django_db


def test_who_was_let_in_and_out_stands_in_the_timeline_and_once_in_the_log(office: Office) -> None:
    case, officer = asked(office), office.person("field_officer")
    close_case(keyring=office.keyring("caseworker"), case=case, outcome="referred", at=office.later())
    entries = Entry.objects.count()
    lead = office.keyring("case_lead")
    give_parts(keyring=lead, case=case, person=officer, tiers={Tier.MOVEMENT}, at=office.later())
    assert Entry.objects.count() == entries + 1
    assert "field_officer" in holders(office, case, Tier.MOVEMENT, "director")
    take_parts(keyring=lead, case=case, person=officer, tiers={Tier.MOVEMENT}, at=office.later())
    assert "field_officer" not in holders(office, case, Tier.MOVEMENT, "director")
    last = told(office, case)[-2:]
    assert [(each["kind"], each["to"], each["parts"]) for each in last] == [
        ("access_given", str(officer.pk), ["movement"]),
        ("access_taken", str(officer.pk), ["movement"]),
    ]


def test_what_is_refused_is_not_told(office: Office) -> None:
    case = asked(office)
    before = Entry.objects.count()
    with pytest.raises(NotPermittedError):
        give_parts(
            keyring=office.keyring("caseworker"),
            case=case,
            person=office.person("field_officer"),
            tiers={Tier.MOVEMENT},
            at=office.later(),
        )
    assert [each["kind"] for each in told(office, case)] == ["requested"]
    assert Entry.objects.count() == before
