"""What keys cost: opening lists of cases, searching names, renewing keys after somebody left, and what each step of it takes.

``python -m benchmarks.keyring`` prints the table and writes it to ``out/bench/keyring.md``; with ``--record`` into
``docs/method/vault.md`` too. The store is an encrypted one of its own, in a folder that is thrown away.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from benchmarks.keeping import keep

if TYPE_CHECKING:
    from waystation.cases.models import Case
    from waystation.store.keyring import Keyring
    from waystation.vault import Card, Identity

CASES = 1_000
HOLDERS = 8
"""People who hold each key, besides the recovery key: whoever opens one tries half of the grants on average."""
NAMES = 10_000
RENEWED, ROWS = 130, 10
"""Records whose key is renewed, and rows of each; every row has two fields of the tier."""
REPEATS = 5
FIELDS = ("name", "birth_date", "whereabouts", "urgency")
NOW = datetime(2031, 3, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Took:
    """One thing done: processor seconds of each run, and of how many items."""

    what: str
    seconds: Sequence[float]
    items: int

    @property
    def row(self) -> str:
        """As a row of the table."""
        middle = median(self.seconds)
        shown = f"{middle * 1000:.3g} ms" if middle < 1 else f"{middle:.2f} s"
        return f"| {self.what} | {shown} | {middle / self.items * 1e6:.0f} us |"


def begin(folder: Path) -> None:
    """Make an empty store in ``folder`` and let Django begin."""
    os.environ["WAYSTATION_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "waystation.config.settings"
    os.environ.pop("DATABASE_URL", None)
    import django

    from waystation.store.sqlcipher.key import hold_key
    from waystation.vault import new_key

    hold_key(new_key())
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)


class Staff:
    """People with cards; the first is the root."""

    def __init__(self) -> None:
        from waystation.vault import admit, new_identity, new_recovery

        self.identities: list[Identity] = [new_identity(uuid4()) for _ in range(HOLDERS + 1)]
        root = self.identities[0]
        self.recovery = new_recovery().public
        self.cards: dict[UUID, Card] = {
            each.person_id: admit(root, each.person_id, each.box_public, each.sign_public) for each in self.identities
        }

    def keyring(self, number: int) -> "Keyring":
        """Return somebody's keyring as after unlocking: nothing opened yet."""
        from waystation.store.keyring import Keyring

        return Keyring(self.identities[number], self.identities[0].sign_public, self.recovery, self.cards)

    @property
    def holders(self) -> list[UUID]:
        """Return who is given each key."""
        return [each.person_id for each in self.identities[:HOLDERS]]


def timed(work: Callable[[], object]) -> float:
    """Return the processor seconds that ``work`` takes: other programs on the machine do not count."""
    begun = process_time()
    work()
    return process_time() - begun


def make_cases(staff: Staff, records: int, rows: int, values: dict[str, Any]) -> list["Case"]:
    """Return rows of cases, so many for each of so many records, all with the same values."""
    from django.db import transaction

    from waystation.cases.models import Case
    from waystation.store.tiers import Tier

    ring = staff.keyring(0)
    recipients = {person_id: set(Tier) for person_id in staff.holders}
    made = []
    with transaction.atomic():
        for _ in range(records):
            record = ring.create_record(kind="case", recipients=recipients, at=NOW)
            for _ in range(rows):
                case = Case(record=record, code=uuid4().hex[:20], updated_at=NOW)
                ring.seal(case, **values)
                case.save(force_insert=True)
                made.append(case)
    return made


