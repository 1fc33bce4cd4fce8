from django.utils.translation import override

from waystation.accounts.models import Person
from waystation.web.views.people.shown import role_words


def test_roles_are_named_in_the_readers_language_in_one_order() -> None:
    person = Person(roles=["caseworker", "director", "nothing"])
    assert role_words(person) == ["Director", "Caseworker"]
    with override("ko"):
        assert role_words(person) == ["대표", "사례 담당자"]
