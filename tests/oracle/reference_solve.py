"""The unfolded journey solved by plain recursion, policies evaluated one by one, and the text Storm reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import prod

from .reference import HARMED, START, Choice, State

Unfolded = dict[State, list[Choice]]
Policy = dict[State, Choice]
TIE = 1e-11


@dataclass(frozen=True)
class Outcome:
    """What a policy leads to: chances, then money and slots counted on arriving journeys only, then money of all."""

    arrive: float
    harm: float
    cost_if_arrived: float
    slots_if_arrived: float
    cost: float = 0.0

    @property
    def cost_of_arrivals(self) -> float:
        """Expected cost of the journeys that arrive."""
        return self.cost_if_arrived / self.arrive

    @property
    def slots_of_arrivals(self) -> float:
        """Expected slots of the journeys that arrive."""
        return self.slots_if_arrived / self.arrive


def best_arrival(unfolded: Unfolded) -> float:
    """Return the likeliest arrival by recursion with a memory."""
    memory: dict[State, float] = {}

    def value(state: State) -> float:
        if state[0] == "arrived":
            return 1.0
        if state not in memory:
            worth = [sum(p * value(later) for later, p in choice.outcomes) for choice in unfolded[state]]
            memory[state] = max(worth, default=0.0)
        return memory[state]

    return value(START)


def lexicographic(unfolded: Unfolded) -> tuple[Outcome, Policy]:
    """Return the likeliest arrival, then the least harm, then the cheapest of the journeys that arrive."""
    memory: dict[State, Outcome] = {}
    policy: Policy = {}
    for state in reversed(unfolded):
        offers = [(_follow(choice, memory), choice) for choice in unfolded[state]]
        if not offers:
            memory[state] = _end(state)
            continue
        most = max(outcome.arrive for outcome, _ in offers)
        offers = [offer for offer in offers if offer[0].arrive >= most - TIE]
        least = min(outcome.harm for outcome, _ in offers)
        offers = [offer for offer in offers if offer[0].harm <= least + TIE]
        memory[state], policy[state] = min(offers, key=lambda offer: offer[0].cost_if_arrived)
    return memory[START], policy


def evaluate(unfolded: Unfolded, policy: Policy) -> Outcome:
    """Evaluate a policy by pushing chance forward through the states it reaches."""
    chance: dict[State, float] = dict.fromkeys(unfolded, 0.0)
    spent: dict[State, float] = dict.fromkeys(unfolded, 0.0)
    chance[START] = 1.0
    total = [0.0, 0.0, 0.0, 0.0, 0.0]
    for state in unfolded:
        here, money = chance[state], spent[state]
        if here == 0.0:
            continue
        if state in policy:
            for later, p in policy[state].outcomes:
                chance[later] += here * p
                spent[later] += p * (money + here * policy[state].price)
            continue
        total[4] += money
        if state[0] == "arrived":
            total[0] += here
            total[2] += money
            total[3] += here * state[1]
        elif state == HARMED:
            total[1] += here
    return Outcome(*total)


def deterministic_policies(unfolded: Unfolded, most: int) -> Iterator[Policy] | None:
    """Return every deterministic policy, or None if there are more than ``most``."""
    open_states = [state for state, choices in unfolded.items() if choices]
    if prod(len(unfolded[state]) for state in open_states) > most:
        return None
    return (
        dict(zip(open_states, chosen, strict=True)) for chosen in product(*(unfolded[state] for state in open_states))
    )


def to_drn(unfolded: Unfolded) -> Iterator[str]:
    """Write the unfolded journey as Storm's explicit text, with the label ``arrived`` and the money as a reward."""
    unfolded = {**unfolded, ("arrived", -1): [], HARMED: []}  # so that each label is known even where nobody comes
    number = {state: index for index, state in enumerate(unfolded)}
    choices = sum(max(1, len(found)) for found in unfolded.values())
    yield "@type: MDP\n@parameters\n\n@reward_models\ncost\n"
    yield f"@nr_states\n{len(number)}\n@nr_choices\n{choices}\n@model\n"
    for state, found in unfolded.items():
        label = {"start": " init", "arrived": " arrived", "harmed": " harmed"}.get(state[0], "")
        yield f"state {number[state]} [0]{label}\n"
        for index, choice in enumerate(found or [Choice("stay", 0, ((state, 1.0),))]):
            yield f"\taction {index} [{choice.price}]\n"
            together = sorted((number[later], p) for later, p in choice.outcomes)
            yield "".join(f"\t\t{later} : {p!r}\n" for later, p in together)


def _end(state: State) -> Outcome:
    if state[0] == "arrived":
        return Outcome(1.0, 0.0, 0.0, float(state[1]))
    return Outcome(0.0, 1.0 if state == HARMED else 0.0, 0.0, 0.0)


def _follow(choice: Choice, memory: dict[State, Outcome]) -> Outcome:
    arrive = sum(p * memory[later].arrive for later, p in choice.outcomes)
    return Outcome(
        arrive=arrive,
        harm=sum(p * memory[later].harm for later, p in choice.outcomes),
        cost_if_arrived=choice.price * arrive + sum(p * memory[later].cost_if_arrived for later, p in choice.outcomes),
        slots_if_arrived=sum(p * memory[later].slots_if_arrived for later, p in choice.outcomes),
        cost=choice.price + sum(p * memory[later].cost for later, p in choice.outcomes),
    )
