"""No path through the services reaches movement without consent, screening, the child procedure and two signatures."""

import random
from collections.abc import Callable
from typing import Any

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
from waystation.cases.steps.vocabulary import Step
from waystation.kernel import WaystationError

pytestmark = pytest.mark.django_db
PEOPLE = ("caseworker", "case_lead", "director", "safeguarding")
SUBJECTS = ("verification", "screening", "assessment", "consent", "plan")


class Wanderer:
    """Does anything that the services offer, in any order, as anybody; mostly what leads on, or nobody would ever move."""

    def __init__(self, office: Office, seed: int, case: Case | None = None) -> None:
        self.office, self.chance = office, random.Random(seed)
        self.case = case or asked(office, heads={"18-59": 1})
        self.moved = 0

    def step(self) -> None:
        """Do one thing; if it led to movement, hold it against what is in the rows."""
        doings: list[tuple[int, Callable[[], object]]] = [
            (8, self.on),
            (12, self.judge),
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
            told = keys.open(row, "subject", "traveller", "result")
            rulings[told["subject"], told["traveller"]] = told["result"]
        for subject in ("consent", "screening", "verification", "plan"):
            assert rulings.get((subject, None)) == "done", subject
        for one in Traveller.objects.filter(record=self.case.record, gone_at=None).select_related("record"):
            band = keys.open(one, "age_band")["age_band"]
            assert band not in CHILDREN or rulings.get(("child_procedure", str(one.pk))) == "done"
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
        return advance(
            **self.told("caseworker", "case_lead"), sources=()
        )  # the case's own rules; those of the rooms: test_rooms

    def back(self) -> Case:
        return step_back(**self.told("caseworker"))

    def judge(self) -> object:
        people = list(Traveller.objects.filter(record=self.case.record).values_list("pk", flat=True))
        result = self.chance.choice(("done",) * 20 + ("withdrawn", "cannot_yet"))
        about: dict[str, Any] = {"subject": self.chance.choice(SUBJECTS)}
        if about["subject"] == "consent" and self.chance.random() < 0.5:
            result = "withdrawn"
        if people and self.chance.random() < 0.3:
            about = {"subject": "child_procedure", "traveller": self.chance.choice(people)}
        who = ("safeguarding",) if "traveller" in about else ("caseworker",)
        return judge(**self.told(*who), **about, result=result, reason="other", words="seen")

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
