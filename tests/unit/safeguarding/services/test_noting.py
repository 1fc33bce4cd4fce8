import pytest

from tests.office import Office
from tests.unit.cases.people import entered
from waystation.accounts.errors import NotPermittedError
from waystation.accounts.permissions import Action
from waystation.safeguarding.errors import SafeguardRefusedError, UnknownCodeError
from waystation.safeguarding.services.noting import about_traveller, demand_declared, demand_reason


@pytest.mark.django_db
def test_only_who_may_is_let_in_and_not_into_what_was_shredded(office: Office) -> None:
    record = entered(office).record
    with about_traveller(office.keyring("caseworker"), record, Action.CHILD_RECORD) as (now, person):
        assert (now.pk, person.pk) == (record.pk, office.id("caseworker"))
    with pytest.raises(NotPermittedError), about_traveller(office.keyring("finance"), record, Action.CHILD_RECORD):
        pass
    lead = office.keyring("case_lead")
    lead.shred(record, at=office.later())
    with pytest.raises(SafeguardRefusedError), about_traveller(lead, record, Action.CHILD_RECORD):
        pass


def test_a_reason_is_more_than_spaces() -> None:
    assert demand_reason("  because ") == "because"
    with pytest.raises(SafeguardRefusedError):
        demand_reason(" \n")


def test_a_value_that_is_not_declared_is_named_by_its_field_alone() -> None:
    demand_declared({"means": ["Other"]}, {"means": ("Other",)})
    with pytest.raises(UnknownCodeError, match="means") as refused:
        demand_declared({"means": ["Plantedword"]}, {"means": ("Other",)})
    assert "Plantedword" not in str(refused.value)