def lists(staff: Staff) -> list[Took]:
    """Measure how long a list of cases takes to open: the first time, when every key is tried, and again."""
    from waystation.cases.models import Case

    values = {"name": "김하나 Hana", "birth_date": NOW.date(), "whereabouts": "the second house", "urgency": "soon"}
    make_cases(staff, CASES, 1, values | {"party_size": Decimal(3), "note": "She waits. " * 40})
    rows = list(Case.objects.all())
    first, again = [], []
    for _ in range(REPEATS):
        ring = staff.keyring(HOLDERS // 2)
        first.append(timed(lambda ring=ring: ring.open_many(rows, *FIELDS)))  # type: ignore[misc] # bound now
        again.append(timed(lambda ring=ring: ring.open_many(rows, *FIELDS)))  # type: ignore[misc] # likewise
        assert ring.open_many(rows, "name")[rows[-1].pk] == {"name": values["name"]}
    warm = staff.keyring(0)
    warm.open_many(rows, *FIELDS)
    one = [timed(lambda: [warm.open(row, *FIELDS) for row in rows[:100]]) for _ in range(REPEATS)]
    records = [row.record for row in Case.objects.select_related("record")]
    held = [timed(lambda: warm.holders_of_many(records)) for _ in range(REPEATS)]
    return [
        Took(f"open {CASES} cases of {len(FIELDS)} fields in 3 tiers, first time ({HOLDERS} holders)", first, CASES),
        Took("the same again, keys in memory", again, CASES),
        Took("100 of them one by one, keys in memory", one, 100),
        Took(f"who holds the {4 * CASES} keys of these records", held, 4 * CASES),
    ]


def search(staff: Staff) -> list[Took]:
    """Measure a search among names, keys in memory: all are opened, folded and looked at each time."""
    from waystation.cases.models import Case
    from waystation.store.keyring.sealing import sealed_value
    from waystation.store.search import find
    from waystation.store.tiers import Tier

    ring = staff.keyring(0)
    cases = list(Case.objects.select_related("record")[:CASES])
    ring.open_many(cases, "name")
    field, rows = Case.sealed_fields()["name"], []
    for number in range(NAMES):
        case = Case(record=cases[number % CASES].record)
        version, key = 1, ring.key_of_version(case.record_id, Tier.IDENTITY, 1)
        name = f"{('김하나', 'Jürgen Müller', 'محمد علي', 'Nguyễn Văn An', 'สมชาย ใจดี')[number % 5]} {number}"
        case.name = sealed_value(case, field, version, key, name.encode())
        rows.append(case)
    runs = [timed(lambda: find(ring, rows, ["name"], "jurgen 9996")) for _ in range(REPEATS)]
    assert find(ring, rows, ["name"], "jurgen 9996") == [rows[9996].pk]
    return [Took(f"search {NAMES} names in five scripts", runs, NAMES)]


def renewal(staff: Staff) -> list[Took]:
    """Measure how long it takes to renew keys after somebody left, everything sealed again, in one transaction."""
    from django.db import transaction

    from waystation.cases.models import Case
    from waystation.store.tiers import Tier

    made = make_cases(staff, RENEWED, ROWS, {"name": "Ri Hana", "birth_date": NOW.date()})
    records = list({case.record_id: case.record for case in made}.values())
    ring = staff.keyring(0)

    def renew(person_id: UUID) -> None:
        with transaction.atomic():
            taken = [ring.take(record, Tier.IDENTITY, person_id, at=NOW) for record in records]
        assert sum(each.fields for each in taken) == RENEWED * ROWS * 2

    runs = [timed(lambda leaver=leaver: renew(leaver)) for leaver in staff.holders[-REPEATS:]]  # type: ignore[misc] # bound now
    rows = Case.objects.filter(record__in=records)
    assert len(ring.open_many(rows, "name")) == RENEWED * ROWS
    assert staff.keyring(HOLDERS - 1).open_many(rows, "name") == {}
    fields = RENEWED * ROWS * 2
    return [Took(f"renew the keys of {RENEWED} records, {fields} fields sealed again", runs, fields)]


def table(found: Sequence[Took]) -> str:
    """Return the measurements as Markdown."""
    lines = ["| what | processor time | for each |", "|---|---:|---:|", *(each.row for each in found)]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print what was measured and write it to ``out/bench/keyring.md``."""
    with tempfile.TemporaryDirectory(prefix="waystation-bench-") as name:
        begin(Path(name))
        staff = Staff()
        found = table([*lists(staff), *search(staff), *renewal(staff)])
    keep("keyring", found, recorded="--record" in sys.argv[1:], page=Path("docs/method/vault.md"))
    print(found)


if __name__ == "__main__":
    main()
