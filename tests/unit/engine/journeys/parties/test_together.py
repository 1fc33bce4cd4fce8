import dataclasses
import math
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given

from tests.oracle.small_journeys import START, leg
from tests.unit.engine.journeys.test_simulate import come_back
from tests.unit.engine.processes import durations_of, few, random_grid, random_process, seeds
from tests.unit.engine.processes_by_hand import process_of
from tests.unit.engine.regions_by_hand import two_regions
from waystation.engine.journeys.errors import CertificateError, UnusableModelError
from waystation.engine.journeys.parties.together import Party, Together, together
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid, Process
from waystation.engine.journeys.simulate import simulate
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import Belief, Chain, Condition, LevelFactor, LevelRef, Observation

Status = tuple[str, int, int, int]
"""``on`` until it lands at a slot, place and money left; ``arrived`` at a slot; ``harmed``; ``neither``."""


def party_of(process: Process, people: int = 2, grid: MoneyGrid = NO_MONEY) -> Party:
    return Party.with_plan(people, process, Solver(process, grid).solve().policy)


def independent(process: Process) -> Process:
    """Return the same journey with conditions that start independently of each other, as those of a network do."""
    joint = process.start_chance.reshape([len(names) for names in process.levels])
    start = np.ones(1)
    for axis in range(joint.ndim):
        others = tuple(other for other in range(joint.ndim) if other != axis)
        start = np.multiply.outer(start, joint.sum(axis=others)).ravel()
    return dataclasses.replace(process, start_chance=start)


def riskier(process: Process, seed: int) -> Process:
    """Return the same journey at other chances, so that another policy is best."""
    rng = np.random.default_rng([seed, 17])
    moves = process.moves
    room = 1.0 - moves.turned_back
    caught = np.clip(rng.random(moves.intercepted.shape) * 0.5, 0.0, room)
    return dataclasses.replace(
        process,
        moves=dataclasses.replace(moves, intercepted=caught, fee=rng.integers(0, 6, len(moves))),
        discovered=process.discovered * 0.5,
    )


class ByHand:
    """Two parties passed through the slots pair by pair, everything written out."""

    def __init__(self, one: Party, two: Party) -> None:
        self.parties = (one, two)
        process = one.process
        start = [("on", 0, each.process.start_place, each.policy.grid.steps) for each in self.parties]
        pairs: dict[tuple[Status, Status, int], float] = {
            (start[0], start[1], c): float(chance) for c, chance in enumerate(process.start_chance) if chance > 0.0
        }
        for t in range(process.slots + 1):
            moved: dict[tuple[Status, Status, int], float] = defaultdict(float)
            step = process.joint_step(t) if t < process.slots else np.eye(process.joint_levels)
            for (first, second, c), chance in pairs.items():
                for a, share in self.onward(0, t, first, c):
                    for b, other in self.onward(1, t, second, c):
                        for d, to in enumerate(step[c]):
                            if to > 0.0:
                                moved[a, b, d] += chance * share * other * to
            pairs = moved
        self.ends: dict[tuple[Status, Status], float] = defaultdict(float)
        for (first, second, _), chance in pairs.items():
            self.ends[first, second] += chance

    def onward(self, which: int, t: int, status: Status, c: int) -> Iterator[tuple[Status, float]]:
        party = self.parties[which]
        process, moves, price = party.process, party.process.moves, party.policy.grid.price
        kind, slot, i, left = status
        if kind != "on" or slot > t:
            yield status, 1.0
            return
        if process.destination[i] or t == process.slots:
            yield ("arrived" if process.destination[i] else "neither", t, 0, 0), 1.0
            return
        action = int(party.policy.actions[t, i, c, left])
        if action <= 0:
            yield ("neither", t, 0, 0), 1.0
        elif action == 1:
            seen = float(process.discovered[i, c])
            yield ("harmed", 0, 0, 0), seen
            yield ("on", t + 1, i, left - int(price(process.stay_fee)[i])), 1.0 - seen
        else:
            m, pays = (action - 2) // 2, action % 2 == 1
            left -= int(price(moves.fee)[m])
            asked = float(moves.asked[m, c])
            yield from self.travelled(process, t, m, c, left, 0, 1.0 - asked)
            if pays:
                yield from self.travelled(process, t, m, c, left - int(price(moves.demand)[m]), 0, asked)
            elif moves.longer[m] >= 0:
                yield from self.travelled(process, t, m, c, left, int(moves.longer[m]), asked)
            else:
                yield ("on", t + 1, i, left), asked

    def travelled(
        self, process: Process, t: int, m: int, c: int, left: int, extra: int, weight: float
    ) -> Iterator[tuple[Status, float]]:
        moves = process.moves
        caught, turned = float(moves.intercepted[m, c]), float(moves.turned_back[m, c])
        yield ("harmed", 0, 0, 0), weight * caught
        for slots, chance in durations_of(moves, m).items():
            late = t + slots + extra > process.slots
            for place, share in ((moves.source[m], turned), (moves.target[m], 1.0 - caught - turned)):
                there: Status = ("neither", t, 0, 0) if late else ("on", t + slots + extra, int(place), left)
                yield there, weight * chance * share

    def chance(self, *kinds: tuple[str, str]) -> float:
        return sum(chance for (a, b), chance in self.ends.items() if (a[0], b[0]) in kinds)

    def last(self) -> float:
        both = {(a, b): p for (a, b), p in self.ends.items() if a[0] == b[0] == "arrived" and p > 0.0}
        total = sum(both.values())
        return sum(max(a[1], b[1]) * p for (a, b), p in both.items()) / total if total > 0.0 else math.nan


