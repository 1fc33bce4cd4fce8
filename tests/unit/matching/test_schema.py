import pytest

from waystation.kernel import BadInputError
from waystation.matching.schema import AGREEING, LEVELS, Field, Kind, Schema


def test_a_name_gives_three_aspects_and_every_other_field_one() -> None:
    schema = Schema((Field("name", Kind.NAME, ("family", "given")), Field("born", Kind.DATE)))
    assert [aspect.name for aspect in schema.aspects] == ["family", "given", "name order", "born"]


def test_every_kind_has_levels_of_which_some_agree() -> None:
    assert set(LEVELS) == set(AGREEING) == set(Kind)
    assert all(0 < AGREEING[kind] < LEVELS[kind] for kind in Kind)


def test_two_aspects_of_one_name_are_refused() -> None:
    with pytest.raises(BadInputError, match="one name"):
        Schema((Field("born", Kind.DATE), Field("born", Kind.CODE)))
