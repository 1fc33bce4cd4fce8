"""A desk whose organisation is founded, and a gate that counts."""

from datetime import UTC, datetime
from pathlib import Path

from waystation.accounts.roles import Role
from waystation.audit.models import Entry
from waystation.config.desk import Desk
from waystation.config.seat import OpenGate
from waystation.vault import CHEAP

WORDS = "anchor basket candle dragon engine forest garden"
OTHERS = "hammer island jacket kitten ladder mirror needle"
AT = datetime(2031, 3, 1, 9, 0, tzinfo=UTC)


class Gate(OpenGate):
    """Counts what it is asked and told."""

    def __init__(self, wait: float = 0.0) -> None:
        self.wait, self.tries, self.rights = wait, 0, 0

    def may_try(self) -> float:
        self.tries += 1
        return self.wait

    def opened(self) -> None:
        self.rights += 1


def founded(folder: Path, *, confirmed: bool = True) -> Desk:
    desk = Desk(folder, cost=CHEAP)
    desk.set_up(WORDS, name="Harbour", person_name="Founder", roles={Role.DIRECTOR}, language="en", at=AT)
    if confirmed:
        desk.confirm(desk.shares()[:2], at=AT)
    return desk


def kinds() -> list[str]:
    return list(Entry.objects.order_by("seq").values_list("kind", flat=True))
