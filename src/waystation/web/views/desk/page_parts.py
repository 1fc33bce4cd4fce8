"""What a case's page shows beside the four parts of its own fields: where it stands, what is next, who, and what is to do."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from waystation.accounts.permissions import Action, allowed_tiers, may
from waystation.cases.alerts import alerts_of
from waystation.cases.models import (
    Contact,
    Decision,
    Document,
    Event,
    EventKind,
    Flag,
    Household,
    Note,
    Referral,
    Request,
    Task,
    Traveller,
)
from waystation.cases.steps.blocks import Asked, Block
from waystation.cases.steps.on_record import OnRecord
from waystation.cases.steps.rooms import ConsentSource, SafeguardingSource, answered
from waystation.cases.steps.vocabulary import Need, Standing, Step
from waystation.cases.whole import Told, Whole, whole_on_record
from waystation.safeguarding.queries import pictures
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier
from waystation.web.views.cases.asked import AskedRequest
from waystation.web.views.desk.elsewhere import Kept
from waystation.web.views.desk.labels import label
from waystation.web.views.desk.merged import merged_people
from waystation.web.views.desk.whats_next import what_is_next
from waystation.web.wording import say

NAMING = frozenset({EventKind.HANDED_OVER, EventKind.ACCESS_GIVEN, EventKind.ACCESS_TAKEN})
"""What happens between colleagues: ``to`` is one of them."""


@dataclass(frozen=True)
class Card:
    """A person, a contact or another repeating thing: what it is called, its facts, its name if that is open."""

    id: UUID
    title: str
    facts: list[tuple[str, str]] = field(repr=False)
    name: str = field(default="", repr=False)
    marks: tuple[str, ...] = ()
    row: Any = None


def parts(
    request: AskedRequest,
    whole: Whole,
    glance: Keyring,
    names: Mapping[UUID, str],
    kept: Kept | None,
    now: datetime,
) -> dict[str, Any]:
    """Return what the page shows of the desk's work to somebody who may know how people are; nothing to anybody else."""
    if Tier.WELFARE not in whole.opened or kept is None:
        return {"desk": None}
    case, summary, known = whole.case, whole.summary, whole_on_record(whole)
    changeable = case.closed_at is None and Tier.WELFARE in allowed_tiers(
        request.person, Action.CASE_CHANGE, case.record, glance
    )

    def able(action: Action) -> bool:
        return case.closed_at is None and may(request.person, action, case.record, glance)

    people = whole.rows(Traveller)
    rooms = answered(
        Asked(glance, case.record, Step.MOVEMENT, known.companions, now),
        (ConsentSource(kept.said, known.not_consenting), SafeguardingSource(pictures(glance, kept.rows))),
    )
    told_elsewhere = [block for room in rooms for block in room.found]
    return {
        "desk": True,
        "summary": summary,
        "strip": strip(summary.step, summary.standing),
        "marks": marks(whole, now.date()),
        "owner": names.get(summary.owner, "") if summary.owner else "",
        "mine": summary.owner == request.person.pk,
        "changeable": changeable,
        "next": what_is_next(request, whole, known, now, rooms) if able(Action.CASE_STEP) else None,
        "stands": say("desk.decision.waits" if summary.to_decide else f"desk.standing.{summary.standing}"),
        "people": [person_card(place, told, known, told_elsewhere) for place, told in enumerate(people, start=1)],
        "household": household_of(whole, people),
        "merged": merged_people(whole),
        "may_merge": able(Action.CASE_MERGE),
        "contacts": [contact_card(told) for told in whole.rows(Contact)],
        "tasks": tasks_of(whole, names, now.date()),
        "notes": [(told["text"], names.get(told.row.by, ""), told.row.at) for told in reversed(whole.rows(Note))],
        "decisions": decisions_of(request, whole, names, able(Action.CASE_DECIDE)),
        "referrals": [referral_card(told) for told in whole.rows(Referral)],
        "papers": papers_of(whole, people),
        "first_call": first_call_of(whole),
        "may_reveal": Tier.IDENTITY not in whole.opened and glance.may_open(case.record, Tier.IDENTITY),
        "may_recommend": able(Action.CASE_RECOMMEND) and summary.step is Step.DECISION,
        "may_hand_over": able(Action.CASE_HAND_OVER),
    }


def people_in(whole: Whole) -> set[UUID]:
    """Return the ids of the colleagues whom the page names."""
    found = {told.row.by for told in whole.rows(Note)}
    found |= {UUID(told["owner"]) for told in whole.rows(Task) if told["owner"]}
    for told in whole.rows(Decision):
        found |= {told.row.recommended_by, told.row.decided_by or told.row.recommended_by}
    for event in whole.rows(Event):
        if event["told"] and event["told"]["kind"] in NAMING:
            found.add(UUID(event["told"]["to"]))
    return found | ({whole.summary.owner} if whole.summary.owner else set())


