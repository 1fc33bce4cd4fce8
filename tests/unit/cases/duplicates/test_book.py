import pytest
from django.db import connection

from tests.office import Office
from tests.unit.cases.desk import asked, person
from waystation.accounts.models import Person
from waystation.audit.models import Entry as LogEntry
from waystation.audit.queries import read
from waystation.cases.duplicates.answers import pair_of
from waystation.cases.duplicates.book import Book, follow_index, opened_book
from waystation.cases.duplicates.entries import Asked
from waystation.matching.entry import Entry
from waystation.matching.register import Strength
from waystation.store.keyring import Keyring

pytestmark = pytest.mark.django_db


def book_of(office: Office, key: str = "caseworker", keyring: Keyring | None = None) -> Book:
    keyring = keyring or office.keyring(key)
    return opened_book(keyring=keyring, person=Person.objects.get(pk=office.id(key)), at=office.later())


def test_one_man_is_found_by_another_spelling_of_his_name(office: Office) -> None:
    there = asked(office, for_whom="김성은", region="혜산", answer_address="+82 10-5555-1234")
    asked(office, for_whom="Maria Quispe", answer_address="")
    (found,) = book_of(office).like(Asked("Seung-eun Kim", place="Hyesan", contact="010-5555-1234"))
    assert (found[0].id, found[1].strength) == (there.pk, Strength.STRONG)


def test_pairs_are_found_and_follow_what_is_changed(office: Office) -> None:
    one, other = asked(office, for_whom="김성은"), asked(office, for_whom="Kim Seung-eun")
    third = asked(office, for_whom="Maria Quispe", answer_address="", region="")
    keyring = office.keyring("caseworker")
    book = book_of(office, keyring=keyring)
    book.compare_waiting(1)
    assert len(book.waiting) == 2
    book.compare_waiting()
    assert list(book.pairs) == [pair_of(one.pk, other.pk)]
    birth = {"date": "1965-03-08", "precision": "day"}
    person(office, third, names=[{"text": "Kim Sung Eun", "script": "latin", "kind": "full"}], birth=birth)
    again = book_of(office, keyring=keyring)
    again.compare_waiting()
    assert again is book
    assert pair_of(one.pk, third.pk) in book.pairs
    key, likeness = book.pairs[pair_of(one.pk, third.pk)]
    assert {key.partition("/")[0], likeness.key.partition("/")[0]} == {str(one.pk), str(third.pk)}


def test_two_people_of_one_case_are_no_pair(office: Office) -> None:
    case = asked(office, for_whom="김성은")
    person(office, case, names=[{"text": "Kim Seung-eun", "script": "latin", "kind": "full"}])
    book = book_of(office)
    book.compare_waiting()
    assert book.pairs == {}


def test_only_what_the_person_may_open_is_compared(office: Office) -> None:
    asked(office, for_whom="김성은")
    assert book_of(office, "director").like(Asked("김성은")) == []
    assert book_of(office, "field_officer").entries == {}


def test_a_case_out_of_reach_is_forgotten(office: Office) -> None:
    one, other = asked(office, for_whom="김성은"), asked(office, for_whom="Kim Seung-eun")
    book = book_of(office)
    book.compare_waiting()
    book.drop(one.pk)
    assert book.pairs == {}
    assert other.pk in book.keys


def test_the_log_tells_how_many_were_looked_through_and_nothing_when_nothing_changed(office: Office) -> None:
    for name in ("김성은", "Maria Quispe"):
        asked(office, for_whom=name)
    keyring = office.keyring("caseworker")
    book_of(office, keyring=keyring)
    (entry,) = LogEntry.objects.filter(kind="records.searched", at=office.now)
    (line,) = read(office.keyring("auditor"), [entry])
    assert line.payload is not None
    assert line.payload.details["count"] == 2
    before = LogEntry.objects.count()
    book_of(office, keyring=keyring)
    if connection.vendor == "sqlite":  # PostgreSQL names again what this test's own transaction wrote
        assert LogEntry.objects.count() == before
    assert not LogEntry.objects.filter(kind="identity.opened").exists()


def test_a_case_whose_keys_are_gone_is_forgotten(office: Office) -> None:
    case = asked(office, for_whom="김성은")
    keyring = office.keyring("caseworker")
    assert book_of(office, keyring=keyring).like(Asked("Kim Seung-eun"))
    office.keyring("caseworker").shred(case.record, at=office.later())
    again = book_of(office, keyring=keyring)
    assert again.like(Asked("Kim Seung-eun")) == []
    assert (again.cases, again.entries, again.held) == ({}, {}, {})


def test_it_is_filled_in_steps(office: Office) -> None:
    for name in ("김성은", "Maria Quispe"):
        asked(office, for_whom=name)
    keyring, person = office.keyring("caseworker"), Person.objects.get(pk=office.id("caseworker"))
    assert not follow_index(keyring=keyring, person=person, at=office.later(), seconds=0)
    book = book_of(office, keyring=keyring)
    assert len(book.entries) == 2
    if connection.vendor == "sqlite":
        assert follow_index(keyring=keyring, person=person, at=office.later(), seconds=0)


def test_two_peoples_entries_that_agree_best_are_laid_side_by_side(office: Office) -> None:
    book = book_of(office)
    ones = [Entry("1", {"name": ("Maria Quispe",)}), Entry("2", {"name": ("김성은",)})]
    found = book.beside(ones, [Entry("3", {"name": ("Kim Sung-eun",)})])
    assert found is not None
    assert found.comparison.sides[1] == ("성은", "Sung-eun")
    assert book.beside(ones, []) is None
