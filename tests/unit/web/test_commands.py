from collections import Counter

from waystation.web.access import ACCESS
from waystation.web.commands import MENU, commands
from waystation.web.wording import catalogue


def test_every_command_names_a_url_and_a_text() -> None:
    wrong = [command for command in commands() if command.url not in ACCESS or command.text not in catalogue("en")]
    assert wrong == []


def test_no_two_commands_share_keys_and_none_hides_behind_another() -> None:
    keys = [command.key for command in commands() if command.key]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert all(len(key.split()) == 2 and all(len(part) == 1 for part in key.split()) for key in keys)


def test_keys_never_begin_with_a_key_that_acts_alone() -> None:
    assert {command.key[0] for command in commands() if command.key} & set("?/jkn") == set()


def test_the_menu_shows_commands_that_exist() -> None:
    assert set(MENU) - {command.url for command in commands()} == set()