def strip(step: Step, standing: Standing) -> list[tuple[str, str]]:
    """Return the steps as a strip: each in words, and done, now, blocked or later."""
    order = list(Step)
    here = order.index(step)

    def state(place: int) -> str:
        if place == here:
            return "blocked" if standing is Standing.CANNOT_YET else "now"
        return "done" if place < here else "later"

    return [(say(f"desk.step.{each}"), state(place)) for place, each in enumerate(order)]


def marks(whole: Whole, today: date) -> list[tuple[str, str, str, UUID | None]]:
    """Return the marks: a colour, the words, what more there is to say, and the id of a flag that can be lowered."""
    found: list[tuple[str, str, str, UUID | None]] = []
    if whole.summary.priority != "normal":
        colour = "danger" if whole.summary.priority == "emergency" else "warning"
        found.append((colour, say(f"desk.priority.{whole.summary.priority}"), "", None))
    for told in whole.rows(Flag):
        until = say("desk.flag.until_day", day=told["until"].isoformat()) if told["until"] else ""
        said = " · ".join(part for part in (told["words"] or "", until) if part)
        found.append(("flag", say(f"desk.flag.kind.{told['reason']}"), said, told.row.pk))
    found += [("alert", say(f"desk.alert.{name}"), "", None) for name in alerts_of(whole.summary, today)]
    return found


def person_card(place: int, told: Told[Traveller], known: OnRecord, elsewhere: Collection[Block]) -> Card:
    """Return a person's card, with what consent and safeguarding say of them; their names only where identities are open."""
    companion = next((each for each in known.companions if each.id == told.row.pk), None)
    facts = [
        (say("desk.traveller.mobility"), say(f"desk.mobility.{told['mobility']}") if told["mobility"] else ""),
        (say("desk.traveller.needs"), ", ".join(say(f"desk.travel_need.{each}") for each in told["needs"] or ())),
        (say("desk.traveller.medical"), told["medical"] or ""),
        (say("desk.traveller.languages"), ", ".join(told["languages"] or ())),
        (say("desk.traveller.relation"), told["relation"] or ""),
        (say("desk.traveller.gender"), told["gender"] or ""),
        (say("desk.traveller.birth"), (told["birth"] or {}).get("date", "")),
    ]
    open_needs = {block.need for block in elsewhere if block.traveller == told.row.pk}
    found: list[str] = []
    if companion is not None and companion.is_child:
        found.append(say("desk.child.alone") if companion.accompanied_by is None else say("desk.child"))
        done = Need.CHILD_PROCEDURE not in open_needs
        found.append(say("desk.child.procedure.done") if done else say("desk.child.procedure.open"))
    if Need.SCREENED in open_needs:
        found.append(say("desk.screen.open"))
    if _said_no(elsewhere, told.row.pk):
        found.append(say("desk.not_consenting"))
    elif Need.CONSENT in open_needs:
        found.append(say("desk.consent.open"))
    names = " · ".join(each["text"] for each in told["names"] or ())
    shown = [(about, value) for about, value in facts if value]
    return Card(told.row.pk, label(place, told), shown, names, tuple(found), companion)


def _said_no(elsewhere: Collection[Block], traveller: UUID) -> bool:
    """Tell whether somebody refused, took back, or does not go with the others."""
    no = ("not_given_by", "refused", "withdrawn")
    return any(
        block.need is Need.CONSENT and block.traveller == traveller and block.code.endswith(no) for block in elsewhere
    )


def household_of(whole: Whole, people: list[Told[Traveller]]) -> list[tuple[str, str]]:
    """Return who travels together, in words without names."""
    labels = {str(told.row.pk): label(place, told) for place, told in enumerate(people, start=1)}
    shown: list[tuple[str, str]] = []
    for told in whole.rows(Household):
        lists = [
            ("members", [told["members"] or []]),
            ("inseparable", told["inseparable"] or []),
            ("not_consenting", [told["not_consenting"] or []]),
        ]
        for name, groups in lists:
            said = [", ".join(labels[each] for each in labels if each in group) for group in groups]
            if any(said):
                shown.append((say(f"desk.household.{name}"), "; ".join(each for each in said if each)))
    return shown


