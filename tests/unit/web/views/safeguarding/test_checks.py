from datetime import timedelta

import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.people import page

from waystation.safeguarding.indicators import OF_HOUSE
from waystation.safeguarding.models import CheckFollow, HouseCheck
from waystation.web.views.safeguarding.checks import CheckForm

pytestmark = pytest.mark.django_db


def given(office: Office, **more: str) -> dict[str, str]:
    days = [(office.now + timedelta(days=days)).date().isoformat() for days in (3, 90)]
    signs = {f"sign_{sign}": "no" for sign in OF_HOUSE}
    return {
        **signs,
        "kind": "shelter",
        "name": "House by the lake",
        "sign_documents_held": "yes",
        "what_1": "papers back to their owners",
        "due_1": days[0],
        "next_by": days[1],
        **more,
    }


def test_a_look_is_written_down_and_what_follows_is_put_right(office: Office) -> None:
    client = office.client("safeguarding")
    assert client.get(reverse("safeguarding.checks.new")).status_code == 200
    assert client.post(reverse("safeguarding.checks.new"), given(office)).status_code == 303
    check, follow = HouseCheck.objects.get(), CheckFollow.objects.get()
    director = office.client("director")
    assert "House by the lake" in page(director.get(reverse("safeguarding.checks")))
    shown = page(director.get(reverse("safeguarding.check", args=[check.pk])))
    assert "papers back to their owners" in shown
    done = reverse("safeguarding.check.done", args=[check.pk, follow.pk])
    assert director.post(done, {}).status_code == 422
    assert director.post(done, {"words": "all have them"}).status_code == 303
    assert "all have them" in page(director.get(reverse("safeguarding.check", args=[check.pk])))
    assert "already" in page(director.post(done, {"words": "again"}, follow=True))


def test_what_is_not_whole_is_refused_with_its_reason(office: Office) -> None:
    client = office.client("safeguarding")
    for more, words in (
        ({"what_1": "", "due_1": ""}, "say what will be put right"),
        ({"due_1": ""}, "Say by when"),
        ({"next_by": "2030-01-01"}, "later than today"),
        ({"sign_threats": ""}, "required"),
    ):
        answer = client.post(reverse("safeguarding.checks.new"), given(office, **more))
        assert answer.status_code == 422, more
        assert words in page(answer), more
    assert not HouseCheck.objects.exists()


def test_only_who_may_looks(office: Office) -> None:
    for key in ("case_lead", "caseworker", "auditor"):
        assert office.client(key).get(reverse("safeguarding.checks")).status_code == 403


def test_every_field_is_shown_once() -> None:
    form = CheckForm()
    shown = [*form.first_fields, *(each for line in form.found_lines for each in line), *form.last_fields]
    assert sorted(field.name for field in shown) == sorted(form.fields)
