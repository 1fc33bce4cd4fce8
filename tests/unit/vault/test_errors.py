import inspect

import pytest

from waystation import vault
from waystation.kernel import WaystationError
from waystation.vault import MistypedShareError, VaultError, WrongSecretError, errors


def test_every_error_of_the_vault_is_in_one_tree_and_at_the_door() -> None:
    found = {
        name for name, thing in vars(errors).items() if inspect.isclass(thing) and thing.__module__ == errors.__name__
    }
    assert found >= {"LockedError", "NoKeyError", "TamperedError", "TooLargeError", "WrongSecretError"}
    for name in found:
        assert issubclass(getattr(errors, name), VaultError)
        assert getattr(vault, name) is getattr(errors, name)
        assert name in vault.__all__
    assert issubclass(VaultError, WaystationError)


@pytest.mark.parametrize(("positions", "text"), [((2,), "share 2: mistyped"), ((1, 3), "shares 1, 3: mistyped")])
def test_a_mistyped_share_is_named_by_its_place(positions: tuple[int, ...], text: str) -> None:
    error = MistypedShareError(positions, "mistyped")
    assert isinstance(error, WrongSecretError)
    assert (str(error), error.positions) == (text, positions)


def test_the_door_names_what_it_opens_in_order() -> None:
    assert [getattr(vault, name) for name in vault.__all__]
    assert len(set(vault.__all__)) == len(vault.__all__)
