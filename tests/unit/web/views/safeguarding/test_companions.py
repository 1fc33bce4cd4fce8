from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404
from tests.office import Office
from tests.unit.cases.desk import asked, person
from tests.unit.cases.people import ALL, entered

from waystation.safeguarding.models import Age
from waystation.web.views.safeguarding.companions import companion, companions

pytestmark = pytest.mark.django_db


def test_a_traveller_is_known_by_id_and_never_by_name(office: Office) -> None:
    case = entered(office)
    request: Any = SimpleNamespace(person=office.person("caseworker"), keyring=office.keyring("caseworker"))
    (found,) = companions(request, case)
    assert (found.id, found.traveller.id, found.traveller.age) == (case.pk, case.pk, None)
    assert str(ALL["name"]) not in found.label
    assert companion(request, case, case.pk) == found
    with pytest.raises(Http404):
        companion(request, case, uuid4())


def test_those_on_the_case_are_known_by_number_and_age(office: Office) -> None:
    case = asked(office)
    ids = [person(office, case), person(office, case, "5-11"), person(office, case, "disputed")]

    def seen(key: str) -> list[tuple[Any, Age | None]]:
        request: Any = SimpleNamespace(person=office.person(key), keyring=office.keyring(key))
        found = companions(request, case)
        assert not any("Han Sol" in each.label for each in found)
        return [(each.id, each.age) for each in found]

    assert seen("caseworker") == list(zip(ids, (Age.ADULT, Age.CHILD, Age.DISPUTED), strict=True))
    assert [age for _, age in seen("finance")] == [None, None, None]
