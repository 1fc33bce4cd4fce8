from waystation.accounts.models import Person
from waystation.accounts.permissions import Action, may


def permitted(person: Person | None, action: Action) -> bool:
    """Tell whether a person may do something that is about no one record; nobody may while nobody has unlocked."""
    return person is not None and may(person, action)
