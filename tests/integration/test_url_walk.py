"""Every address, asked for by every role, member of the case or not, with keys and without: the answer is the one the tables say.

The addresses come from the resolver; what is expected comes from `waystation.web.access.ACCESS` and the permission table. An
address without a row fails, a row without an address fails, and so does an argument of which nobody said what to put there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from tests.office import PEOPLE, Office, SeatedClient, same_seat
from tests.unit.cases.family import family
from tests.unit.exchange.forms.test_definitions import brought

from waystation.accounts.permissions import Action, allowed_tiers, may
from waystation.accounts.services import ask_leave, make_team
from waystation.audit.services import append
from waystation.cases.models import Case, Traveller
from waystation.cases.services import attach_file, change_case, create_case
from waystation.consent.models import Answer as ConsentAnswer
from waystation.consent.purposes import Purpose
from waystation.consent.services import Asked, record_consent
from waystation.exchange.forms.submissions import begin_submission, save_draft
from waystation.safeguarding.deadlines import Gravity
from waystation.safeguarding.indicators import OF_HOUSE
from waystation.safeguarding.models import Answer as CheckAnswer
from waystation.safeguarding.models import HouseKind, Origin, Recommendation
from waystation.safeguarding.services import (
    Found,
    Heard,
    Member,
    receive_complaint,
    record_check,
    record_determination,
)
from waystation.store.models import Record
from waystation.store.tiers import Tier
from waystation.web.access import ACCESS, Open
from waystation.web.middleware.desk import SEAT
from waystation.web.middleware.headers import HEADERS

pytestmark = pytest.mark.django_db
METHODS = ("GET", "POST")
PLANTED = {
    "name": "Sengdara Plantedname ບຸນມີ",
    "whereabouts": "Plantedplace upstream",
    "note": "Plantednote about the knee",
    "testimony": "Plantedword of the witness",
}
"""What stands in the sealed fields of the case that is asked for, and must stand nowhere else."""
COLLEAGUES = tuple(name for name, _ in PEOPLE.values())

REFUSED = (403, 404)
ANSWERED = (200, 204, 302, 303, 400, 405, 409, 410, 422)
"""What a page may answer to somebody who may open it: 400, 409 and 422 to a form that holds nothing, 405 to the other method."""


@dataclass
class Walk:
    """An office with something at every kind of address."""

    office: Office
    member: Case
    """A case of the caseworker's, and of all whose office gives it to them."""
    other: Case
    """A case of another team, of which only those who see all hold keys."""
    arguments: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, UUID] = field(default_factory=dict)
    """By the name of a URL, the row of the member's case that its address is about."""

    def address(self, pattern: URLPattern, case: Case) -> str:
        given = {**self.arguments, "case_id": case.pk, "traveller_id": traveller_of(case)}
        if pattern.name in self.rows:
            given["row_id"] = self.rows[str(pattern.name)]
        names = pattern.pattern.converters
        missing = set(names) - set(given)
        assert not missing, f"say in this test what stands in {sorted(missing)} of {pattern.name}"
        return reverse(str(pattern.name), kwargs={name: given[name] for name in names})


def addresses() -> list[URLPattern]:
    found = get_resolver().url_patterns
    assert all(isinstance(one, URLPattern) for one in found), "an included tree of addresses is not walked"
    return [one for one in found if isinstance(one, URLPattern)]


