"""The cautious reference restricted to what a policy of the planner does, so that its guarantee can be counted too."""

from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import FIRST_MOVE, NO_ACTION, STOP, WAIT, Process

from .reference import Levels, State
from .reference_cautious import CautiousJourney, Draw, Unfolded


def following(unfolded: Unfolded, journey: CautiousJourney, process: Process, policy: Policy) -> Unfolded:
    """Return the unfolded journey in which the group does in every state what the policy says, and nothing where it is silent."""
    reader = _Reader(journey, process, policy)
    return {state: reader.kept(state, draws) for state, draws in unfolded.items()}


class _Reader:
    """Finds the reference's states in the planner's arrays."""

    def __init__(self, journey: CautiousJourney, process: Process, policy: Policy) -> None:
        self.journey, self.process, self.policy = journey, process, policy
        self.place = {name: index for index, name in enumerate(process.places)}
        moves = process.moves
        self.move_name = [
            f"leg_{leg}" + ("_company" if company else "")
            for leg, company in zip(moves.leg, moves.in_company, strict=True)
        ]

    def kept(self, state: State, draws: list[Draw]) -> list[Draw]:
        if state[0] == "at":
            _, slot, place, levels, left = state
            if not draws:
                return []
            wanted = self.name(self.action(slot, place, levels, left))
            return [draw for draw in draws if draw.name == wanted]
        if state[0] == "wanted":
            _, slot, name, levels, after = state
            move = self.journey.move_of[name]
            left = after if self.journey.money is None else after + self.journey.money.price(move.fee)
            pays = self.action(slot, move.leg.origin, levels, left) % 2 == 1
            return [draw for draw in draws if draw.name == ("pay" if pays else "refuse")]
        return draws

    def action(self, slot: int, place: str, levels: Levels, left: int | None) -> int:
        return int(self.policy.actions[slot, self.place[place], self.level(levels), left or 0])

    def level(self, levels: Levels) -> int:
        """Return the planner's joint level: of the conditions it keeps, the levels that are possible."""
        named, joint = self.journey.named(levels), 0
        for condition, names in zip(self.process.conditions, self.process.levels, strict=True):
            joint = joint * len(names) + names.index(named[condition])
        return joint

    def name(self, action: int) -> str:
        if action in {NO_ACTION, STOP}:
            return ""
        return "wait" if action == WAIT else self.move_name[(action - FIRST_MOVE) // 2]
