from waystation.safeguarding.htcds import EXPLOITATION, FIELD_NAMES, INDUSTRIES, LISTS, MEANS, SEX_EXPLOITATION
from waystation.safeguarding.models import Screen, StatusDecision


def test_the_lists_are_as_long_as_the_standards_own() -> None:
    assert (len(MEANS), len(EXPLOITATION), len(INDUSTRIES), len(SEX_EXPLOITATION)) == (16, 11, 21, 4)
    assert all(len(set(values)) == len(values) for values in LISTS.values())


def test_every_field_of_the_standard_is_a_column_here() -> None:
    columns = Screen.sealed_fields().keys() | StatusDecision.sealed_fields().keys()
    assert FIELD_NAMES.keys() <= columns
    assert LISTS.keys() <= Screen.sealed_fields().keys()
    assert all(name.startswith("vic_") for name in FIELD_NAMES.values())
