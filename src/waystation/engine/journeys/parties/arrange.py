"""A group together and divided, with staff going along and without: what each does to everybody's chances.

Nothing here chooses. A division exposes fewer people at once and may part a family; whether that is right is for the travellers
and the lead to say, and nobody is weighed against anybody: each party has the best plan for its own people.
"""

import dataclasses
from collections import Counter
from collections.abc import Hashable, Sequence
from datetime import date

import numpy as np

from waystation.engine.journeys.argument import Arrangement, CompanyRule
from waystation.engine.journeys.build import build
from waystation.engine.journeys.candidate import Candidate, confirm
from waystation.engine.journeys.effort import within_effort
from waystation.engine.journeys.eligibility import require_eligible
from waystation.engine.journeys.errors import CertificateError
from waystation.engine.journeys.harm_cap import safest_within
from waystation.engine.journeys.money import choose_grid, finer_grid
from waystation.engine.journeys.parties.split import Parties, party_of, splits
from waystation.engine.journeys.parties.together import Party, together
from waystation.engine.journeys.process import FIRST_MOVE, NO_MONEY, Process
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import Caps, Group, Network, convert

_MOST_DIFFERENCE = 1e-9


def arrangements(network: Network, group: Group, caps: Caps, start: date, seed: int = 0) -> tuple[Arrangement, ...]:
    """Return every way of sending a group that the rules and the caps allow, together first.

    Parameters
    ----------
    caps
        Days, hours walked and chance of harm hold for each party; the budget is shared out by the number of people.
    seed
        For what is averaged over paths of the conditions, where that is needed.

    Returns
    -------
    tuple
        For each way to divide the group that `splits` gives, and for staff going along never, where it is best and always (only
        where some leg offers it): each party's likeliest arrival, counted together. A way in which some party has no plan is
        left out.

    Raises
    ------
    GroupRefusedError
        If a rule forbids planning for the group.
    UnusableModelError
        If the network cannot be made into a decision process.
    CertificateError
        If an answer is not confirmed by a second count.
    """
    require_eligible(group)
    if caps.budget is not None:
        budget = convert(caps.budget, network.currency, network.rates, network.as_of, is_budget=True)
        caps = dataclasses.replace(caps, budget=budget)
    planner = _Planner(network, group, caps, start)
    found = (planner.arrangement(parties, rule, seed) for parties in splits(group) for rule in planner.rules(parties))
    return tuple(each for each in found if each is not None)


def in_company(process: Process, rule: CompanyRule) -> Process:
    """Return a process in which staff go along never, where it is best, or wherever that is offered."""
    moves = process.moves
    company = np.array(moves.in_company, dtype=np.bool_)
    offered = {leg for leg, along in zip(moves.leg, moves.in_company, strict=True) if along}
    if rule is CompanyRule.WHERE_BEST or not offered:
        return process
    alone_only = np.array([leg not in offered for leg in moves.leg], dtype=np.bool_)
    kept = ~company if rule is CompanyRule.NEVER else company | alone_only
    return dataclasses.replace(process, moves=dataclasses.replace(moves, open_level=moves.open_level & kept[:, None]))


class _Planner:
    """Plans parties; alike parties once."""

    def __init__(self, network: Network, group: Group, caps: Caps, start: date) -> None:
        self.network, self.group, self.caps, self.start = network, group, caps, start
        self.processes: dict[Hashable, Process] = {}
        self.plans: dict[Hashable, Candidate | None] = {}

    def rules(self, parties: Parties) -> Sequence[CompanyRule]:
        """Return the rules that can make a difference."""
        offered = any(any(self._process(party).moves.in_company) for party in parties)
        return tuple(CompanyRule) if offered else (CompanyRule.NEVER,)

    def arrangement(self, parties: Parties, rule: CompanyRule, seed: int) -> Arrangement | None:
        """Return what one way leads to; None when some party has no plan."""
        planned: list[tuple[Party, bool]] = []
        for travellers in parties:
            process = in_company(self._process(travellers), rule)
            plan = self._plan(travellers, process, rule)
            if plan is None:
                return None
            moved = plan.course.visits.action
            taken = np.unique((moved[moved >= FIRST_MOVE] - FIRST_MOVE) // 2).tolist()
            along = any(process.moves.in_company[move] for move in taken)
            planned.append((Party(len(travellers), process, plan.policy, plan.evaluation), along))
        found = together([party for party, _ in planned], seed)
        return Arrangement(
            parties=parties,
            company=rule,
            all_arrive=found.all_arrive,
            nobody_harmed=found.nobody_harmed,
            parted=found.parted,
            arrive_people=found.arrive_people,
            harm_people=found.harm_people,
            cost_expected=found.cost_expected,
            days_expected=found.days_last,
            exposed_at_once=max(map(len, parties)),
            staff_at_once=int(any(along for _, along in planned)),
            standard_error=found.standard_error,
        )

    def _process(self, travellers: Sequence[str]) -> Process:
        party = party_of(self.group, travellers)
        key = _likeness(party)
        if key not in self.processes:
            process = build(self.network, party, self.start, self.caps.days).process
            self.processes[key] = within_effort(self.network, process, self.caps.walk_hours)
        return self.processes[key]

    def _plan(self, travellers: Sequence[str], process: Process, rule: CompanyRule) -> Candidate | None:
        key = (_likeness(party_of(self.group, travellers)), rule)
        if key not in self.plans:
            budget = self.caps.budget
            share = None if budget is None else budget.minor * len(travellers) // self.group.size
            self.plans[key] = safest_plan(process, share, self.caps.max_harm)
        return self.plans[key]


def safest_plan(process: Process, budget: int | None, max_harm: float | None) -> Candidate | None:
    """Return the likeliest arrival within a budget in minor units and a cap on harm; None when nothing arrives.

    Raises
    ------
    CertificateError
        If the forward pass does not confirm it within 1e-9, or a branch passes the budget.
    """
    found = _confirmed(Solver(process, NO_MONEY), max_harm)
    if found is None or budget is None or found.evaluation.cost_max <= budget:
        return found
    for grid in (choose_grid(process, budget), finer_grid(process, budget)):
        found = _confirmed(Solver(process, grid), max_harm)
        if found is not None and found.evaluation.cost_max > budget:
            raise CertificateError("a branch costs more than the party's share of the budget; no answer is given")
        if found is not None:
            return found
    return None


def _confirmed(solver: Solver, max_harm: float | None) -> Candidate | None:
    solution = safest_within(solver, max_harm).solution
    if solution is None:
        return None
    found = confirm(solver, solution)
    if not found.difference <= _MOST_DIFFERENCE:
        message = f"the forward pass differs from the backward solution by {found.difference:.3g}; no answer is given"
        raise CertificateError(message)
    return found


def _likeness(party: Group) -> Hashable:
    """Return what two parties have in common exactly if they can be planned alike."""
    return frozenset(
        Counter(dataclasses.replace(each, id="", accompanied_by=None) for each in party.travellers).items()
    )
