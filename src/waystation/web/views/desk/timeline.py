"""Everything that happened to a case, the newest first: changes of its fields, files, what the desk and other rooms did."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from waystation.cases.models import Change, ChangeKind, Event, EventKind
from waystation.cases.whole import Whole
from waystation.web.views.cases.shown import who_did_what
from waystation.web.views.desk.elsewhere import Happened
from waystation.web.wording import say


@dataclass(frozen=True)
class Moment:
    """One line: when, who, what, and the kind it can be filtered by."""

    at: datetime
    who: str
    what: str
    kind: str


def timeline(
    whole: Whole, changes: Collection[Change], happened: Collection[Happened], names: Mapping[UUID, str]
) -> list[Moment]:
    """Return the moments of a case. Of what stays closed it is told that something was done, not what."""
    told = {row.row.case_version: row["told"] for row in whole.rows(Event) if row["told"]}
    found = [_moment(change, told.get(change.version), names) for change in changes]
    found += [Moment(each.at, names.get(each.by) or say("cases.somebody"), each.what, each.kind) for each in happened]
    return sorted(found, key=lambda moment: moment.at, reverse=True)


def _moment(change: Change, told: Mapping[str, Any] | None, names: Mapping[UUID, str]) -> Moment:
    at, who, what = who_did_what(change, names)
    if told is None:
        kind = "file" if change.kind == ChangeKind.FILE_KEPT else "fields"
        return Moment(at, who, what, kind)
    return Moment(at, who, said_event(told, names), str(told["kind"]))


def said_event(told: Mapping[str, Any], names: Mapping[UUID, str]) -> str:
    """Return what happened, in words."""
    kind = EventKind(told["kind"])
    return say(f"desk.event.{kind}", **{name: value(told, names) for name, value in _VALUES.get(kind, {}).items()})


def _word(name: str, said: str) -> Any:
    def look(told: Mapping[str, Any], _names: Mapping[UUID, str]) -> str:
        return say(f"{said}.{told[name]}") if name in told else ""

    return look


def _person(name: str) -> Any:
    def look(told: Mapping[str, Any], names: Mapping[UUID, str]) -> str:
        return names.get(UUID(told[name]), "") or say("cases.somebody") if name in told else ""

    return look


def _reason(told: Mapping[str, Any], _names: Mapping[UUID, str]) -> str:
    return say(f"desk.reason.{told['outcome']}.{told['reason']}")


def _found(told: Mapping[str, Any], _names: Mapping[UUID, str]) -> str:
    found = say(f"desk.result.{told['result']}")
    reason = told.get("reason")
    return f"{found} ({say(f'desk.why_not.{reason}')})" if reason else found


def _parts(told: Mapping[str, Any], _names: Mapping[UUID, str]) -> str:
    return ", ".join(say(f"cases.tier.{part}") for part in told["parts"])


_VALUES: dict[EventKind, dict[str, Any]] = {
    EventKind.ADVANCED: {"to": _word("to", "desk.step")},
    EventKind.STEPPED_BACK: {"to": _word("to", "desk.step")},
    EventKind.RETURNED_TO: {"to": _word("to", "desk.step")},
    EventKind.JUDGED: {"subject": _word("subject", "desk.subject"), "result": _found},
    EventKind.PRIORITY_SET: {"to": _word("to", "desk.priority")},
    EventKind.DOCUMENT_DESCRIBED: {"paper": _word("paper", "desk.paper")},
    EventKind.TASK_ADDED: {"what": _word("what", "desk.task.kind")},
    EventKind.TASK_DONE: {"what": _word("what", "desk.task.kind")},
    EventKind.TASK_OPENED_AGAIN: {"what": _word("what", "desk.task.kind")},
    EventKind.FLAG_RAISED: {"reason": _word("reason", "desk.flag.kind")},
    EventKind.FLAG_LOWERED: {"reason": _word("reason", "desk.flag.kind")},
    EventKind.RECOMMENDED: {"outcome": _word("outcome", "desk.outcome"), "reason": _reason},
    EventKind.DECIDED: {"outcome": _word("outcome", "desk.outcome"), "reason": _reason},
    EventKind.SENT_BACK: {"outcome": _word("outcome", "desk.outcome")},
    EventKind.HANDED_OVER: {"to": _person("to")},
    EventKind.ACCESS_GIVEN: {"to": _person("to"), "parts": _parts},
    EventKind.ACCESS_TAKEN: {"to": _person("to"), "parts": _parts},
    EventKind.REFERRED: {"what": _word("what", "desk.referral"), "service": _word("service", "desk.service")},
    EventKind.REFERRAL_ANSWERED: {"answer": _word("answer", "desk.referral_answer")},
    EventKind.LEFT: {"outcome": _word("outcome", "desk.exit")},
}
"""What stands in the sentence of each kind; the others have none."""