@pytest.mark.parametrize("with_money", [False, True])
@given(seed=seeds)
@few
def test_two_parties_are_counted_as_by_hand(seed: int, with_money: bool) -> None:
    process = independent(random_process(seed))
    grid = random_grid(process, seed) if with_money else NO_MONEY
    one, two = party_of(process, 3, grid), party_of(riskier(process, seed), 1, grid)
    found, wanted = together([one, two]), ByHand(one, two)
    kinds = ("arrived", "harmed", "neither")
    assert found.all_arrive == pytest.approx(wanted.chance(("arrived", "arrived")), abs=1e-12)
    unharmed = [(a, b) for a in kinds for b in kinds if "harmed" not in (a, b)]
    assert found.nobody_harmed == pytest.approx(wanted.chance(*unharmed), abs=1e-12)
    apart = [(a, b) for a in kinds for b in kinds if (a == "arrived") != (b == "arrived")]
    assert found.parted == pytest.approx(wanted.chance(*apart), abs=1e-12)
    assert found.days_last == pytest.approx(wanted.last() * process.slot_hours / 24, nan_ok=True)
    assert found.arrive_people == pytest.approx(3 * one.evaluation.arrive + two.evaluation.arrive)
    assert found.harm_people == pytest.approx(3 * one.evaluation.harm + two.evaluation.harm)
    assert found.standard_error == 0.0


@given(seeds)
@few
def test_paths_of_the_conditions_tell_nearly_the_same(seed: int) -> None:
    process = independent(random_process(seed))
    parties = [party_of(process), party_of(riskier(process, seed))]
    exact, averaged = together(parties), together(parties, seed=seed, most_pairs=0)
    within = 4.0 * averaged.standard_error + 1e-12
    assert averaged.all_arrive == pytest.approx(exact.all_arrive, abs=within)
    assert averaged.nobody_harmed == pytest.approx(exact.nobody_harmed, abs=within)
    assert averaged.parted == pytest.approx(exact.parted, abs=within)


@given(seeds)
@few
def test_one_party_fares_as_it_does_alone(seed: int) -> None:
    party = party_of(random_process(seed), people=4)
    found, alone = together([party]), party.evaluation
    assert found.all_arrive == pytest.approx(alone.arrive, abs=1e-12)
    assert found.nobody_harmed == 1.0 - alone.harm
    assert found.parted == pytest.approx(0.0, abs=1e-12)
    assert (found.arrive_people, found.cost_expected) == (4 * alone.arrive, alone.cost_expected)
    assert found.days_last == pytest.approx(alone.days_expected, nan_ok=True)


def ride(caught: float, factor: float = 1.0, days: int = 1) -> Process:
    """Return a leg of so many days, the odds of interception multiplied while patrols are many."""
    many = LevelFactor(LevelRef("patrols", "many"), factor)
    conditions = [Condition("patrols", ("few", "many"), (Chain.persistent(2, 0.5),))]
    factors = () if factor == 1.0 else (many,)
    ways = [leg("ride", "origin", "goal", days=days, intercepted=caught, intercepted_factors=factors)]
    return process_of(ways, conditions=conditions, seen=[Observation("patrols", START, "few", confidence=0.5)])


def fates(found: Together) -> tuple[float, float, float]:
    return found.all_arrive, found.nobody_harmed, found.parted


