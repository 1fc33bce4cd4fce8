from waystation.matching.compare import Comparison
from waystation.matching.entry import Entry, make_ready
from waystation.matching.learn import learn, pairs_apart
from waystation.matching.schema import Field, Kind, Schema

SCHEMA = Schema((Field("post", Kind.CODE),))


def at_level(level: int) -> Comparison:
    return Comparison((level,), (("", ""),), (("", ""),))


def test_weights_are_shares_with_half_a_count_added() -> None:
    weights = learn([at_level(0)] * 7 + [at_level(-1)] * 5, [at_level(3)] * 3, SCHEMA)
    assert weights.same == ((7.5 / 9, 0.5 / 9, 0.5 / 9, 0.5 / 9),)
    assert weights.apart == ((0.1, 0.1, 0.1, 0.7),)


def test_pairs_are_taken_from_all_over_the_list_and_never_of_one_entry_with_itself() -> None:
    entries = [make_ready(Entry(str(n), {"post": (str(1000 + n),)}), SCHEMA) for n in range(50)]
    pairs = pairs_apart(entries, SCHEMA, 200)
    assert len(pairs) >= 190
    assert all(one.levels != (0,) for one in pairs)
    assert len({one.sides for one in pairs}) > 150
