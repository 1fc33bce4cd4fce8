from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.engine.learning.chances import Found, learn_chances
from waystation.engine.learning.jeffreys import jeffreys_interval
from waystation.engine.learning.tally import Tally
from waystation.engine.model import LearningRules, Stated

RULES = LearningRules()


def tally(events: int, missions: int, weight: float = 1.0, factor: float = 1.0) -> Tally:
    made = Tally()
    made.add(happened=True, weight=weight, factor=factor, count=events)
    made.add(happened=False, weight=weight, factor=factor, count=missions - events)
    return made


def of(*tallies: Tally, judged: Sequence[Stated | None] = (), rules: LearningRules = RULES) -> tuple[Found, ...]:
    return learn_chances(tallies, [*judged, *[None] * (len(tallies) - len(judged))], rules)


def width(found: Found) -> float:
    return found.high - found.low


def test_one_leg_alone_says_nearly_what_jeffreys_says() -> None:
    (found,) = learn_chances([tally(1, 338)], [None], RULES, 0.9)
    low, high = jeffreys_interval(1, 338, 0.9)
    assert found.low == pytest.approx(low, abs=3e-4)
    assert found.high == pytest.approx(high, rel=0.1)


def test_a_leg_with_few_missions_borrows_from_those_like_it() -> None:
    (alone,), pooled = of(tally(0, 2)), of(tally(0, 2), *[tally(1, 30) for _ in range(8)])
    assert width(pooled[0]) < width(alone) / 2.0
    assert 0.005 < pooled[0].mean < alone.mean


def test_a_leg_with_many_missions_keeps_to_its_own() -> None:
    found = of(tally(40, 200), *[tally(1, 100) for _ in range(8)])
    assert found[0].mean == pytest.approx(0.2, abs=0.04)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 6), st.integers(6, 30), st.permutations(range(4)))
def test_the_order_of_legs_does_not_matter(events: int, missions: int, order: list[int]) -> None:
    tallies = [tally(events, missions), tally(0, 3), tally(2, 9), tally(0, 40)]
    one, other = of(*tallies), of(*[tallies[index] for index in order])
    for name in ("mean", "low", "high", "weight"):
        assert [getattr(each, name) for each in other] == pytest.approx([getattr(one[index], name) for index in order])


@settings(max_examples=8, deadline=None)
@given(st.integers(1, 5), st.integers(5, 40))
def test_more_evidence_at_the_same_rate_narrows_the_interval(events: int, missions: int) -> None:
    others = [tally(1, 20), tally(3, 25)]
    assert width(of(tally(4 * events, 4 * missions), *others)[0]) < width(of(tally(events, missions), *others)[0])


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 5), st.integers(5, 40))
def test_a_mission_that_came_through_lowers_the_chance_and_one_that_did_not_raises_it(
    events: int, missions: int
) -> None:
    others = [tally(1, 20), tally(3, 25)]
    before = of(tally(events, missions), *others)[0].mean
    assert of(tally(events, missions + 1), *others)[0].mean < before
    assert of(tally(events + 1, missions + 1), *others)[0].mean > before


def test_discounted_evidence_widens_the_interval() -> None:
    assert width(of(tally(2, 40, weight=0.25))[0]) > 1.5 * width(of(tally(2, 40))[0])


def test_large_parties_that_came_through_say_more() -> None:
    assert of(tally(0, 30, factor=2.0))[0].mean < of(tally(0, 30))[0].mean
    assert of(tally(3, 30, factor=2.0))[0].mean < of(tally(3, 30))[0].mean


def test_judgement_moves_its_leg_and_no_other() -> None:
    tallies = [tally(0, 5), tally(1, 30), tally(0, 20)]
    plain, judged = of(*tallies), of(*tallies, judged=[Stated(0.3, 20.0)])
    assert judged[0].mean > 3 * plain[0].mean
    assert [each.mean for each in judged[1:]] == pytest.approx([each.mean for each in plain[1:]])


def test_judgement_without_missions_is_taken_as_it_is() -> None:
    (found,) = of(Tally(), judged=[Stated(0.1, 20.0)])
    assert found.mean == pytest.approx(0.1, abs=0.03)  # half an event more, by Jeffreys
    assert 15.0 < found.weight < 30.0


def test_outcomes_outweigh_judgement_in_time() -> None:
    (few,), (many,) = of(tally(0, 10), judged=[Stated(0.3, 20.0)]), of(tally(0, 400), judged=[Stated(0.3, 20.0)])
    assert few.mean > 0.1
    assert many.mean < 0.03


def test_near_misses_tell_a_bad_leg_from_good_ones_before_anybody_is_caught() -> None:
    tallies = [tally(0, 40) for _ in range(8)]
    for number, each in enumerate(tallies):
        each.near = 12.0 if number == 3 else 2.0
    found = of(*tallies)
    assert max(range(8), key=lambda number: found[number].mean) == 3
    left_out = of(*tallies, rules=replace(RULES, near_miss_strength=0.0))
    assert len({round(each.mean, 9) for each in left_out}) == 1


def test_a_silence_lies_between_caught_and_come_through_and_leaves_more_doubt() -> None:
    silent = tally(0, 12)
    silent.add_silent(0.5, count=4)
    whole, none = of(tally(4, 16))[0], of(tally(0, 16))[0]
    found, half = of(silent)[0], of(tally(2, 16))[0]
    assert none.mean < found.mean < whole.mean
    assert found.mean == pytest.approx(half.mean, rel=0.15)
    assert found.weight < half.weight


def test_the_belief_is_the_beta_of_that_mean_and_spread() -> None:
    (found,) = of(tally(30, 100))
    sd = np.sqrt(found.mean * (1 - found.mean) / (found.weight + 1))
    assert width(found) == pytest.approx(2 * 1.2816 * sd, rel=0.02)


def test_near_misses_find_the_worst_of_eight_legs_far_more_often_than_failures_alone() -> None:
    """One leg has five times the risk of the others; near misses are 30 times as frequent and proportional but for noise."""
    rng, right = np.random.default_rng(4), {0.0: 0, 0.1: 0}
    for _ in range(24):
        tallies = []
        for risk in (0.05, *[0.01] * 7):
            made = tally(int(rng.binomial(40, risk)), 40)
            made.near = float(rng.poisson(40 * 30 * risk * rng.lognormal(0.0, 0.5)))
            tallies.append(made)
        for strength in right:
            found = of(*tallies, rules=replace(RULES, near_miss_strength=strength))
            right[strength] += found[0].mean > max(each.mean for each in found[1:])
    assert right[0.1] > right[0.0] + 4
    assert right[0.1] >= 20


def test_where_nobody_writes_near_misses_down_their_absence_says_nothing() -> None:
    tallies = [tally(2, 40), tally(0, 10)]
    assert of(*tallies) == of(*tallies, rules=replace(RULES, near_miss_strength=0.0))
