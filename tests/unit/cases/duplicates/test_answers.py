import pytest

from tests.office import Office
from tests.unit.cases.desk import asked
from waystation.cases.duplicates.answers import answers, pair_of
from waystation.cases.services.duplicates import answer_pair, merge_cases

pytestmark = pytest.mark.django_db


def test_the_newest_answer_of_a_pair_counts(office: Office) -> None:
    one, other, third = asked(office), asked(office), asked(office)
    keyring = office.keyring("caseworker")
    answer_pair(keyring=keyring, one=one, other=other, answer="later", reason="not sure", at=office.later())
    answer_pair(keyring=keyring, one=third, other=one, answer="different", reason="met both", at=office.later())
    merge_cases(keyring=keyring, kept=other, merged=one, reason="sure now", at=office.later())
    found = answers(keyring, [one.pk, other.pk, third.pk])
    assert {pair: (told.answer, told.kept, told.decided) for pair, told in found.items()} == {
        pair_of(one.pk, other.pk): ("same", other.pk, True),
        pair_of(one.pk, third.pk): ("different", None, True),
    }


def test_a_pair_is_the_same_whichever_is_named_first(office: Office) -> None:
    one, other = asked(office), asked(office)
    assert pair_of(one.pk, other.pk) == pair_of(other.pk, one.pk)


def test_who_holds_no_key_reads_no_answer(office: Office) -> None:
    one, other = asked(office), asked(office)
    keyring = office.keyring("caseworker")
    answer_pair(keyring=keyring, one=one, other=other, answer="later", reason="not sure", at=office.later())
    assert answers(office.keyring("finance"), [one.pk, other.pk]) == {}
