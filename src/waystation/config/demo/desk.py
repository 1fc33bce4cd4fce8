"""Takes invented first calls through the desk, so that there is a case at every step."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
        from waystation.cases.services import add_traveller, judge, set_household

        rows: list[Any] = []
        for person in self.told.get("person", ({"name": self.told["for_whom"], "age_band": "18-59"},)):
            values = {name: value for name, value in person.items() if name not in {"name", "with", "procedure"}}
            values["names"] = [{"text": person["name"], "script": "other", "kind": "full"}]
            if "with" in person:
                values["accompanied_by"] = str(rows[person["with"]])
            row = add_traveller(keyring=self.worker, case=self.case, values=values, at=self.later())
            rows.append(row.pk)
            if person.get("procedure"):
                about: dict[str, Any] = {"subject": "child_procedure", "traveller": row.pk, "result": "done"}
                judge(keyring=self.officer, case=self.case, words="Assessed by two.", at=self.later(), **about)
        if self.told.get("household"):
            told: dict[str, Any] = {"kind": "group", "members": rows, "inseparable": [rows[:-1]]}
            set_household(keyring=self.worker, case=self.case, at=self.later(), **told)

    def _decide(self) -> None:
        from waystation.cases.services import judge

        judge(keyring=self.worker, case=self.case, subject="consent", result="done", at=self.later())
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
