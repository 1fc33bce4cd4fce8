"""From a first call to an accepted decision, through the pages alone: a family of five with a child alone, and one declined."""

from typing import Any

import pytest
from django.urls import reverse
from tests.office import Office, SeatedClient
from tests.unit.cases.desk import summary
from tests.unit.cases.people import follow_clock, page
from tests.unit.safeguarding.children import trained

from waystation.cases.models import Case, Decision, Traveller
from waystation.cases.steps.vocabulary import Step
from waystation.safeguarding.models import Paper

pytestmark = pytest.mark.django_db
FAMILY = ("18-59", "18-59", "75+", "5-11", "12-17")


@pytest.fixture(autouse=True)
def _clock(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    follow_clock(office, monkeypatch)


def call(client: SeatedClient, name: str, **heads: str) -> Case:
    """Take a first call, one thing at a time."""
    address, before = reverse("desk.request"), set(Case.objects.values_list("pk", flat=True))
    for stage, given in (
        ("for_whom", {"for_whom": name}),
        ("asker", {"asker": "relative", "asker_name": "an aunt"}),
        ("answer", {"answer_way": "message", "answer_address": "two words, then wait", "language": "ko"}),
        ("people", heads),
        ("danger", {"region": "border province", "danger": "asked about by name", "priority": "urgent"}),
        ("consent", {"contact_consent": "yes"}),
        ("check", {"enter": "1"}),
    ):
        assert client.post(address, {"stage": stage, **given}).status_code == 303, stage
    return Case.objects.select_related("record").exclude(pk__in=before).get()


def do(client: SeatedClient, url: str, /, *arguments: object, **given: Any) -> None:
    answer = client.post(reverse(url, args=arguments), given)
    assert answer.status_code == 303, page(answer)


def to_decision(client: SeatedClient, case: Case, bands: tuple[str, ...]) -> list[Any]:
    """Verify, screen and assess a case, and put its people on it."""
    do(client, "desk.advance", case.pk)
    for subject in ("verification", "screening"):
        do(client, "desk.judge", case.pk, subject=subject, result="done")
        do(client, "desk.advance", case.pk)
    people: list[Any] = []
    for band in bands:
        given = {"accompanied_by": str(people[0])} if band == "5-11" else {}
        do(client, "desk.traveller", case.pk, age_band=band, name=f"Invented {band}", **given)
        people.append(Traveller.objects.filter(record=case.record).exclude(pk__in=people).get().pk)
    do(client, "desk.judge", case.pk, subject="assessment", result="done")
    do(client, "desk.advance", case.pk)
    return people


def agree(worker: SeatedClient, lead: SeatedClient, case: Case, people: list[Any]) -> None:
    """Let everybody say yes to the journey, and the lead decide about trafficking."""
    status = {"status": "NotAVictimOfTrafficking", "decided_by_kind": "NGO", "decided_by": "the lead", "why": "asked"}
    for each in people:
        for purpose in ("casework", "movement"):
            said = {"purpose": purpose, "answer": "given", "said_by": "self", "capacity": "able"}
            do(worker, "consent.record", case.pk, each, **said)
        do(lead, "safeguarding.status", case.pk, each, **status)


def procedure(
    worker: SeatedClient, seconds: tuple[SeatedClient, SeatedClient], case: Case, child: Any, *, alone: bool
) -> None:
    """Run a child's procedure: an assessment, and for a child alone a panel, each agreed to by a second person."""
    evidence = dict.fromkeys(("care_evidence", "parents_evidence"), "the child says so")
    grades = dict.fromkeys(("care_grade", "parents_grade"), "child")
    parents = dict.fromkeys(("mother", "father"), "unknown")
    care = "unaccompanied" if alone else "accompanied"
    do(worker, "safeguarding.care", case.pk, child, age="child", care=care, **evidence, **grades, **parents)
    paper = {"words": "heard the child", "recommendation": "go"}
    do(worker, "safeguarding.assess", case.pk, child, **paper)
    if alone:
        seats = {f"{part}_{seat}": f"{part} {seat}" for part in ("name", "role") for seat in (1, 2, 3)}
        do(worker, "safeguarding.determine", case.pk, child, **paper, **seats)
    written = Paper.objects.filter(record=case.record, traveller_id=child).order_by("at")
    for row, second in zip(written, seconds, strict=False):
        do(second, "safeguarding.paper", case.pk, row.pk, verdict="agreed", why="read whole")


def test_a_family_is_accepted_and_stays_until_the_childs_procedure_is_done(office: Office) -> None:
    worker, lead, officer = (office.client(key) for key in ("caseworker", "case_lead", "safeguarding"))
    heads = {f"heads_{band}": str(FAMILY.count(band)) for band in FAMILY}
    case = call(worker, "Pak Un-ju", **heads)
    people = to_decision(worker, case, FAMILY)
    do(worker, "desk.household", case.pk, kind="group", members=[str(each) for each in people])
    agree(worker, lead, case, people)
    accepted = {"outcome": "accepted", "reason": "accepted.danger_and_way", "words": "all of it fits", "language": "ko"}
    do(worker, "desk.recommend", case.pk, **accepted)
    do(lead, "desk.decide", case.pk, Decision.objects.get().pk, answer="agreed")
    assert summary(office, case).outcome == "accepted"
    worker.post(reverse("desk.advance", args=[case.pk]))
    assert summary(office, case).step is Step.DECISION
    shown = page(worker.get(reverse("cases.page", args=[case.pk])))
    assert "Best interests assessment: Nobody moves under 18" in shown
    assert "Best interests determination: No parent or guardian is with them" in shown
    trained(office)
    for child, alone in ((people[3], False), (people[4], True)):
        procedure(worker, (officer, lead), case, child, alone=alone)
    do(worker, "desk.advance", case.pk)
    assert summary(office, case).step is Step.PLAN
    do(worker, "desk.hand_over", case.pk, to=str(office.id("case_lead")))
    assert summary(office, case).owner == office.id("case_lead")


def test_another_is_declined_with_a_reason_and_a_letter(office: Office) -> None:
    worker, director = office.client("caseworker"), office.client("director")
    case = call(worker, "Rafe Montclair", **{"heads_18-59": "1"})
    to_decision(worker, case, ("18-59",))
    declined = {"outcome": "declined", "reason": "declined.outside_mandate", "words": "works abroad", "language": "es"}
    do(worker, "desk.recommend", case.pk, **declined)
    row = Decision.objects.get()
    do(director, "desk.decide", case.pk, row.pk, answer="agreed")
    letter = page(worker.get(reverse("desk.letter", args=[case.pk, row.pk])))
    assert "no es un trabajo que podamos hacer" in letter
    assert "Montclair" not in letter
    assert summary(office, case).review is not None
    do(worker, "cases.close", case.pk, outcome="declined", words="told by telephone")
    assert summary(office, case).step is Step.CLOSURE
