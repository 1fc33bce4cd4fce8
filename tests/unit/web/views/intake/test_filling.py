from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.office import Office
from tests.unit.exchange.forms.test_definitions import brought
from tests.unit.exchange.forms.test_submissions import case_of
from tests.unit.intake.xlsform.test_reading import external

from waystation.cases.models import Case
from waystation.exchange.forms.definitions import bring_in, retire
from waystation.exchange.models import OwnForm, Submission
from waystation.store.tiers import Tier

WHOLE = {"q/head": "Sky", "q/age": "34", "q/way/region": "north", "q/way/town": "a"}


def begin(client: Client, case: Case, form: OwnForm) -> str:
    answer = client.post(reverse("intake.begin", args=[case.pk]), {"form": str(form.pk)})
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def test_a_form_is_begun_kept_and_filed(office: Office) -> None:
    client, case, form = office.client("caseworker"), case_of(office), brought(office)
    assert "Family" in client.get(reverse("intake.case", args=[case.pk])).content.decode()
    address = begin(client, case, form)
    page = client.get(address).content.decode()
    assert 'name="q/way/region"' in page
    assert "Who looks after them" not in page
    refused = client.post(address, {"q/age": "200", "file": "1"})
    assert refused.status_code == 422
    assert "An age" in refused.content.decode()
    assert 'value="200"' in client.get(address).content.decode()
    client.post(address, {**WHOLE, "file": "1"})
    filed = client.get(address).content.decode()
    assert "North" in filed
    assert 'name="file" value="1"' not in filed
    assert "filed" in client.get(reverse("intake.case", args=[case.pk])).content.decode()
    assert client.post(address, {"q/head": "later"}).status_code == 303
    assert client.post(address + "/discard").status_code == 303
    assert Submission.objects.get().filed_at is not None


def test_questions_come_and_go_with_answers_without_a_whole_page(office: Office) -> None:
    client, case, form = office.client("caseworker"), case_of(office), brought(office)
    address = begin(client, case, form)
    part = client.post(address, {"q/age": "9", "add": "q/child"}, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="questions"')
    assert "Who looks after them" in part
    assert "<html" not in part
    assert "Who looks after them" in client.get(address).content.decode()


def test_what_is_sent_by_itself_files_nothing(office: Office) -> None:
    client, case, form = office.client("caseworker"), case_of(office), brought(office)
    address = begin(client, case, form)
    part = client.post(address, {**WHOLE, "file": "1"}, headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith('<div id="questions"')
    assert Submission.objects.get().filed_at is None


def test_a_draft_is_left_for_later_or_thrown_away(office: Office) -> None:
    client, case, form = office.client("caseworker"), case_of(office), brought(office)
    address = begin(client, case, form)
    assert client.post(address, {"q/head": "Sky", "later": "1"}).headers["Location"].endswith("/forms")
    client.post(address + "/discard")
    assert not Submission.objects.exists()


def test_only_the_case_it_is_about_shows_it(office: Office) -> None:
    client, case, form = office.client("caseworker"), case_of(office), brought(office)
    address = begin(client, case, form)
    submission = UUID(address.rsplit("/", 1)[1])
    other = case_of(office)
    assert client.get(reverse("intake.fill", args=[other.pk, submission])).status_code == 404
    assert client.get(reverse("intake.fill", args=[case.pk, uuid4()])).status_code == 404
    assert office.client("finance").get(address).status_code in {403, 404}
    assert office.client("field_officer").get(address).status_code in {403, 404}


def test_a_retired_form_is_not_begun(office: Office) -> None:
    client, case, form = office.client("caseworker"), case_of(office), brought(office)
    retire(keyring=office.keyring("case_lead"), form_id=form.pk, at=office.later())
    answer = client.post(reverse("intake.begin", args=[case.pk]), {"form": str(form.pk)}, follow=True)
    assert "no longer filled in" in answer.content.decode()
    assert client.post(reverse("intake.begin", args=[case.pk]), {"form": "x"}).status_code == 303
    assert not Submission.objects.exists()


def test_the_published_standard_for_trafficking_cases_is_filed(office: Office) -> None:
    reading = external("htcds/htcds_xlsform.xlsx")
    if reading.form is None:
        pytest.fail(f"{Path('htcds')} came in with {reading.faults}")
    form = bring_in(
        keyring=office.keyring("case_lead"), reading=reading, name="HTCDS 2.0", tier=Tier.IDENTITY, at=office.later()
    )
    client, case = office.client("caseworker"), case_of(office)
    address = begin(client, case, form)
    given = {"q/prs_First_Name": "Sky", "q/prs_Gender": "Feminine", "q/prs_Birthdate": "1990-05-01"}
    control = reading.form.choices["methodsofcontrol"][0]
    answer = client.post(address, {**given, "q/vic_Methods_of_Control": ["", control.name], "file": "1"}, follow=True)
    page = answer.content.decode()
    assert "The form is filed to the case." in page
    assert "Method" in page
    assert next(iter(control.labels.values())).strip() in page
