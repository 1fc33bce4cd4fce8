import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.people import entered, follow_clock, page

from waystation.audit.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    follow_clock(office, monkeypatch)


def search(office: Office, key: str, text: str) -> str:
    return page(office.client(key).post(reverse("cases.search"), {"text": text}))


def test_what_is_found_is_shown_by_code_alone(office: Office) -> None:
    case = entered(office, name="Pak Un-ju 박은주")
    shown = search(office, "caseworker", "은주")
    assert (case.code in shown, "박은주" in shown, "1 case found" in shown) == (True, False, True)
    assert not Entry.objects.filter(kind="identity.opened").exists()


def test_what_one_may_not_open_is_not_found(office: Office) -> None:
    entered(office, name="Pak Un-ju")
    for key in ("director", "finance", "field_officer"):
        assert "Nothing found" in search(office, key, "Un-ju"), key


def test_what_was_looked_for_is_nowhere_but_in_the_field(office: Office) -> None:
    client = office.client("caseworker")
    answer = client.post(reverse("cases.search"), {"text": "Kang Hae-won"})
    assert page(answer).count("Kang Hae-won") == 1
    assert "Kang" not in str(dict(client.session.items()))
    assert "Kang" not in str(answer.headers)
    assert client.get(reverse("cases.search"), {"text": "Kang"}).status_code == 200
    assert "Kang" not in page(client.get(reverse("cases.search"), {"text": "Kang"}))


@pytest.mark.parametrize("text", ["", "   ", "x" * 101])
def test_an_empty_or_endless_search_is_a_fault(office: Office, text: str) -> None:
    assert office.client("caseworker").post(reverse("cases.search"), {"text": text}).status_code == 422


def test_a_code_is_found_as_it_is_said(office: Office) -> None:
    case = entered(office)
    assert case.code in search(office, "finance", case.code.replace("-", " ").upper())


def test_the_auditor_searches_no_cases(office: Office) -> None:
    assert office.client("auditor").get(reverse("cases.search")).status_code == 403
