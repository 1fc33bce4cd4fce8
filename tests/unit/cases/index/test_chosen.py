from datetime import timedelta

import pytest

from tests.office import Office
from tests.unit.cases.desk import asked
from tests.unit.cases.people import entered
from waystation.cases.index.chosen import CHOICES, Chosen, matching, regions
from waystation.cases.index.index import Index
from waystation.cases.services import add_task, close_case, set_priority
from waystation.cases.steps.vocabulary import Priority


def test_only_declared_words_are_taken() -> None:
    read = Chosen.read({"state": "closed", "whose": "nobody's", "what": "overdue", "name": "박은주", "step": 7})
    assert read == Chosen(state="closed", what="overdue")
    assert read.plain() == {"state": "closed", "what": "overdue"}
    assert Chosen.read(read.plain()) == read
    assert set(read.shown()) == set(CHOICES)
    assert (Chosen().usual(), Chosen(order="due").usual(), read.usual()) == (True, True, False)


def test_a_region_stands_in_no_address_and_is_not_told_by_accident() -> None:
    chosen = Chosen(region="the north")
    assert (chosen.plain(), chosen.usual(), "north" in repr(chosen)) == ({}, False, False)
    assert Chosen.read({"region": "the north"}) == Chosen()


@pytest.mark.django_db
def test_a_region_is_one_however_it_is_written_and_told_to_those_who_may_know_where(office: Office) -> None:
    one, other = asked(office, region="The North"), asked(office, region="the  north ")
    far = asked(office, region="the south")
    index = Index(office.keyring("case_lead"))
    index.catch_up(office.person("case_lead"), at=office.later(), seconds=60)
    assert [each.casefold() for each in regions(index)] == ["the north", "the south"]
    assert {each.code for each in matching(index, Chosen(region="THE NORTH"))} == {one.code, other.code}
    assert {each.code for each in matching(index, Chosen())} == {one.code, other.code, far.code}
    blind = Index(office.keyring("safeguarding"))
    blind.catch_up(office.person("safeguarding"), at=office.later(), seconds=60)
    assert (regions(blind), matching(blind, Chosen(region="the north"))) == ([], [])


@pytest.mark.django_db
def test_each_choice_narrows_and_due_first_orders(office: Office) -> None:
    keyring, at = office.keyring("caseworker"), office.now
    urgent, late, closed, old = asked(office), asked(office), asked(office), entered(office, "case_lead")
    set_priority(keyring=keyring, case=urgent, priority=Priority.URGENT, at=office.later())
    add_task(keyring=keyring, case=late, what="other", due=(at - timedelta(days=3)).date(), at=office.later())
    close_case(keyring=keyring, case=closed, outcome="withdrew", at=office.later())
    index = Index(office.keyring("case_lead"))
    index.catch_up(office.person("case_lead"), at=office.later())

    def codes(**values: str) -> list[str]:
        return [each.code for each in matching(index, Chosen(**values))]

    assert codes() == [late.code, urgent.code, old.code]
    assert codes(order="due")[0] == late.code
    assert codes(order="due")[-1] == old.code
    assert codes(state="closed") == [closed.code]
    assert len(codes(state="all")) == 4
    assert codes(whose="mine") == [old.code]
    assert codes(what="overdue") == [late.code]
    assert codes(priority="urgent") == [urgent.code]
    assert codes(step="closure", state="all") == [closed.code]
    assert codes(step="request", whose="team", priority="urgent") == [urgent.code]
