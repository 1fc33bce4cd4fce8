"""What an entry of the log was about, in the reader's language."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from waystation.audit.payload import Payload
from waystation.web.wording import active_language, catalogue, say

_VALUES = (
    "cases.field.",
    "cases.tier.",
    "people.role.",
    "approvals.purpose.",
    "log.reason.",
    "consent.activity.",
    "safeguarding.step.",
)
"""Where the words stand for what the log calls by its name in the program."""
_OF_DETAIL = {"purpose": "consent.purpose.", "answer": "consent.answer."}
"""Where the words stand for one detail alone: elsewhere the same name may mean something else."""
_KEY_SHOWN = 16


def facts_of(payload: Payload | None, names: Mapping[UUID, str]) -> list[tuple[str, str]]:
    """Return pairs of label and value; ids of people become their names, fields, parts and roles what pages call them."""
    if payload is None:
        return [(say("log.payload"), say("log.payload.closed"))]
    facts = [(say("log.detail.record"), str(payload.record_id))] if payload.record_id else []
    if payload.tier:
        facts.append((say("log.detail.tier"), _word(str(payload.tier), names)))
    facts.extend((_label(name), _value(name, value, names)) for name, value in sorted(payload.details.items()))
    return facts


def _label(name: str) -> str:
    key = f"log.detail.{name}"
    return say(key) if key in catalogue(active_language()) else name


def _value(name: str, value: str | int | Sequence[str | int], names: Mapping[UUID, str]) -> str:
    said = f"{_OF_DETAIL[name]}{value}" if name in _OF_DETAIL else ""
    if said in catalogue(active_language()):
        return say(said)
    if name == "sign_public":
        return f"{str(value)[:_KEY_SHOWN]}…"
    if isinstance(value, str | int):
        return _word(str(value), names)
    return ", ".join(_word(str(one), names) for one in value)


def _word(text: str, names: Mapping[UUID, str]) -> str:
    for beginning in _VALUES:
        if f"{beginning}{text}" in catalogue(active_language()):
            return say(f"{beginning}{text}")
    try:
        return names.get(UUID(text), text)
    except ValueError:
        return text
