"""No path through the services reaches movement without consent, screening, the child procedure and two signatures."""

import random
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest

from tests.office import Office
from tests.unit.cases.desk import asked, summary, to_plan
from tests.unit.cases.people import saved
from waystation.cases.models import CHILDREN, Case, Decision, Household, Judgement, Traveller
from waystation.cases.services import (
    add_traveller,
    advance,
    close_case,
    decide,
    judge,
    recommend,
    reopen_case,
    set_household,
    step_back,
    take_off_traveller,
)
from waystation.cases.steps.blocks import Asked, Block
from waystation.cases.steps.on_record import read_on_record
from waystation.cases.steps.vocabulary import Need, Step
from waystation.kernel import WaystationError

pytestmark = pytest.mark.django_db
PEOPLE = ("caseworker", "case_lead", "director", "safeguarding")
SUBJECTS = ("verification", "screening", "assessment", "plan")


class Rooms:
    """Consent and safeguarding in short: who said yes, and of which child the procedure is done. The real ones: test_rooms."""

    needs = frozenset({Need.CONSENT, Need.CHILD_PROCEDURE})

    def __init__(self) -> None:
        self.agreed: set[UUID] = set()
        self.done: set[UUID] = set()

    def __call__(self, asked: Asked) -> Iterator[Block]:
        refused = read_on_record(asked.keyring, asked.record).not_consenting
        for each in asked.companions:
            if each.id in refused or each.id not in self.agreed:
                yield Block(Need.CONSENT, "consent.not_given_by", each.id)
            if each.is_child and each.id not in self.done:
                yield Block(Need.CHILD_PROCEDURE, "bia_missing", each.id)


class Wanderer:
    """Does anything that the services offer, in any order, as anybody; mostly what leads on, or nobody would ever move."""

    def __init__(self, office: Office, seed: int, case: Case | None = None) -> None:
        self.office, self.chance = office, random.Random(seed)
        self.case = case or asked(office, heads={"18-59": 1})
        self.moved, self.rooms = 0, Rooms()

    def step(self) -> None:
        """Do one thing; if it led to movement, hold it against what is in the rows."""
        doings: list[tuple[int, Callable[[], object]]] = [
            (8, self.on),
            (12, self.judge),
            (5, self.say),
            (3, self.add),
            (2, self.off),
            (1, self.recommend),
            (4, self.decide),
            (1, self.back),
            (1, self.refuse),
            (1, self.close),
        ]
        do = self.chance.choices([each for _, each in doings], [weight for weight, _ in doings])[0]
        before = summary(self.office, self.case).step
        try:
            do()
        except (WaystationError, Traveller.DoesNotExist):
            return
        if summary(self.office, self.case).step is Step.MOVEMENT and before is Step.PLAN:
            self.moved += 1
            self.hold()

    def hold(self) -> None:
        """Read the rows without any of the program's rules, and demand all four."""
        keys = self.office.keyring("case_lead")
        rulings = {}
        for row in Judgement.objects.filter(record=self.case.record).select_related("record").order_by("at"):
            told = keys.open(row, "subject", "result")
            rulings[told["subject"]] = told["result"]
        for subject in ("screening", "verification", "plan"):
            assert rulings.get(subject) == "done", subject
        for one in Traveller.objects.filter(record=self.case.record, gone_at=None).select_related("record"):
            band = keys.open(one, "age_band")["age_band"]
            assert band not in CHILDREN or one.pk in self.rooms.done
            assert one.pk in self.rooms.agreed
        decision = (
            Decision.objects.filter(record=self.case.record).order_by("recommended_at").select_related("record").last()
        )
        assert decision is not None
        assert keys.open(decision, "outcome", "answer") == {"outcome": "accepted", "answer": "agreed"}
        assert decision.decided_by is not None
        assert decision.decided_by != decision.recommended_by
        here = {str(row.pk) for row in Traveller.objects.filter(record=self.case.record, gone_at=None)}
        for group in Household.objects.filter(record=self.case.record).select_related("record"):
            told = keys.open(group, "not_consenting")
            assert not here & set(told["not_consenting"] or ())  # type: ignore[call-overload] # a list of ids

    def told(self, *people: str) -> dict[str, Any]:
        who = self.chance.choice(people or PEOPLE)
        return {"keyring": self.office.keyring(who), "case": saved(self.case.pk), "at": self.office.later()}

    def on(self) -> Case:
        return advance(**self.told("caseworker", "case_lead"), sources=[self.rooms])

    def back(self) -> Case:
        return step_back(**self.told("caseworker"))

    def judge(self) -> object:
        result = self.chance.choice(("done",) * 20 + ("withdrawn", "cannot_yet"))
        subject = self.chance.choice(SUBJECTS)
        return judge(**self.told("caseworker"), subject=subject, result=result, reason="other", words="seen")

    def say(self) -> None:
        """Let somebody say yes, take it back, or a child's procedure be done or be out of date."""
        people = list(Traveller.objects.filter(record=self.case.record).values_list("pk", flat=True))
        for one in people:
            (self.rooms.agreed.add if self.chance.random() < 0.8 else self.rooms.agreed.discard)(one)
            (self.rooms.done.add if self.chance.random() < 0.7 else self.rooms.done.discard)(one)

    def add(self) -> object:
        if Traveller.objects.filter(record=self.case.record, gone_at=None).count() > 2:
            return None
        band = self.chance.choice(("18-59", "18-59", "18-59", "5-11", "disputed"))
        return add_traveller(**self.told("caseworker"), values={"age_band": band})

    def off(self) -> object:
        people = list(Traveller.objects.filter(record=self.case.record, gone_at=None).values_list("pk", flat=True))
        return (
            take_off_traveller(**self.told("caseworker"), traveller_id=self.chance.choice(people)) if people else None
        )

    def refuse(self) -> object:
        people = list(Traveller.objects.filter(record=self.case.record, gone_at=None).values_list("pk", flat=True))
        told = self.told("caseworker")
        refusing = people[:1] if self.chance.random() < 0.3 else []
        row = Household.objects.filter(record=self.case.record).first()
        change: dict[str, Any] = {"household_id": row.pk, "seen_version": row.version} if row else {}
        return set_household(**told, **change, kind="group", members=people, not_consenting=refusing)

    def recommend(self) -> object:
        outcome = self.chance.choice(("accepted", "accepted", "declined"))
        return recommend(
            **self.told("caseworker", "case_lead"), outcome=outcome, reason="other", words="because", language="en"
        )

    def decide(self) -> object:
        rows = list(Decision.objects.filter(record=self.case.record).order_by("recommended_at"))
        if not rows:
            return None
        agreed = self.chance.random() < 0.8
        told = self.told()
        row = rows[-1] if self.chance.random() < 0.8 else self.chance.choice(rows)
        return decide(**told, decision_id=row.pk, agreed=agreed, words="so be it")

    def close(self) -> object:
        told = self.told("caseworker")
        close_case(**told, outcome="withdrew")
        return reopen_case(**{**told, "at": self.office.later()})


def test_one_who_does_anything_moves_nobody_who_must_not(office: Office) -> None:
    wanderer = Wanderer(office, seed=11)
    for _ in range(60):
        wanderer.step()


@pytest.mark.long
def test_many_who_do_anything_move_nobody_who_must_not(office: Office) -> None:
    moved = 0
    for seed in range(8):
        wanderer = Wanderer(office, seed, to_plan(office))  # near the gate, where a mistake would show
        for _ in range(120):
            wanderer.step()
        moved += wanderer.moved
    assert moved > 0, "hardly anybody ever moved: this shows nothing"
