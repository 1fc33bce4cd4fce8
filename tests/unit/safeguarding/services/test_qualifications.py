import pytest

from tests.office import Office
from tests.unit.safeguarding.children import trained
from waystation.accounts.errors import NotPermittedError
from waystation.audit.models import Entry
from waystation.kernel import BadInputError
from waystation.safeguarding.errors import SafeguardRefusedError
from waystation.safeguarding.models import Qualification
from waystation.safeguarding.services import record_qualification

pytestmark = pytest.mark.django_db


def test_a_certificate_is_noted_with_who_gave_it(office: Office) -> None:
    row = trained(office)
    assert office.keyring("finance").open(row) == {"issuer": "a course for child protection"}, "colleagues may know"
    assert (row.by, Entry.objects.filter(kind="qualification.recorded").count()) == (office.id("director"), 1)


def test_nobody_notes_their_own_and_a_caseworker_nobodys(office: Office) -> None:
    with pytest.raises(SafeguardRefusedError) as refused:
        trained(office, "director")
    assert refused.value.code == "own_qualification"
    given = {
        "person": office.person("case_lead"),
        "issuer": "a course",
        "valid_from": office.now,
        "until": office.later(),
    }
    with pytest.raises(NotPermittedError):
        record_qualification(keyring=office.keyring("caseworker"), at=office.now, **given)  # type: ignore[arg-type] # of mixed kinds
    for wrong in ({"issuer": " "}, {"until": given["valid_from"]}):
        with pytest.raises(BadInputError):
            record_qualification(keyring=office.keyring("director"), at=office.now, **{**given, **wrong})  # type: ignore[arg-type] # of mixed kinds
    assert not Qualification.objects.exists()
