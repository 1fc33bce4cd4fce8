from collections.abc import Callable

import pytest

from waystation.formats import Fault

Spoil = Callable[..., tuple[Fault, ...]]


@pytest.mark.parametrize(
    ("old", "new", "place", "what", "right"),
    [
        (
            "legs.csv,AB,int",
            "leg.csv,AB,int",
            (2, 1),
            "the network folder has no file 'leg.csv'",
            "did you mean legs.csv?",
        ),
        ("AB,intercepted", "ABC,intercepted", (2, 10), "legs.csv has no row 'ABC'", "did you mean"),
        ("AB,intercepted", "AB,intercept", (2, 13), "legs.csv has no column 'intercept'", "did you mean intercepted?"),
        ("AB,intercepted", "AB,", (2, 13), "column is blank", "give the column of legs.csv"),
        (
            "intercepted,FACT-1",
            "intercepted,FACT-2",
            (2, 25),
            "network.toml has no source FACT-2",
            "did you mean FACT-1?",
        ),
        ("as the crow flies", "", (3, 24), "an assumption without a reason", "say why"),
        ("B,x_seen", "B,x_sen", (4, 14), "places.csv has no column 'x_sen'", ""),
        ("csv,2,level", "csv,3,level", (5, 18), "observations.csv has no row '3'", "the number of one of its rows"),
        ("horizon_days,,", "horizon,,", (6, 14), "network.toml has no key 'horizon'", "did you mean horizon_days?"),
        ("horizon_days,,", "horizon_days,x,", (6, 27), "is named by its key in row", "leave column blank"),
    ],
)
def test_a_source_of_what_does_not_exist(
    spoil: Spoil, old: str, new: str, place: tuple[int, int], what: str, right: str
) -> None:
    (fault,) = spoil("sources.csv", old, new)
    assert (fault.file, fault.line, fault.column) == ("sources.csv", *place)
    assert what in fault.what
    assert right in fault.right


def test_values_of_network_toml_may_repeat_their_key(spoil: Spoil) -> None:
    assert spoil("sources.csv", "horizon_days,,", "horizon_days,horizon_days,") == ()


def test_free_keys_have_sources_too(spoil: Spoil) -> None:
    assert spoil("sources.csv", "horizon_days,,", "x_author,,") == ()
