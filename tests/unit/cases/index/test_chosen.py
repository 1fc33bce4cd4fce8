from datetime import timedelta

import pytest

from tests.office import Office
from tests.unit.cases.desk import asked
from tests.unit.cases.people import entered
from waystation.cases.index.chosen import CHOICES, Chosen, matching
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
