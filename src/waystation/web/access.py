"""Who may open which page. A URL without a row here is refused to everybody."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from waystation.accounts.permissions import Action


class Open(StrEnum):
    """Pages that ask for no permission of one's own."""

    TO_LOCKED = "to locked"
    """Everybody, before anyone has unlocked: the door, the first steps, the language."""
    ANY_PERSON = "any person"
    """Whoever has unlocked."""


OPEN_TO_LOCKED = Open.TO_LOCKED
ANY_PERSON = Open.ANY_PERSON


@dataclass(frozen=True, slots=True)
class Access:
    """What a person needs to open a page.

    Attributes
    ----------
    action
        What they must be permitted to do, or one of `Open`.
    record_argument
        The name of the URL's argument that holds the id of the record, or of the row whose record it is; None where a page
        is about no one record.
    """

    action: "Action | Open"
    record_argument: str | None = None


ACCESS: dict[str, Access] = {
    # door
    "door.change": Access(ANY_PERSON),
    "door.confirm": Access(OPEN_TO_LOCKED),
    "door.done": Access(OPEN_TO_LOCKED),
    "door.lock": Access(OPEN_TO_LOCKED),
    "door.organisation": Access(OPEN_TO_LOCKED),
    "door.passphrase": Access(OPEN_TO_LOCKED),
    "door.person": Access(OPEN_TO_LOCKED),
    "door.recover": Access(OPEN_TO_LOCKED),
    "door.repeat": Access(OPEN_TO_LOCKED),
    "door.shares": Access(OPEN_TO_LOCKED),
    "door.shares.renew": Access(OPEN_TO_LOCKED),
    "door.sheets": Access(OPEN_TO_LOCKED),
    "door.sheets.pdf": Access(OPEN_TO_LOCKED),
    "door.unlock": Access(OPEN_TO_LOCKED),
    "door.welcome": Access(OPEN_TO_LOCKED),
    # frame
    "home": Access(ANY_PERSON),
    "palette": Access(ANY_PERSON),
    "preferences": Access(ANY_PERSON),
    "preferences.awake": Access(ANY_PERSON),
    "preferences.language": Access(OPEN_TO_LOCKED),
    "preferences.theme": Access(OPEN_TO_LOCKED),
    # one line for each URL, sorted by area, then by name
}
"""Every URL of the application by name."""
