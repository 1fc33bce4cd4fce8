from waystation.matching.compare import MISSING
from waystation.matching.people import PEOPLE, PEOPLE_WEIGHTS


def test_the_best_level_of_each_aspect_speaks_for_one_person_and_the_worst_against() -> None:
    for place, aspect in enumerate(PEOPLE.aspects):
        if aspect.name != "name order":
            assert PEOPLE_WEIGHTS.bits(place, 0) > 1
            assert PEOPLE_WEIGHTS.bits(place, aspect.levels - 1) < 0
        assert PEOPLE_WEIGHTS.bits(place, MISSING) == 0
