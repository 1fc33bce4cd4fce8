from uuid import uuid4

import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.people import entered, page

from waystation.accounts.services import give_access
from waystation.audit.models import Entry
from waystation.consent.models import Consent
from waystation.consent.purposes import Purpose
from waystation.consent.queries import State, standing
from waystation.store.tiers import Tier

pytestmark = pytest.mark.django_db
YES = {"purpose": "movement", "answer": "given", "said_by": "self", "capacity": "able", "words": "Plantedword, in Lao"}


def test_an_answer_is_written_down_shown_and_taken_back(office: Office) -> None:
    case, client = entered(office), office.client("caseworker")
    answer = client.post(reverse("consent.record", args=[case.pk, case.pk]), YES)
    assert (answer.status_code, answer.headers["Location"]) == (303, reverse("consent.page", args=[case.pk]))
    assert standing(case.record, case.pk, Purpose.MOVEMENT, office.later()).stands
    row = Consent.objects.get()
    shown = page(client.get(reverse("consent.page", args=[case.pk])))
    assert reverse("consent.withdraw", args=[case.pk, row.pk]) in shown
    assert "Plantedword" not in shown, "the words are closed until asked for"
    asking = page(client.get(reverse("consent.withdraw", args=[case.pk, row.pk])))
    assert "planning a journey" in asking
    done = client.post(reverse("consent.withdraw", args=[case.pk, row.pk]), {"said_by": "self"}, follow=True)
    assert "Stopped: planning a journey, setting out" in page(done)
    assert standing(case.record, case.pk, Purpose.MOVEMENT, office.later()).state is State.WITHDRAWN
    again = client.post(reverse("consent.withdraw", args=[case.pk, row.pk]), {"said_by": "self"}, follow=True)
    assert "already" in page(again)


def test_the_words_are_opened_on_request_and_the_log_says_so(office: Office) -> None:
    case, client = entered(office), office.client("caseworker")
    client.post(reverse("consent.record", args=[case.pk, case.pk]), YES)
    before = Entry.objects.filter(kind="identity.opened").count()
    assert "Plantedword, in Lao" in page(client.post(reverse("consent.words", args=[case.pk])))
    assert Entry.objects.filter(kind="identity.opened").count() == before + 1


def test_a_rule_that_refuses_is_said_and_what_was_typed_is_kept(office: Office) -> None:
    case, client = entered(office), office.client("caseworker")
    answer = client.post(reverse("consent.record", args=[case.pk, case.pk]), {**YES, "capacity": "not_able"})
    assert answer.status_code == 422
    assert "cannot say yes" in page(answer)
    assert "Plantedword, in Lao" in page(answer)
    assert not Consent.objects.exists()


def test_the_form_begins_with_the_purpose_that_was_clicked(office: Office) -> None:
    case, client = entered(office), office.client("caseworker")
    shown = page(client.get(reverse("consent.record", args=[case.pk, case.pk]), {"purpose": "medical"}))
    assert '<option value="medical" selected>' in shown


def test_who_may_not_write_sees_how_it_stands_and_no_button(office: Office) -> None:
    case = entered(office)
    officer = office.person("field_officer")
    give_access(
        keyring=office.keyring("case_lead"),
        record=case.record,
        person=officer,
        tiers={Tier.MOVEMENT},
        at=office.later(),
    )
    office.client("caseworker").post(reverse("consent.record", args=[case.pk, case.pk]), YES)
    for key in ("director", "field_officer"):
        shown = page(office.client(key).get(reverse("consent.page", args=[case.pk])))
        assert "Planning and setting out" in shown
        assert reverse("consent.record", args=[case.pk, case.pk]) not in shown
    assert "Plantedword" not in page(office.client("field_officer").post(reverse("consent.words", args=[case.pk])))


def test_what_is_not_there_is_not_there(office: Office) -> None:
    case, other, client = entered(office), entered(office), office.client("caseworker")
    client.post(reverse("consent.record", args=[case.pk, case.pk]), YES)
    row = Consent.objects.get()
    assert client.get(reverse("consent.withdraw", args=[other.pk, row.pk])).status_code == 404
    assert client.get(reverse("consent.record", args=[case.pk, uuid4()])).status_code == 404
