import pytest

from tests.office import Office
from tests.unit.intake.books import FAMILY, FAMILY_CHOICES, question, read, sheet_of
from waystation.accounts.errors import NotPermittedError
from waystation.exchange.errors import FormRefusedError
from waystation.exchange.forms.definitions import bring_in, declared, faults_of, keep_mapping, mapping_kept, retire
from waystation.exchange.models import OwnForm
from waystation.intake.submissions.mapping import suggest
from waystation.intake.xlsform.reading import FormReading
from waystation.store.tiers import Tier


def brought(office: Office, tier: Tier = Tier.WELFARE, by: str = "case_lead") -> OwnForm:
    reading = read([*FAMILY, question("image", "face")], FAMILY_CHOICES, form_title="Family")
    return bring_in(keyring=office.keyring(by), reading=reading, name="", tier=tier, at=office.later())


def test_a_form_is_kept_with_what_it_leaves_out(office: Office) -> None:
    form = OwnForm.objects.get(pk=brought(office).pk)
    assert form.name == "Family"
    assert declared(form).paths["town"] == ("way", "town")
    assert [(each.code.value, each.column) for each in faults_of(form.left_out)] == [("type_unsupported", "face")]


def test_a_form_that_cannot_be_used_is_refused(office: Office) -> None:
    with pytest.raises(FormRefusedError):
        bring_in(
            keyring=office.keyring("case_lead"),
            reading=FormReading(None),
            name="x",
            tier=Tier.WELFARE,
            at=office.later(),
        )
    with pytest.raises(NotPermittedError):
        brought(office, by="finance")


def test_a_form_is_retired_and_taken_back(office: Office) -> None:
    form = brought(office)
    assert retire(keyring=office.keyring("case_lead"), form_id=form.pk, at=office.later()).retired_at is not None
    assert retire(keyring=office.keyring("director"), form_id=form.pk, at=office.later(), back=True).retired_at is None


def test_a_mapping_is_kept(office: Office) -> None:
    form = brought(office)
    assert mapping_kept(form) is None
    mapping, _ = suggest(declared(form), [sheet_of([["head", "shoe size"]])])
    keep_mapping(form, mapping)
    assert mapping_kept(OwnForm.objects.get()) == mapping
