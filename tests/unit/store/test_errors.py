from waystation.kernel import WaystationError
from waystation.store.errors import OutdatedSealError


def test_it_is_of_the_projects_tree() -> None:
    assert issubclass(OutdatedSealError, WaystationError)