def contact_card(told: Told[Contact]) -> Card:
    """Return a contact's card; the address only where identities are open."""
    facts = [
        (say("desk.request.answer_time"), told["safe_time"] or ""),
        (say("desk.contact.caution"), told["caution"] or ""),
    ]
    name = " · ".join(each for each in (told["whose"], told["address"]) if each)
    title = say(f"desk.way.{told['way']}") if told["way"] else say("desk.contact")
    return Card(told.row.pk, title, [pair for pair in facts if pair[1]], name)


def referral_card(told: Told[Referral]) -> Card:
    """Return a referral's card."""
    kind = told["kind"]
    title = f"{say(f'desk.referral.{kind}')}: {told['to']}"
    facts = [
        (say("desk.refer.service"), say(f"desk.service.{told['service']}")),
        (say("desk.words"), told["words"] or ""),
    ]
    answer = say(f"desk.referral_answer.{told['answer']}")
    return Card(told.row.pk, title, [pair for pair in facts if pair[1]], marks=(answer,))


def tasks_of(whole: Whole, names: Mapping[UUID, str], today: date) -> dict[str, list[dict[str, Any]]]:
    """Return the open tasks, the earliest first, and apart from them those that are done."""
    found = [
        {
            "id": told.row.pk,
            "what": say(f"desk.task.kind.{told['what']}"),
            "words": told["words"] or "",
            "owner": names.get(UUID(told["owner"]), "") if told["owner"] else "",
            "due": told["due"],
            "late": told["due"] is not None and told["due"] < today and told["done_on"] is None,
            "done": told["done_on"],
        }
        for told in whole.rows(Task)
    ]
    found.sort(key=lambda task: (task["due"] or date.max, str(task["id"])))
    return {
        "open": [task for task in found if task["done"] is None],
        "done": [task for task in found if task["done"] is not None],
    }


def decisions_of(
    request: AskedRequest, whole: Whole, names: Mapping[UUID, str], may_decide: bool
) -> list[dict[str, Any]]:
    """Return recommendations and decisions, the newest first; the newest that waits may be answered by another person."""
    rows = list(reversed(whole.rows(Decision)))
    rows.sort(key=lambda told: told.row.recommended_at, reverse=True)
    return [
        {
            "id": told.row.pk,
            "row": told.row,
            "outcome": say(f"desk.outcome.{told['outcome']}"),
            "reason": say(f"desk.reason.{told['outcome']}.{told['reason']}"),
            "words": told["words"] or "",
            "review_on": told["review_on"],
            "by": names.get(told.row.recommended_by, ""),
            "decided_by": names.get(told.row.decided_by, "") if told.row.decided_by else "",
            "answer": say(f"desk.answer.{told['answer']}") if told["answer"] else "",
            "answer_words": told["answer_words"] or "",
            "agreed": told["answer"] == "agreed",
            "has_letter": bool(told["letter"]),
            "mine": told.row.recommended_by == request.person.pk,
            "waits": told.row.decided_by is None and place == 0,
            "may_decide": may_decide and told.row.decided_by is None and place == 0,
        }
        for place, told in enumerate(rows)
    ]


def papers_of(whole: Whole, people: list[Told[Traveller]]) -> dict[UUID, str]:
    """Return what each described file is and whom it is about, by the file's id."""
    labels = {str(told.row.pk): label(place, told) for place, told in enumerate(people, start=1)}
    return {
        told.row.file_id: " · ".join(
            each for each in (say(f"desk.paper.{told['kind']}"), labels.get(told["traveller"] or "", "")) if each
        )
        for told in whole.rows(Document)
        if told["kind"]
    }


def first_call_of(whole: Whole) -> list[tuple[str, str, bool]]:
    """Return what the first call said, as far as it is open: label, value, and whether it takes the whole width."""
    for told in whole.rows(Request):
        heads = ", ".join(f"{say(f'desk.age.{band}')}: {count}" for band, count in (told["heads"] or {}).items())
        found = [
            ("asker", say(f"desk.asker.{told['asker']}") if told["asker"] else "", False),
            ("asker_name", told["asker_name"] or "", False),
            ("for_whom", told["for_whom"] or "", False),
            ("answer_way", say(f"desk.way.{told['answer_way']}") if told["answer_way"] else "", False),
            ("answer_address", told["answer_address"] or "", False),
            ("answer_time", told["answer_time"] or "", False),
            ("language", say(f"desk.language.{told['language']}") if told["language"] else "", False),
            ("heads", heads, False),
            ("region", told["region"] or "", False),
            ("deadline", told["deadline"].isoformat() if told["deadline"] else "", False),
            ("contact_consent", say(f"desk.consent.{told['contact_consent']}"), False),
            ("danger", told["danger"] or "", True),
        ]
        return [(say(f"desk.request.{name}"), value, wide) for name, value, wide in found if value]
    return []
