import pytest
from tests.office import PEOPLE, Office

from waystation.accounts.models import Person
from waystation.accounts.services import remove_person

pytestmark = pytest.mark.django_db


def test_everybody_sees_who_works_here(office: Office) -> None:
    for key in PEOPLE:
        page = office.client(key).get("/people")
        assert page.status_code == 200
        assert all(name in page.content.decode() for name, _ in PEOPLE.values())


def test_only_the_director_is_offered_to_add_somebody(office: Office) -> None:
    assert "/people/add" in office.client("director").get("/people").content.decode()
    assert "/people/add" not in office.client("caseworker").get("/people").content.decode().split("<main")[1]


def test_who_left_is_listed_apart(office: Office) -> None:
    remove_person(keyring=office.keyring("director"), person=office.person("finance"), at=office.later())
    page = office.client("caseworker").get("/people").content.decode()
    assert page.index("No longer here") < page.index("Oyelaran Adeyemi")


def test_a_role_nobody_signed_is_said_to_be_unconfirmed(office: Office) -> None:
    Person.objects.filter(pk=office.id("finance")).update(roles=["case_lead"])
    assert office.client("director").get("/people").content.decode().count("Roles not confirmed") == 1


def test_the_title_names_nobody(office: Office) -> None:
    page = office.client("director").get(f"/people/{office.id('finance')}").content.decode()
    title = page.split("<title>")[1].split("</title>")[0]
    assert "Oyelaran" not in title
    assert "Oyelaran" in page
