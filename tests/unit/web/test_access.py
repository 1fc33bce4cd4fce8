from waystation.web.access import ACCESS, Open
from waystation.web.urls import urlpatterns


def names() -> list[str | None]:
    return [pattern.name for pattern in urlpatterns]


def test_every_url_has_a_name_of_its_own() -> None:
    assert None not in names()
    assert len(set(names())) == len(names())


def test_every_url_has_a_row_and_every_row_a_url() -> None:
    assert set(names()) ^ set(ACCESS) == set()


def test_a_record_argument_is_an_argument_of_the_url() -> None:
    arguments = {pattern.name: set(pattern.pattern.converters) for pattern in urlpatterns}
    wrong = {
        name
        for name, access in ACCESS.items()
        if access.record_argument and access.record_argument not in arguments[name]
    }
    assert wrong == set()


def test_arguments_are_random_ids_or_positions_never_words() -> None:
    converters = {type(one).__name__ for pattern in urlpatterns for one in pattern.pattern.converters.values()}
    assert converters <= {"UUIDConverter", "IntConverter"}


def test_few_pages_are_open_to_the_locked() -> None:
    """Whoever opens another page to those who hold no key changes this list on purpose."""
    areas = {name.split(".")[0] for name, access in ACCESS.items() if access.action is Open.TO_LOCKED}
    assert areas <= {"door", "preferences", "sheets", "setup", "travel"}


def test_an_access_asks_for_something() -> None:
    assert all(access.action for access in ACCESS.values())