@pytest.fixture
def walk(office: Office) -> Walk:
    from io import BytesIO

    director, worker = office.keyring("director"), office.keyring("caseworker")
    at = office.later()
    team = make_team(keyring=director, name="North", at=at)
    values = {name: PLANTED[name] for name in ("name", "whereabouts", "note")}
    whole = family(office)
    member = change_case(keyring=worker, case=whole.case, seen_version=1000, values=values, at=office.later())
    office.admit("northern", "Elsewhere Lead", ["case_lead"], team.pk)  # type: ignore[list-item] # a role's name is a role
    other = create_case(keyring=office.keyring("northern"), values=values, at=at)
    file = attach_file(
        keyring=office.keyring("safeguarding"),
        case=member,
        tier=Tier.EVIDENCE,
        source=BytesIO(b"film"),
        name="Plantedfile.mp4",
        at=at,
    )
    alert = append(keyring=office.keyring("northern"), kind="honey.touched", at=at)
    question = ask_leave(keyring=office.keyring("northern"), purpose="openings", at=at)
    form = brought(office)
    draft = begin_submission(keyring=worker, case=member, form=form, at=office.later())
    save_draft(keyring=worker, submission=draft, answers={"head": PLANTED["note"]}, at=office.later())
    nothing = uuid4()
    kept = kept_of(office, member)
    arguments = {
        "person_id": office.id("finance"),
        "team_id": team.pk,
        "file_id": file.pk,
        "approval_id": question.pk,
        "seq": alert.pk,
        "other_id": create_case(keyring=worker, values=values, at=at).pk,
        "form_id": form.pk,
        "submission_id": draft.pk,
        "parts": 1,
        "view_id": nothing,
        **kept,
        **dict.fromkeys(NOTHING_THERE, nothing),
    }
    return Walk(office, member, other, arguments, whole.rows)


def traveller_of(case: Case) -> UUID:
    """Return the first traveller of a case; the case itself while nobody is entered."""
    first = Traveller.objects.filter(record=case.record, gone_at=None).order_by("at", "pk").first()
    return first.pk if first else case.pk


def kept_of(office: Office, case: Case) -> dict[str, UUID]:
    """Return what pages of consent and safeguarding are about: ids by argument."""
    at = office.later()
    officer = office.keyring("safeguarding")
    asked = Asked(case.pk, Purpose.SHARING, ConsentAnswer.GIVEN, shared_with=PLANTED["note"])
    consent = record_consent(keyring=office.keyring("caseworker"), record=case.record, asked=asked, at=at)
    members = [Member(f"{PLANTED['note']} {number}") for number in range(3)]
    paper = record_determination(
        keyring=office.keyring("caseworker"),
        record=case.record,
        traveller_id=case.pk,
        recommendation=Recommendation.GO,
        members=members,
        words=PLANTED["note"],
        at=at,
    )
    heard = Heard(Origin.TRAVELLER, Gravity.HARM, PLANTED["testimony"], complainant=PLANTED["name"])
    complaint = receive_complaint(keyring=office.keyring("caseworker"), heard=heard, at=at)
    check = record_check(
        keyring=officer,
        kind=HouseKind.SHELTER,
        name="Lantern House",
        answers=dict.fromkeys(OF_HOUSE, CheckAnswer.YES),
        found=[Found("put right", at + timedelta(days=1))],
        next_by=at + timedelta(days=9),
        at=at,
    )
    return {
        "consent_id": consent.pk,
        "paper_id": paper.pk,
        "complaint_id": complaint.pk,
        "check_id": check.pk,
        "follow_id": check.follow_ups.get().pk,
    }


OF_MEMBER = {"file_id", "row_id", "consent_id", "paper_id", "submission_id"}
"""Arguments that stand for something of the first case: with the other case nothing is there (404)."""

NOTHING_THERE = {"job_id", "office_id", "bundle_id", "parcel_id", "stage_id", "import_id", "export_id"}
"""Arguments for which this office has nothing: whoever may open the page is told so (404)."""


DECIDED_FURTHER_ON = {
    "access.give.parts": (403,),
    "access.take.parts": (403,),
    "cases.release": (403,),
    "safeguarding.paper": (403,),
    "cases.shred": (403,),
    "duplicates.pair": (403,),
    "duplicates.take_back": (403,),
    "intake.fill": (403,),
}
"""Answers that pages may give besides, where more than the tables decides: what the giver holds and the receiver may receive
(tests/unit/accounts/services/test_keys.py), whether a second person agreed (test_holds.py there), who wrote a paper
(tests/unit/web/views/safeguarding/test_deciding.py), and whether the other case of a pair may be compared too
(tests/unit/web/views/duplicates/test_pair.py). A form is read by whoever may open the case, and filled in by whoever may
change it."""

OF_TIER = {"name": Tier.IDENTITY, "whereabouts": Tier.MOVEMENT, "note": Tier.WELFARE, "testimony": Tier.EVIDENCE}
"""Which part of a case the planted words belong to."""


