"""A household of any size with all the papers that its page reads: consents, screens, procedures of children, a history."""

from datetime import timedelta
from typing import Final

from tests.office import Office
from tests.unit.cases.desk import asked, on, person, ruled
from tests.unit.consent.answers import answered
from tests.unit.safeguarding.children import Child, trained
from waystation.cases.models import Case
from waystation.cases.services import add_task, raise_flag, set_contact, set_household, write_note
from waystation.consent.purposes import Purpose
from waystation.safeguarding.models import Care

BANDS: Final = ("18-59", "75+", "12-17", "18-59", "5-11")
"""Of each five, one is a child alone and one a child with its parents."""


def household(office: Office, people: int) -> Case:
    """Enter a case of so many people at its decision: each asked for every purpose, screened, two notes and a task for each."""
    worker = office.keyring("caseworker")
    trained(office)
    case = asked(office, heads={"18-59": people})
    on(office, case)
    ids = [
        person(office, case, BANDS[number % len(BANDS)], languages=["Korean"], medical="heart")
        for number in range(people)
    ]
    for subject in ("verification", "screening", "assessment"):
        ruled(office, case, subject)
        on(office, case)
    set_household(keyring=worker, case=case, kind="household", members=ids, inseparable=[ids[:3]], at=office.later())
    contact = {"whose": "an aunt", "way": "telephone", "address": "the second number", "safe_time": "at noon"}
    set_contact(keyring=worker, case=case, values=contact, at=office.later())
    raise_flag(
        keyring=worker, case=case, reason="danger_rising", words="a search in the next village", at=office.later()
    )
    for number, each in enumerate(ids):
        for purpose in Purpose:
            answered(office, case.record, each, purpose)
        child = Child(office, case.record)
        child.id = each
        child.screened()
        if BANDS[number % len(BANDS)] in {"12-17", "5-11"}:
            child.facts(care=Care.UNACCOMPANIED if number % len(BANDS) == 2 else Care.ACCOMPANIED)
            child.decided(child.assessment())
            child.decided(child.determination())
        write_note(keyring=worker, case=case, text="They ask for a quiet room.", at=office.later())
        write_note(keyring=worker, case=case, text="They were called, and answered.", at=office.later())
        at = office.later()
        due = (at + timedelta(days=number)).date()
        add_task(keyring=worker, case=case, what="other", words="ask for the papers", due=due, at=at)
    return case
