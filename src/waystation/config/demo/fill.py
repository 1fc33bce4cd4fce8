"""Makes the invented organisation in an empty folder, in a process of its own: whoever started it holds no key."""

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from waystation.kernel import BrokenPromiseError

if TYPE_CHECKING:
    from waystation.config.desk import Desk
    from waystation.vault import Cost, Opened

DAYS_BACK = 6
"""The invented organisation was founded so many days ago."""
MEMORY_KIB, PASSES = 64 * 1024, 1
"""What a passphrase costs to try: less than a real one, the folder lives for an hour."""


def fill_in_process(folder: Path) -> Iterator[str]:
    """Fill ``folder`` and yield what the terminal is to say: who there is, each with a passphrase.

    Raises
    ------
    BrokenPromiseError
        If it could not be filled.
    """
    environment = os.environ | {"WAYSTATION_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "waystation.config.settings"}
    environment.pop("DATABASE_URL", None)
    program = [sys.executable, "-m", "waystation.config.demo.fill"]
    done = subprocess.run(program, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own module
    if done.returncode:
        raise BrokenPromiseError("the invented organisation could not be made")
    yield from done.stdout.splitlines()


def invented() -> Mapping[str, Any]:
    """Return who and what is invented."""
    return tomllib.loads(files("waystation.config.demo").joinpath("invented.toml").read_text("utf-8"))


def fill(folder: Path, cost: "Cost", now: datetime) -> dict[str, str]:
    """Make the organisation in an empty folder; return each person's passphrase by what they are.

    Django is set up with ``folder`` as its data folder.
    """
    from waystation.config.desk import Desk
    from waystation.vault import generate_passphrase

    told, at = invented(), now - timedelta(days=DAYS_BACK)
    people = told["person"]
    passphrases = {person["key"]: generate_passphrase("en") for person in people}
    desk = Desk(folder, cost=cost)
    founder = people[0]
    desk.set_up(
        passphrases[founder["key"]],
        name=told["organisation"]["name"],
        person_name=founder["name"],
        roles=_roles(founder),
        language="en",
        at=at,
    )
    desk.confirm(desk.shares()[:2], at=at + timedelta(minutes=9))
    opened = _admit(desk, told, passphrases, at + timedelta(hours=1))
    _enter_cases(opened, told["case"], at + timedelta(days=1))
    _work(opened, at + timedelta(days=4))
    return passphrases


def _admit(desk: "Desk", told: Mapping[str, Any], passphrases: Mapping[str, str], at: datetime) -> dict[str, "Opened"]:
    from dataclasses import replace

    from waystation.accounts.services import admit_person, make_team
    from waystation.vault import new_identity

    assert desk.keyring is not None
    assert desk.opened is not None
    teams: list[UUID] = [make_team(keyring=desk.keyring, name=team["name"], at=at).pk for team in told["team"]]
    opened = {told["person"][0]["key"]: desk.opened}
    for minutes, person in enumerate(told["person"][1:], start=1):
        identity = new_identity(uuid4())
        admit_person(
            keyring=desk.keyring,
            name=person["name"],
            roles=_roles(person),
            team_id=teams[person["team"]] if "team" in person else None,
            identity_or_publics=identity,
            at=at + timedelta(minutes=minutes),
        )
        desk.add_person(identity, passphrases[person["key"]])
        opened[person["key"]] = replace(desk.opened, identity=identity)
    return opened


def _enter_cases(opened: Mapping[str, "Opened"], cases: list[dict[str, Any]], at: datetime) -> None:
    from waystation.accounts.queries import keyring_of
    from waystation.accounts.services import begin_session, end_session
    from waystation.cases.services import close_case, create_case

    for hours, told in enumerate(cases):
        when = at + timedelta(hours=5 * hours)
        keyring = keyring_of(opened[told["by"]])
        begin_session(keyring=keyring, at=when)
        values = {name: value for name, value in told.items() if name not in {"by", "closed"}}
        case = create_case(keyring=keyring, values=values, at=when + timedelta(minutes=7))
        if told.get("closed"):
            close_case(keyring=keyring, case=case, outcome="withdrew", at=when + timedelta(hours=2))
        end_session(keyring=keyring, at=when + timedelta(hours=3))


def _work(opened: Mapping[str, "Opened"], at: datetime) -> None:
    """Take invented first calls through the desk."""
    from waystation.accounts.queries import keyring_of
    from waystation.config.demo.desk import fill_desk

    who = {"worker": "caseworker", "lead": "case lead", "safeguarding": "safeguarding officer"}
    fill_desk({key: keyring_of(opened[name]) for key, name in who.items()}, at)


def _roles(person: Mapping[str, Any]) -> set[Any]:
    from waystation.accounts.roles import Role

    return {Role(role) for role in person["roles"]}


def main() -> None:
    """Fill the folder named in the environment and write who there is."""
    import django

    django.setup()
    from django.conf import settings

    from waystation.vault import Cost

    passphrases = fill(settings.DATA_DIR, Cost(MEMORY_KIB, PASSES), datetime.now(UTC))
    names = {person["key"]: person["name"] for person in invented()["person"]}
    for key, passphrase in passphrases.items():
        sys.stdout.write(f"  {key}, {names[key]}: {passphrase}\n")


if __name__ == "__main__":
    main()