def expected(walk: Walk, key: str, pattern: URLPattern, case: Case) -> tuple[int, ...]:
    """Return the answers that the tables allow for a person who has unlocked."""
    access, person = ACCESS[str(pattern.name)], walk.office.person(key)
    nothing_there = bool(NOTHING_THERE & set(pattern.pattern.converters))
    if isinstance(access.action, Open):
        return (*ANSWERED, 404) if nothing_there else ANSWERED
    if not may(person, access.action):
        return (403,)
    if access.record_argument is not None:
        given = walk.arguments.get(access.record_argument, uuid4())
        record = case.record if access.record_argument == "case_id" else record_of(given)
        keyring, tier = walk.office.keyring(key), tier_of(str(pattern.name))
        if not may(person, access.action, record, keyring):
            return (404,)
        allowed = allowed_tiers(person, access.action, record, keyring)
        if tier and (tier not in allowed or not keyring.may_open(record, tier)):
            shown_as_sealed = (200,) if "reveal" in str(pattern.name) else ()
            return (*REFUSED, 405, *shown_as_sealed)
        nothing_there = nothing_there or (bool(OF_MEMBER & set(pattern.pattern.converters)) and case is walk.other)
    more = DECIDED_FURTHER_ON.get(str(pattern.name), ())
    return (*ANSWERED, *more, 404) if nothing_there else (*ANSWERED, *more)


def tier_of(name: str) -> Tier | None:
    """Return the one part of a case that an address is about."""
    if name in {"cases.file", "cases.file.named"}:
        return Tier.EVIDENCE
    if name in {"intake.fill", "intake.discard"}:
        return Tier.WELFARE  # of the form that was begun
    last = name.rsplit(".", 1)[-1]
    return Tier(last) if last in set(Tier) else None


def closed_words(walk: Walk, key: str, case: Case) -> list[str]:
    """Return the planted words of a case that this person may not read, or holds no key of."""
    person, keyring = walk.office.person(key), walk.office.keyring(key)
    allowed = allowed_tiers(person, Action.CASE_OPEN, case.record, keyring) & keyring.tiers_of(case.record)
    return [PLANTED[name] for name, tier in OF_TIER.items() if tier not in allowed]


def record_of(row: UUID) -> Record:
    """Return the record of a complaint or a look at a house, whose id is its own; of people and teams the organisation's."""
    return Record.objects.filter(pk=row).first() or Record.objects.get(kind="organisation")


def ask(client: Client, method: str, address: str) -> HttpResponseBase:
    """Ask in a transaction that is undone, so that no answer changes the next."""
    point = transaction.savepoint()
    try:
        response: HttpResponseBase = client.generic(method, address)
        if response.streaming:
            b"".join(response.streaming_content)  # type: ignore[attr-defined] # streams have it
        return response
    finally:
        transaction.savepoint_rollback(point)


def text_of(response: HttpResponseBase) -> str:
    return "" if response.streaming else response.content.decode("utf-8", "replace")  # type: ignore[attr-defined] # pages have it


def faults_of_headers(response: HttpResponseBase) -> Iterator[str]:
    for name, value in HEADERS.items():
        if response.headers.get(name) != value:
            yield f"header {name}"
    if "unsafe" in response.headers.get("Content-Security-Policy", ""):
        yield "an unsafe policy"


def faults_of_words(response: HttpResponseBase, address: str = "", *, refused: bool, me: str = "") -> Iterator[str]:
    """Yield where something planted stands that must not: titles, addresses and headers never, refusals not at all."""
    page = text_of(response)
    title = "".join(re.findall(r"<title>(.*?)</title>", page, re.DOTALL))
    outside = "\n".join([address, title, *(f"{name}: {value}" for name, value in response.headers.items())])
    for word in (*PLANTED.values(), *COLLEAGUES, "Harbour Light", "Plantedfile"):
        if word in outside:
            yield f"{word.split()[0]} in a title, an address or a header"
    secret = (*PLANTED.values(), "Plantedfile", *(name for name in COLLEAGUES if name != me))
    if refused and any(word in page for word in secret):
        yield "something planted in a refusal"


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    names = [one.name for one in addresses()]
    assert None not in names
    assert len(names) == len(set(names))
    assert set(names) == set(ACCESS)


