from waystation.accounts.models import Person
from waystation.accounts.roles import Role
from waystation.web.wording import say


def role_words(person: Person) -> list[str]:
    """Return a person's roles in the reader's language, in the table's order."""
    return [say(f"people.role.{role}") for role in Role if role in person.role_set]
