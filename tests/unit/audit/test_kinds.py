import re

import pytest

from waystation.audit.errors import UnknownKindError
from waystation.audit.kinds import KINDS, kind_named, shown_kind


def test_every_kind_is_declared_once_and_fits_its_column() -> None:
    names = [kind.name for kind in KINDS]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z_.]{4,40}", name) for name in names)


def test_a_kind_is_found_by_its_name() -> None:
    assert kind_named("grant.taken").name == "grant.taken"


def test_an_undeclared_kind_is_refused() -> None:
    with pytest.raises(UnknownKindError, match="coffee"):
        kind_named("coffee.made")


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("honey.touched", "identity.opened"),
        ("honey.glanced", "record.opened"),
        ("record.made", "record.made"),
        ("?", "?"),
    ],
)
def test_what_gives_a_trap_away_is_listed_as_what_it_looks_like(kind: str, shown: str) -> None:
    assert shown_kind(kind) == shown


def test_what_hides_as_another_kind_hides_as_one_that_hides_nothing() -> None:
    declared = {kind.name: kind for kind in KINDS}
    hiding = [kind for kind in KINDS if kind.shown_as]
    assert hiding
    assert all(not declared[kind.shown_as].shown_as for kind in hiding)
