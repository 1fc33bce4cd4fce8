"""A program that plants invented names wherever the application takes words, through its services, and then waits.

``python -m tests.forensic.planter FOLDER COUNT`` with ``WAYSTATION_DATA`` set to the folder; the database is the folder's, or the
one of ``DATABASE_URL``. It says one line of JSON when everything is planted, and ends when its input does.
"""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django

from tests.forensic.names import invented_names

if TYPE_CHECKING:
    from waystation.config.desk import Desk
    from waystation.store.keyring import Keyring

PASSPHRASE = "abandon ability able about above absent absorb"
PEOPLE = ("caseworker", "safeguarding", "field_officer", "communications", "finance", "auditor")
EACH_CASE = 8
"""Names that one case takes: three of the traveller, one after the other, a place, a note, what was said, a file and its name."""


class Planter:
    """Plants names one after the other, a second apart."""

    def __init__(self, desk: "Desk", names: list[str]) -> None:
        self.desk, self.names = desk, iter(names)
        self.at = datetime.now(UTC)
        self.keyrings: dict[str, Keyring] = {}
        self.planted: list[str] = []

    def next(self) -> str:
        """Return a name that was not planted before."""
        name = next(self.names)
        self.planted.append(name)
        return name

    def later(self) -> datetime:
        """Return the next second."""
        self.at += timedelta(seconds=1)
        return self.at

    def found(self) -> None:
        """Set up the organisation, a team and its people, under planted names."""
        from waystation.accounts.queries import keyring_of
        from waystation.accounts.roles import Role
        from waystation.accounts.services import admit_person, make_team
        from waystation.vault import new_identity

        roles = [Role.DIRECTOR, Role.CASE_LEAD]
        self.desk.set_up(
            PASSPHRASE, name=self.next(), person_name=self.next(), roles=roles, language="ko", at=self.later()
        )
        self.desk.confirm(self.desk.shares()[1:3], at=self.later())
        keyring, opened = self.desk.keyring, self.desk.opened
        assert keyring is not None
        assert opened is not None
        make_team(keyring=keyring, name=self.next(), at=self.later())
        identities = {role: new_identity(uuid4()) for role in PEOPLE}
        for role, identity in identities.items():
            admit_person(
                keyring=keyring,
                name=self.next(),
                roles=[Role(role)],
                team_id=None,
                identity_or_publics=identity,
                at=self.later(),
            )
        mine = replace(opened)
        self.keyrings = {role: keyring_of(replace(mine, identity=each)) for role, each in identities.items()}

    def case(self) -> None:
        """Enter a case, change it, attach a file, open what may be opened, look for it."""
        from waystation.accounts.openings import open_fields, search
        from waystation.cases.models import Case
        from waystation.cases.services import attach_file, change_case, create_case
        from waystation.store.tiers import Tier

        keyring, other = self.keyrings["caseworker"], self.keyrings["safeguarding"]
        first, second, third, place, note, said, content, file_name = (self.next() for _ in range(EACH_CASE))
        case = create_case(keyring=keyring, values={"name": first, "whereabouts": place}, at=self.later())
        for name in (second, third):
            case = change_case(
                keyring=keyring,
                case=case,
                seen_version=case.version,
                values={"name": name, "note": f"{note}: {name}"},
                at=self.later(),
            )
        case = change_case(
            keyring=other, case=case, seen_version=case.version, values={"testimony": said}, at=self.later()
        )
        attach_file(
            keyring=keyring,
            case=case,
            tier=Tier.MOVEMENT,
            source=BytesIO(f"{content}\n".encode() * 3000),
            name=f"{file_name}.txt",
            at=self.later(),
        )
        row = Case.objects.select_related("record").get(pk=case.pk)
        open_fields(keyring=keyring, row=row, fields=["whereabouts", "note"], at=self.later())
        open_fields(keyring=other, row=row, fields=["testimony"], at=self.later())
        search(keyring=keyring, rows=[row], fields=["name"], text=third, at=self.later())

    def desk_work(self) -> None:
        """Take a first call and work on it in every way the desk offers, a name in each field that takes words."""
        from tests.forensic.desk_work import plant_desk_work

        plant_desk_work(self.keyrings["caseworker"], self.next, self.later)

    def train(self) -> None:
        """Note that who founded the office was trained to assess what is best for a child."""
        from waystation.accounts.models import Person
        from waystation.safeguarding.services import record_qualification

        assert self.desk.keyring is not None
        record_qualification(
            keyring=self.keyrings["safeguarding"],
            person=Person.objects.get(pk=self.desk.keyring.person_id),
            issuer=self.next(),
            valid_from=self.at - timedelta(days=1),
            until=self.at + timedelta(days=300),
            at=self.later(),
        )

    def refused(self) -> Iterator[str]:
        """Yield what the application says to values that it does not take."""
        from waystation.cases.services import create_case
        from waystation.kernel import WaystationError

        for values in ({"name": self.next() * 100}, {"birth_date": self.next()}, {"party_size": self.next()}):
            try:
                create_case(keyring=self.keyrings["caseworker"], values=values, at=self.later())
            except (WaystationError, TypeError, ValueError) as error:
                yield f"{type(error).__name__}: {error}"

    def keep(self) -> None:
        """Make a backup."""
        from waystation.continuity.backup import make_backup
        from waystation.continuity.here import Here

        assert self.desk.opened is not None
        assert self.desk.keyring is not None
        make_backup(here=Here(self.desk.folder, self.desk.opened, self.desk.keyring), at=self.later())


def plant(folder: Path, count: int) -> dict[str, Any]:
    """Plant ``count`` names and return what was said of those that were refused, and the names."""
    from waystation.config.desk import Desk
    from waystation.vault import CHEAP

    planter = Planter(Desk(folder, cost=CHEAP), invented_names(count))
    planter.found()
    refused = list(planter.refused())
    planter.train()
    planter.desk_work()
    for _ in range((count - len(planter.planted)) // EACH_CASE):
        planter.case()
    planter.keep()
    return {"planted": planter.planted, "refused": refused}


def main(folder: str, count: str) -> None:
    """Plant, say so, and wait."""
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waystation.config.settings")
    django.setup()
    done = plant(Path(folder), int(count))
    for line in done["refused"]:
        sys.stderr.write(f"{line}\n")
    sys.stdout.write(json.dumps({"planted": len(done["planted"]), "refused": len(done["refused"])}) + "\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
