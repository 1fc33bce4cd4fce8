import pytest

from tests.office import Office
from tests.unit.cases.people import entered
from waystation.audit.models import Entry
from waystation.cases.index.chosen import Chosen
from waystation.cases.index.index import Index
from waystation.cases.listing import note_listed, page_of

pytestmark = pytest.mark.django_db


def test_pages_are_cut_and_the_nearest_is_shown(office: Office) -> None:
    made = [entered(office).code for _ in range(5)]
    index = Index(office.keyring("caseworker"))
    index.catch_up(office.person("caseworker"), at=office.later())
    shown = {number: page_of(index, Chosen(), number, 2) for number in (0, 1, 2, 3, 9)}
    assert [each.code for each in shown[1].entries] == made[:-3:-1]
    assert {number: (each.page, each.pages, each.count) for number, each in shown.items()} == {
        0: (1, 3, 5),
        1: (1, 3, 5),
        2: (2, 3, 5),
        3: (3, 3, 5),
        9: (3, 3, 5),
    }
    assert (shown[2].previous, shown[2].next) == (1, 3)
    assert page_of(index, Chosen(state="closed"), 1, 2).pages == 1


def test_an_entry_tells_how_many_were_shown_that_tell_something(office: Office) -> None:
    entered(office)
    for key, entries in (("caseworker", 1), ("finance", 0)):
        index = Index(office.keyring(key))
        index.catch_up(office.person(key), at=office.later())
        before = Entry.objects.filter(kind="records.listed").count()
        note_listed(keyring=office.keyring(key), listed=page_of(index, Chosen(), 1, 25), at=office.later())
        assert Entry.objects.filter(kind="records.listed").count() == before + entries
