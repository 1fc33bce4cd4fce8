from collections.abc import Callable
from pathlib import Path

from waystation.formats import Fault, read_folder

Spoil = Callable[..., tuple[Fault, ...]]
Write = Callable[[dict[str, str]], Path]
HEAD = {
    "network.toml": 'name = "N"\ncurrency = "USD"\nas_of = 2026-11-20\n',
    "travellers.csv": "id,group,age_band\na,G,18-59\n",
}


def faults(write: Write, places: str, legs: str, group: str = "") -> list[tuple[str, int, str]]:
    """Return the faults of a network given as ``A:origin D:destination``, ``A>D`` and the place of a group."""
    rows = [f"{name},{kind},0,0" for name, _, kind in (place.partition(":") for place in places.split())]
    ways = [f"L{number},{leg[0]},{leg[2]},car,1,1,1" for number, leg in enumerate(legs.split())]
    texts = HEAD | {
        "places.csv": "\n".join(["id,kind,lat,lon", *rows]),
        "legs.csv": "\n".join(["id,from,to,mode,days_low,days_likely,days_high", *ways]),
        "groups.csv": f"id,place\nG,{group}\n",
    }
    if not group:
        del texts["groups.csv"], texts["travellers.csv"]
    return [(fault.file, fault.line, fault.what) for fault in read_folder(write(texts)).faults]


def test_every_destination_is_reached_from_an_origin_or_a_group(write: Write) -> None:
    assert faults(write, "A:origin B:hub D:destination", "A>B B>D") == []
    assert faults(write, "A:hub B:hub D:destination", "A>B B>D", group="B") == []


def test_a_destination_nobody_can_reach(write: Write) -> None:
    assert faults(write, "A:origin D:destination E:destination", "A>D E>A") == [
        ("places.csv", 4, "nobody can reach the destination E")
    ]


def test_a_leg_from_a_place_nobody_comes_to_does_not_help(write: Write) -> None:
    assert faults(write, "A:origin B:hub D:destination E:destination", "A>D B>E") == [
        ("places.csv", 5, "nobody can reach the destination E")
    ]


def test_a_destination_may_be_passed_on_the_way_to_another(write: Write) -> None:
    assert faults(write, "A:origin D:destination E:destination", "A>D D>E") == []


def test_no_destination_at_all(write: Write) -> None:
    assert faults(write, "A:origin B:hub", "A>B") == [("places.csv", 1, "no place is a destination")]


def test_a_group_from_which_no_destination_can_be_reached(write: Write) -> None:
    assert faults(write, "A:origin B:hub D:destination", "A>D A>B", group="B") == [
        ("groups.csv", 2, "no legs lead from B to any destination")
    ]


def test_a_group_that_has_arrived_is_fine(write: Write) -> None:
    assert faults(write, "A:origin D:destination", "A>D", group="D") == []


def test_without_origins_and_groups_any_place_may_be_the_start(write: Write) -> None:
    assert faults(write, "A:hub D:destination", "A>D") == []
    assert faults(write, "A:hub D:destination E:destination", "A>D D>A") == [
        ("places.csv", 4, "nobody can reach the destination E")
    ]


def test_a_misspelt_place_or_kind_is_one_fault_only(write: Write) -> None:
    (_, _, what), *more = faults(write, "A:origin B:hub D:destinatoin", "A>B B>D", group="A")
    assert "'destinatoin' is not one" in what
    assert more == []


def test_a_misspelt_end_of_a_leg_leads_where_it_was_meant_to(spoil: Spoil) -> None:
    faults = spoil("legs.csv", "BC,B,C", "BC,B,c")
    assert [fault.what for fault in faults] == ["places.csv has no row c (to)"]
