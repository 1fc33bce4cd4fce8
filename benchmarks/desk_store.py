"""The store that the desk is measured on: filled once, in a folder that may be kept and opened again by the next measurement."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from benchmarks import desk_fill
from benchmarks.pages import begin

if TYPE_CHECKING:
    from tests.office import Office

PEOPLE = ("director", "case_lead", "caseworker", "safeguarding")
HOUSEHOLDS = (5, 12)
FACTS = "filled.json"


@dataclass(frozen=True)
class Filled:
    """An office with its cases: an ordinary one of the caseworker's own, and households of `HOUSEHOLDS` people by their size."""

    office: "Office"
    own: UUID
    households: dict[int, UUID]


def filled(folder: Path, cases: int, say: Callable[[str], None]) -> Filled:
    """Open the store in ``folder`` that was filled before, or fill it with so many cases: three minutes for 40,000.

    Raises
    ------
    RuntimeError
        If the folder holds another number of cases.
    """
    facts = folder / FACTS
    if facts.exists():
        return _opened(folder, cases, json.loads(facts.read_text("utf-8")))
    folder.mkdir(parents=True, exist_ok=True)
    begin(folder)
    from tests.office import found_office
    from tests.unit.cases.household import household

    from waystation.accounts.roles import Role

    office = found_office(people=PEOPLE)
    office.admit("other", "Somebody Else", [Role.CASEWORKER])
    office.now = datetime.now(UTC)
    own = desk_fill.fill(office, cases, say)[-1]
    households = {people: household(office, people).pk for people in HOUSEHOLDS}
    for key in office.opened:
        office.desk(key)
    told = {"cases": cases, "own": str(own), "households": {str(size): str(pk) for size, pk in households.items()}}
    facts.write_text(json.dumps({**told, "people": list(office.opened)}), encoding="utf-8")
    return Filled(office, own, households)


def _opened(folder: Path, cases: int, told: dict[str, object]) -> Filled:
    if told["cases"] != cases:
        raise RuntimeError(f"{folder} was filled with {told['cases']} cases, not {cases}")
    begin(folder)
    from tests.office import Office

    from waystation.accounts.queries import keyring_of
    from waystation.accounts.services import Founded
    from waystation.config.device_file import read_device
    from waystation.vault import open_device

    device, people = read_device(folder), list(told["people"])  # type: ignore[call-overload] # what was written there
    # A passphrase is made of a person's place among all of them: that is known before any is opened.
    words = Office(None, dict.fromkeys(people))  # type: ignore[arg-type] # only its passphrases are asked for
    opened = {key: open_device(device, words.passphrase(key)) for key in people}
    first = opened["director"]
    office = Office(Founded(first, (), keyring_of(first)), opened, datetime.now(UTC), set(people))
    households = {int(size): UUID(pk) for size, pk in dict(told["households"]).items()}  # type: ignore[call-overload] # likewise
    return Filled(office, UUID(str(told["own"])), households)
