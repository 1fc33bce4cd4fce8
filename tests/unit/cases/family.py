"""A family of five, one of them a child alone, with something of everything a case can hold."""

from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from uuid import UUID

from tests.office import Office
from tests.unit.cases.desk import asked, on, person, recommended, ruled
from waystation.cases.models import Case, Decision
from waystation.cases.services import (
    add_task,
    attach_file,
    describe_document,
    raise_flag,
    refer,
    set_contact,
    set_household,
    set_priority,
    write_note,
)
from waystation.cases.steps.vocabulary import Priority
from waystation.store.tiers import Tier


@dataclass
class Family:
    """A case at its decision, and the ids of what stands in it."""

    case: Case
    people: list[UUID]
    decision: Decision
    task: UUID
    flag: UUID
    contact: UUID
    referral: UUID
    file: UUID
    rows: dict[str, UUID] = field(default_factory=dict)
    """By the name of a URL, the row that its address is about."""

    @property
    def child_alone(self) -> UUID:
        """The child nobody looks after."""
        return self.people[-1]


def family(office: Office) -> Family:
    """Return a family at its decision, recommended and not decided."""
    worker = office.keyring("caseworker")
    case = asked(office, heads={"18-59": 2, "75+": 1, "5-11": 1, "12-17": 1})
    on(office, case)
    names = ("Pak Un-ju 박은주", "Kim Seong-eun 김성은", "Ri Ok-bun 리옥분", "Pak Sol 박솔", "Choe Min 최민")
    bands = ("18-59", "18-59", "75+", "5-11", "12-17")
    people: list[UUID] = []
    for name, band in zip(names, bands, strict=True):
        told = {"names": [{"text": name, "script": "latin", "kind": "full"}], "languages": ["Korean"]}
        extra = {"accompanied_by": str(people[0])} if band == "5-11" else {}
        needs = {"mobility": "assisted", "needs": ["medicine"], "medical": "heart"} if band == "75+" else {}
        people.append(person(office, case, band, **told, **extra, **needs))
    for subject in ("verification", "screening", "assessment"):
        ruled(office, case, subject)
        on(office, case)
    set_household(
        keyring=worker,
        case=case,
        kind="household",
        members=people,
        inseparable=[people[:4]],
        not_consenting=[people[2]],
        at=office.later(),
    )
    set_priority(keyring=worker, case=case, priority=Priority.URGENT, at=office.later())
    contact = set_contact(
        keyring=worker,
        case=case,
        values={"whose": "an aunt", "way": "telephone", "address": "the second number", "safe_time": "at noon"},
        at=office.later(),
    )
    at = office.later()
    task = add_task(
        keyring=worker, case=case, what="other", words="ask for the papers", due=(at - timedelta(days=2)).date(), at=at
    )
    flag = raise_flag(
        keyring=worker, case=case, reason="danger_rising", words="a search in the next village", at=office.later()
    )
    write_note(keyring=worker, case=case, text="The grandmother does not want to leave.", at=office.later())
    referral = refer(
        keyring=worker, case=case, kind="referral", service="legal", to="Harbour Law", consented=True, at=office.later()
    )
    file = attach_file(
        keyring=worker, case=case, tier=Tier.MOVEMENT, source=BytesIO(b"paper"), name="paper.jpg", at=office.later()
    )
    describe_document(keyring=worker, case=case, file_id=file.pk, kind="birth", traveller=people[3], at=office.later())
    decision = recommended(office, case, letter="Hello, these two words are enough.", language="en")
    found = Family(case, people, decision, task.pk, flag.pk, contact.pk, referral.pk, file.pk)
    found.rows = {
        **dict.fromkeys(("desk.task_done", "desk.task_again", "tasks.done", "tasks.again"), task.pk),
        **dict.fromkeys(("desk.flag_down", "desk.flag_again"), flag.pk),
        **dict.fromkeys(("desk.contact_change", "desk.contact_off", "desk.contact_on"), contact.pk),
        **dict.fromkeys(("desk.traveller_change", "desk.traveller_off", "desk.traveller_on"), people[0]),
        **dict.fromkeys(("desk.traveller_merge", "desk.traveller_unmerge"), people[1]),
        **dict.fromkeys(("desk.decide", "desk.letter", "desk.letter_change"), decision.pk),
        "desk.refer_answer": referral.pk,
        "desk.document": file.pk,
    }
    return found