@pytest.mark.parametrize("key", PEOPLE)
def test_who_has_unlocked_is_answered_as_the_tables_say(walk: Walk, key: str) -> None:
    wrong = []
    client = walk.office.client(key)
    seat = client.desk
    closed_in = {case: closed_words(walk, key, case) for case in (walk.member, walk.other)}
    for pattern in addresses():
        of_a_case = "case_id" in pattern.pattern.converters
        for case in (walk.member, walk.other) if of_a_case else (walk.member,):
            wanted, closed = expected(walk, key, pattern, case), closed_in[case]
            for method in METHODS:
                client.desk = same_seat(seat)  # whoever locks leaves theirs
                response = ask(seated(client), method, walk.address(pattern, case))
                told = f"{method} {pattern.name} of {'a' if case is walk.member else 'another'} case: {response.status_code}"
                if response.status_code not in wanted:
                    wrong.append(f"{told}, not {wanted}")
                wrong += [f"{told}, {fault}" for fault in faults_of(response, pattern, closed, PEOPLE[key][0])]
    assert not wrong, "\n".join(wrong)


def faults_of(response: HttpResponseBase, pattern: URLPattern, closed: list[str], me: str) -> Iterator[str]:
    if pattern.name == "cases.file.named":
        response.headers.pop("Content-Disposition", None)  # the one answer that is asked for with a file's name
    yield from faults_of_headers(response)
    yield from faults_of_words(response, refused=response.status_code in REFUSED, me=me)
    yield from (f"{word.split()[0]} is told" for word in closed if word in text_of(response))


def seated(client: SeatedClient) -> SeatedClient:
    """Sit down with a new session: no message of an earlier page is shown on this one."""
    client.cookies.clear()
    session = client.session
    session[SEAT] = client.desk.token
    session.save()
    return client


def test_without_keys_every_page_leads_to_the_door(walk: Walk) -> None:
    wrong = []
    walk.office.client("director")
    for pattern in addresses():
        address = walk.address(pattern, walk.member)
        for method in METHODS:
            client = SeatedClient(walk.office.desk("director"))  # a browser that did not unlock
            response = ask(client, method, address)
            told = f"{method} {pattern.name}: {response.status_code}"
            if ACCESS[str(pattern.name)].action is Open.TO_LOCKED:
                if response.status_code not in ANSWERED:
                    wrong.append(told)
            elif (response.status_code, response.headers.get("Location")) != (303, reverse("door.unlock")):
                wrong.append(told)
            faults = [*faults_of_headers(response), *faults_of_words(response, address, refused=True)]
            wrong += [f"{told}, {fault}" for fault in faults]
    assert not wrong, "\n".join(wrong)


def test_a_locked_process_leads_to_the_door_too(walk: Walk) -> None:
    """The browser has the cookie of an unlocking that is over: the process that held the keys is gone."""
    wrong = []
    for pattern in addresses():
        if ACCESS[str(pattern.name)].action is Open.TO_LOCKED:
            continue
        client = walk.office.client("director")
        client.desk.opened = client.desk.keyring = None
        client.desk.token = ""
        for method in METHODS:
            response = ask(client, method, walk.address(pattern, walk.member))
            if (response.status_code, response.headers.get("Location")) != (303, reverse("door.unlock")):
                wrong.append(f"{method} {pattern.name}: {response.status_code}")
    assert not wrong, "\n".join(wrong)


def test_other_methods_are_refused_everywhere(walk: Walk) -> None:
    client = walk.office.client("director")
    for pattern in addresses():
        for method in ("PUT", "DELETE", "PATCH", "TRACE"):
            status = ask(client, method, walk.address(pattern, walk.member)).status_code
            assert status in (403, 405), (method, pattern.name, status)


def test_an_address_that_is_not_there_tells_nothing(walk: Walk) -> None:
    for client in (walk.office.client("caseworker"), SeatedClient(walk.office.desk("caseworker"))):
        response = client.get(f"/cases/{uuid4()}/Plantedname")
        assert response.status_code == 404
        assert "Plantedname" not in text_of(response)
        assert list(faults_of_headers(response)) == []
