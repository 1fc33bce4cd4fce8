import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.people import ALL, entered, page, read, saved

from waystation.cases.models import Case
from waystation.cases.services import change_case, close_case
from waystation.store.tiers import Tier

pytestmark = pytest.mark.django_db


def address(case: Case, tier: Tier) -> str:
    return reverse(f"cases.edit.{tier}", args=[case.pk])


def as_shown(answer: Any) -> dict[str, Any]:
    """Return what the form on a page would post, unchanged: as a browser does, every input with what stands in it."""
    form = answer.context["form"]
    data: dict[str, Any] = {}
    for name in form.fields:
        value = form[name].value()
        data[name] = "" if value is None else value
        if name != "version":
            value = form[name].value() if not form.is_bound else form.data.get(f"initial-{name}")
            data[f"initial-{name}"] = "" if value is None else value
    return data


def opened(client: Client, case: Case, tier: Tier = Tier.WELFARE) -> dict[str, Any]:
    return as_shown(client.get(address(case, tier)))


def test_one_part_is_changed_and_the_rest_stays(office: Office) -> None:
    case, client = entered(office), office.client("caseworker")
    answer = client.post(address(case, Tier.WELFARE), opened(client, case) | {"note": "has a room", "urgency": "now"})
    assert (answer.status_code, answer["Location"]) == (303, reverse("cases.page", args=[case.pk]))
    assert read(office, case, "case_lead", *ALL) == ALL | {"note": "has a room", "urgency": "now"}
    assert "Saved." in page(client.get(answer["Location"]))


def test_only_what_was_changed_is_saved(office: Office) -> None:
    case, client = entered(office), office.client("caseworker")
    client.post(address(case, Tier.WELFARE), opened(client, case) | {"note": "new"})
    assert saved(case.pk).changes.get(version=2).fields == ["note"]


def test_saving_what_was_not_changed_saves_nothing(office: Office) -> None:
    case, client = entered(office), office.client("caseworker")
    answer = client.post(address(case, Tier.WELFARE), opened(client, case))
    assert answer.status_code == 303
    assert saved(case.pk).version == 1


@pytest.mark.parametrize(
    ("tier", "typed", "name", "kept"),
    [
        (Tier.IDENTITY, {"birth_date": "1990.3.25"}, "birth_date", "1990-03-25"),
        (Tier.IDENTITY, {"name": ""}, "name", "None"),
        (Tier.MOVEMENT, {"party_size": "12"}, "party_size", "12"),
        (Tier.WELFARE, {"needs": ["food", "shelter"]}, "needs", "['food', 'shelter']"),
        (Tier.WELFARE, {"needs": []}, "needs", "None"),
        (Tier.WELFARE, {"note": "one\r\ntwo"}, "note", "one\ntwo"),
    ],
)
def test_every_kind_of_field(office: Office, tier: Tier, typed: dict[str, Any], name: str, kept: str) -> None:
    case, client = entered(office), office.client("caseworker")
    client.post(address(case, tier), opened(client, case, tier) | typed)
    assert str(read(office, case, "caseworker", name)[name]) == kept


def test_the_officer_for_safeguarding_writes_the_testimony(office: Office) -> None:
    case, client = entered(office), office.client("safeguarding")
    client.post(address(case, Tier.EVIDENCE), opened(client, case, Tier.EVIDENCE) | {"testimony": "what she saw"})
    assert read(office, case, "safeguarding", "testimony") == {"testimony": "what she saw"}


def test_two_browsers_save_one_note(office: Office) -> None:
    """The second is shown both, field by field, with who and when; what was typed stays in the form; nothing is lost."""
    case = entered(office)
    lead, worker = office.client("case_lead"), office.client("caseworker")
    seen_by_lead, seen_by_worker = opened(lead, case), opened(worker, case)
    assert lead.post(address(case, Tier.WELFARE), seen_by_lead | {"note": "the lead's words"}).status_code == 303
    answer = worker.post(
        address(case, Tier.WELFARE), seen_by_worker | {"note": "the worker's words", "needs": ["food"]}
    )
    shown = page(answer)
    assert answer.status_code == 409
    for text in (
        "A colleague changed the same thing",
        "한지우: changed Note",
        "the lead's words",
        "the worker's words",
    ):
        assert text in shown
    assert [each.label for each in answer.context["differences"]] == ["Note"]
    assert read(office, case, "caseworker", "note") == {"note": "the lead's words"}

    again = as_shown(answer)
    assert (again["version"], again["note"], again["needs"]) == (2, "the worker's words", ["food"])
    assert again["urgency"] == "soon"
    answer = worker.post(address(case, Tier.WELFARE), again | {"note": "the lead's words\nthe worker's words"})
    assert answer.status_code == 303
    assert read(office, case, "case_lead", "note", "needs") == {
        "note": "the lead's words\nthe worker's words",
        "needs": ["food"],
    }


