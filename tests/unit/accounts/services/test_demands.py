import pytest
from tests.office import Office
from tests.unit.cases.people import entered

from waystation.accounts.errors import NotPermittedError
from waystation.accounts.models import Person
from waystation.accounts.permissions import Action
from waystation.accounts.services.demands import demand, demand_tiers
from waystation.store.tiers import Tier

pytestmark = pytest.mark.django_db


def test_who_may_is_told_who_they_are(office: Office) -> None:
    assert demand(office.keyring("director"), Action.PEOPLE_ADMIT).pk == office.id("director")


def test_roles_are_read_anew_each_time(office: Office) -> None:
    keyring = office.keyring("director")
    Person.objects.filter(pk=keyring.person_id).update(roles=["finance"])
    with pytest.raises(NotPermittedError):
        demand(keyring, Action.PEOPLE_ADMIT)


def test_a_role_somebody_wrote_into_the_database_permits_nothing(office: Office) -> None:
    Person.objects.filter(pk=office.id("finance")).update(roles=["director"])
    with pytest.raises(NotPermittedError):
        demand(office.keyring("finance"), Action.PEOPLE_ADMIT)


def test_an_action_is_for_the_parts_that_the_table_names(office: Office) -> None:
    record, keyring = entered(office).record, office.keyring("director")
    assert demand_tiers(keyring, Action.CHILD_OVERRIDE, record, {Tier.WELFARE}).pk == office.id("director")
    with pytest.raises(NotPermittedError):
        demand_tiers(keyring, Action.CHILD_OVERRIDE, record, {Tier.IDENTITY})