def test_without_conditions_chances_are_multiplied() -> None:
    found = together([party_of(ride(0.1)), party_of(ride(0.2, days=2))])
    assert fates(found) == pytest.approx((0.72, 0.72, 0.9 * 0.2 + 0.1 * 0.8))
    assert found.days_last == 2.0
    assert found.cost_expected == 0.0


def test_parties_that_meet_the_same_patrols_share_their_fate() -> None:
    """One in two meets patrols that multiply the odds 1/9 by 9: arrive 0.9 or 0.5 each, 0.81 or 0.25 both; not 0.7 squared."""
    party = party_of(ride(0.1, factor=9.0), people=1)
    waiting = dataclasses.replace(party.process, may_wait=np.zeros(2, dtype=np.bool_))
    now = party_of(waiting, people=1)
    assert now.evaluation.arrive == pytest.approx(0.7)
    found = together([now, now])
    assert fates(found) == pytest.approx((0.53, 0.53, 2 * (0.5 * 0.09 + 0.5 * 0.25)))
    assert found.arrive_people == pytest.approx(1.4)
    three = together([now, now, now], seed=3)
    assert 0.0 < three.standard_error < 1e-3
    assert three.all_arrive == pytest.approx((0.729 + 0.125) / 2, abs=4 * three.standard_error)
    assert three.parted == pytest.approx(1 - (0.729 + 0.125) / 2 - (0.001 + 0.125) / 2, abs=4 * three.standard_error)


def test_a_party_that_asks_less_of_the_conditions_is_counted_beside_one_that_does() -> None:
    careless, careful = party_of(ride(0.1)), party_of(ride(0.1, factor=9.0))
    assert careless.process.conditions == ()
    assert careful.process.conditions == ("patrols",)
    found = together([careless, careful])
    assert found.all_arrive == pytest.approx(0.9 * careful.evaluation.arrive)
    swapped = together([careful, careless])
    assert fates(swapped) == pytest.approx(fates(found))


def test_the_same_seed_draws_the_same_paths() -> None:
    parties = [party_of(ride(0.1, factor=9.0))] * 3
    assert together(parties, seed=5) == together(parties, seed=5)
    assert together(parties, seed=5) != together(parties, seed=6)


def test_parties_must_leave_together() -> None:
    later = dataclasses.replace(ride(0.1), slot_hours=12)
    with pytest.raises(UnusableModelError, match="same day from the same place"):
        together([party_of(ride(0.1)), party_of(later)])


def test_a_party_that_fares_otherwise_beside_another_is_refused() -> None:
    party = party_of(ride(0.1))
    wrong = dataclasses.replace(party, evaluation=dataclasses.replace(party.evaluation, arrive=0.8))
    with pytest.raises(CertificateError, match="no answer is given"):
        together([wrong, party])


def test_nobody_arrives_has_no_days() -> None:
    never = process_of([leg("ride", "origin", "goal", intercepted=1.0)])
    found = together([party_of(never), party_of(never)])
    assert found.all_arrive == 0.0
    assert math.isnan(found.days_last)
    assert Belief(0.0).mean == found.parted


def test_what_was_forgotten_does_not_part_those_who_meet_the_same() -> None:
    """The gate is open or shut for good. Who forgets it counts on finding it open some time; in truth all find it so, or none."""
    party = party_of(come_back(10), people=2)
    assert party.process.memory is not None
    assert party.evaluation.arrive > 0.9
    for parties in ([party], [party, party], [party, party, party]):
        found = together(parties, seed=1)
        assert abs(found.all_arrive - 0.5) < 4 * found.standard_error
        assert found.parted == pytest.approx(0.0, abs=1e-6)
        assert found.nobody_harmed == 1.0
        assert found.arrive_people == pytest.approx(2 * len(parties) * found.all_arrive)


@pytest.mark.parametrize("seed", range(3))
def test_one_party_on_drawn_paths_fares_as_when_it_is_simulated(seed: int) -> None:
    process = two_regions()
    policy = Solver(process).solve().policy
    found = together([Party.with_plan(1, process, policy)], seed=seed, paths=20_000)
    simulated = simulate(process, policy, seed=seed + 50)
    assert abs(found.all_arrive - simulated.arrive) < 4 * math.hypot(found.standard_error, simulated.arrive_error)
    assert abs(1 - found.nobody_harmed - simulated.harm) < 4 * math.hypot(found.standard_error, simulated.harm_error)