def test_two_browsers_save_different_fields(office: Office) -> None:
    case = entered(office)
    lead, worker = office.client("case_lead"), office.client("caseworker")
    seen_by_lead, seen_by_worker = opened(lead, case), opened(worker, case)
    lead.post(address(case, Tier.WELFARE), seen_by_lead | {"note": "the lead's words"})
    answer = worker.post(address(case, Tier.WELFARE), seen_by_worker | {"urgency": "now"})
    assert answer.status_code == 303
    assert "Meanwhile a colleague" in page(worker.get(answer["Location"]))
    assert read(office, case, "caseworker", "note", "urgency") == {"note": "the lead's words", "urgency": "now"}


def test_a_third_one_may_come_between_again(office: Office) -> None:
    case, worker = entered(office), office.client("caseworker")
    seen = opened(worker, case)
    lead = office.keyring("case_lead")
    change_case(keyring=lead, case=case, seen_version=1, values={"note": "one"}, at=office.later())
    again = as_shown(worker.post(address(case, Tier.WELFARE), seen | {"note": "mine"}))
    change_case(keyring=lead, case=case, seen_version=2, values={"note": "two"}, at=office.later())
    answer = worker.post(address(case, Tier.WELFARE), again)
    assert answer.status_code == 409
    assert "two" in page(answer)
    assert "mine" in page(answer)


def test_faults_come_back_all_at_once_with_what_was_typed(office: Office) -> None:
    case, client = entered(office), office.client("caseworker")
    typed = {"whereabouts": "x" * 2_001, "party_size": "many"}
    answer = client.post(address(case, Tier.MOVEMENT), opened(client, case, Tier.MOVEMENT) | typed)
    shown = page(answer)
    assert answer.status_code == 422
    assert "2 things to put right" in shown
    assert ("x" * 2_001 in shown, 'value="many"' in shown) == (True, True)
    assert 'name="initial-party_size" value="3"' in shown
    assert saved(case.pk).version == 1


@pytest.mark.parametrize(
    ("key", "tier"), [("director", Tier.WELFARE), ("safeguarding", Tier.MOVEMENT), ("caseworker", Tier.EVIDENCE)]
)
def test_who_may_not_change_a_part_sees_no_form(office: Office, key: str, tier: Tier) -> None:
    case, client = entered(office), office.client(key)
    for answer in (client.get(address(case, tier)), client.post(address(case, tier), {"version": "1", "note": "x"})):
        assert answer.status_code in {403, 404}
    assert saved(case.pk).version == 1


def test_a_closed_case_is_not_changed(office: Office) -> None:
    case, client = entered(office), office.client("caseworker")
    seen = opened(client, case)
    close_case(keyring=office.keyring("caseworker"), case=case, outcome="withdrew", at=office.later())
    answer = client.post(address(case, Tier.WELFARE), seen | {"note": "late"})
    assert (answer.status_code, answer["Location"]) == (303, reverse("cases.page", args=[case.pk]))
    assert "Open it again to change it" in page(client.get(answer["Location"]))
    assert read(office, case, "caseworker", "note") == {"note": ALL["note"]}


def test_values_seen_travel_hidden_beside_the_fields(office: Office) -> None:
    case, client = entered(office), office.client("caseworker")
    shown = client.get(address(case, Tier.WELFARE)).content.decode()
    assert len(re.findall('type="hidden" name="initial-needs"', shown)) == 2
    assert 'name="initial-note" value="asks for a quiet room"' in shown
