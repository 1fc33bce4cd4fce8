"""Takes invented first calls through the desk, so that there is a case at every step."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from uuid import UUID

    from waystation.cases.models import Case
    from waystation.store.keyring import Keyring

MINUTES = 3
"""Between one thing that is done to a case and the next."""


def invented_calls() -> list[Mapping[str, Any]]:
    """Return the invented first calls."""
    text = files("waystation.config.demo").joinpath("desk.toml").read_text("utf-8")
    found: list[Mapping[str, Any]] = tomllib.loads(text)["request"]
    return found


class Walk:
    """One invented case on its way: who works on it, with a clock that goes on a little with each thing done."""

    def __init__(self, keyrings: Mapping[str, "Keyring"], told: Mapping[str, Any], at: datetime) -> None:
        self.worker, self.lead, self.officer = (keyrings[key] for key in ("worker", "lead", "safeguarding"))
        self.told = told
        self._at = at
        self.case = self._called()

    def later(self) -> datetime:
        """Return the next moment."""
        self._at += timedelta(minutes=MINUTES)
        return self._at

    def go(self) -> "Case":
        """Take the case to the step that is told, with what is told of it."""
        from waystation.cases.services import close_case, judge, raise_flag, write_note

        for step, do in self._stages():
            if self.told["step"] == step:
                break
            do()
        about: dict[str, Any] = {"keyring": self.worker, "case": self.case}
        if reason := self.told.get("cannot_yet"):
            judge(**about, subject=self.told["step"], result="cannot_yet", reason=reason, at=self.later())
        if reason := self.told.get("flag"):
            raise_flag(**about, reason=reason, at=self.later())
        if text := self.told.get("note"):
            write_note(**about, text=text, at=self.later())
        if self.told["step"] == "decision":
            self._recommend(decided="exit" in self.told)
        if outcome := self.told.get("exit"):
            close_case(**about, outcome=outcome, at=self.later())
        return self.case

    def _stages(self) -> list[tuple[str, Callable[[], None]]]:
        """Return, for each step, what takes the case out of it."""
        return [
            ("request", self._on),
            ("verification", lambda: self._done("verification")),
            ("screening", lambda: self._done("screening")),
            ("assessment", self._assess),
            ("decision", self._decide),
            ("plan", lambda: self._done("plan")),
            ("movement", lambda: self._done("arrival")),
            ("arrival", self._on),
        ]

    def _called(self) -> "Case":
        from waystation.cases.services import FirstCall, take_request
        from waystation.cases.steps.vocabulary import Priority

        names = {each.name for each in fields(FirstCall)}
        given = {name: value for name, value in self.told.items() if name in names}
        people = self.told.get("person", ())
        heads = given.pop("heads", None) or _heads(people)
        call = FirstCall(**{**given, "priority": Priority(given["priority"])}, heads=heads)
        return take_request(keyring=self.worker, call=call, at=self._at)

    def _on(self) -> None:
        from waystation.cases.services import advance

        advance(keyring=self.worker, case=self.case, at=self.later())

    def _done(self, subject: str) -> None:
        from waystation.cases.services import judge

        judge(keyring=self.worker, case=self.case, subject=subject, result="done", at=self.later())
        self._on()

    def _assess(self) -> None:
        self._people()
        self._done("assessment")

    def _people(self) -> None:
        """Put the people on the case, and say who travels together."""
        from waystation.cases.services import add_traveller, set_household

        rows: list[Any] = []
        for person in self.told.get("person", ({"name": self.told["for_whom"], "age_band": "18-59"},)):
            values = {name: value for name, value in person.items() if name not in {"name", "with", "procedure"}}
            values["names"] = [{"text": person["name"], "script": "other", "kind": "full"}]
            if "with" in person:
                values["accompanied_by"] = str(rows[person["with"]])
            row = add_traveller(keyring=self.worker, case=self.case, values=values, at=self.later())
            rows.append(row.pk)
            if person.get("procedure"):
                self._procedure(row.pk, alone="with" not in person)
        if self.told.get("household"):
            told: dict[str, Any] = {"kind": "group", "members": rows, "inseparable": [rows[:-1]]}
            set_household(keyring=self.worker, case=self.case, at=self.later(), **told)

    def _procedure(self, traveller_id: "UUID", *, alone: bool) -> None:
        """Run a child's procedure: what is known, an assessment by a trained person, and a panel for a child alone."""
        from waystation.accounts.models import Person
        from waystation.safeguarding.models import Age, Care, Grade, Parent, Recommendation, Verdict
        from waystation.safeguarding.queries import qualified
        from waystation.safeguarding.services import (
            Member,
            decide_paper,
            record_assessment,
            record_child_facts,
            record_determination,
            record_qualification,
        )

        about: dict[str, Any] = {"keyring": self.worker, "record": self.case.record, "traveller_id": traveller_id}
        if not qualified(self.worker.person_id, at := self.later()):
            until = at + timedelta(days=700)
            person = Person.objects.get(pk=self.worker.person_id)
            course: dict[str, Any] = {
                "person": person,
                "issuer": "An invented course",
                "valid_from": at,
                "until": until,
            }
            record_qualification(keyring=self.officer, at=at, **course)
        record_child_facts(
            **about,
            age=Age.CHILD,
            care=Care.UNACCOMPANIED if alone else Care.ACCOMPANIED,
            care_grade=Grade.CHILD,
            care_evidence="As the child told it.",
            mother=Parent.UNKNOWN if alone else Parent.WITH_CHILD,
            father=Parent.UNKNOWN,
            parents_grade=Grade.CHILD,
            parents_evidence="As the child told it.",
            at=self.later(),
        )
        said: dict[str, Any] = {"recommendation": Recommendation.GO, "words": "Heard the child, weighed other ways."}
        papers = [(record_assessment(**about, **said, at=self.later()), self.officer)]
        if alone:
            panel = [Member(f"Invented member {number}", "panel") for number in (1, 2, 3)]
            papers.append((record_determination(**about, **said, members=panel, at=self.later()), self.lead))
        for paper, by in papers:
            decide_paper(keyring=by, paper=paper, verdict=Verdict.AGREED, why="Read whole.", at=self.later())

    def _agree(self) -> None:
        """Everybody says yes to the journey for themself, and a person decides about trafficking."""
        from waystation.cases.models import Traveller
        from waystation.consent.models import Answer
        from waystation.consent.purposes import Purpose
        from waystation.consent.services import Asked, record_consent
        from waystation.safeguarding.htcds import DecidingOrganisation, TraffickingStatus
        from waystation.safeguarding.services import decide_status

        record = self.case.record
        for traveller_id in Traveller.objects.filter(record=record, gone_at=None).values_list("pk", flat=True):
            for purpose in (Purpose.CASEWORK, Purpose.MOVEMENT):
                asked = Asked(traveller_id, purpose, Answer.GIVEN)
                record_consent(keyring=self.worker, record=record, asked=asked, at=self.later())
            decide_status(
                keyring=self.lead,
                record=record,
                traveller_id=traveller_id,
                status=TraffickingStatus.NOT,
                decided_by_kind=DecidingOrganisation.NGO,
                decided_by="The case lead",
                why="Talked with alone; nothing points to it.",
                at=self.later(),
            )

    def _decide(self) -> None:
        self._agree()
        self._recommend(decided=True)
        self._on()

    def _recommend(self, *, decided: bool) -> None:
        from waystation.cases.services import decide, recommend

        outcome, reason = self.told["recommend"].split(".")
        row = recommend(
            keyring=self.worker,
            case=self.case,
            outcome=outcome,
            reason=reason,
            words=self.told["words"],
            language=self.told["language"],
            at=self.later(),
        )
        if decided:
            decide(keyring=self.lead, case=self.case, decision_id=row.pk, agreed=True, at=self.later())


def _heads(people: "list[Mapping[str, Any]] | tuple[()]") -> dict[str, int]:
    bands = [str(person["age_band"]) for person in people] or ["18-59"]
    return {band: bands.count(band) for band in bands}


def fill_desk(keyrings: Mapping[str, "Keyring"], at: datetime) -> int:
    """Take every invented call through the desk, an hour apart; return how many there are.

    Parameters
    ----------
    keyrings
        Of a caseworker (``worker``), a case lead of the same team (``lead``) and an officer for ``safeguarding``.
    """
    calls = invented_calls()
    for hours, told in enumerate(calls):
        Walk(keyrings, told, at + timedelta(hours=hours)).go()
    return len(calls)
