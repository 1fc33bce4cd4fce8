from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from waystation.accounts.models import Person
    from waystation.accounts.permissions import Action


def permitted(person: "Person | None", action: "Action") -> bool:
    """Tell whether a person may do something that is about no one record; nobody may while nobody has unlocked."""
    from waystation.accounts.permissions import may

    return person is not None and may(person, action)
