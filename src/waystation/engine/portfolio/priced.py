"""The best plan of one group while legs, nights and money have a price: what the linear programme asks the journey for."""

from dataclasses import dataclass

import numpy as np

from waystation.engine.journeys.chains import joint_steps
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import FIRST_MOVE, NO_ACTION, NO_MONEY, STOP, WAIT, Process
from waystation.engine.portfolio.instance import Floats, Ints
from waystation.engine.portfolio.use import Timetable


@dataclass(frozen=True, eq=False)
class Charges:
    """What a journey is charged beside what it is worth to arrive.

    Attributes
    ----------
    arrive
        The worth of arriving.
    harm
        The price of coming to harm.
    money
        Of a minor unit by slot, ``(T,)``.
    leave
        Of a departure by slot and move, fees included, ``(T, M)``.
    wait
        Of a slot of waiting, its fee included, ``(T, N)``.
    come, stand
        Of coming to a place by a leg, and of being there at all, by slot, ``(T + 1, N)``.
    """

    arrive: float
    harm: float
    money: Floats
    leave: Floats
    wait: Floats
    come: Floats
    stand: Floats


def charges(process: Process, table: Timetable, price: Floats, pot_price: Floats, worth: float) -> Charges:
    """Return what the prices of the limits make of a journey's legs, nights and money.

    Parameters
    ----------
    price
        Of a unit of each limit of the timetable, ``(rows,)``.
    pot_price
        Of a minor unit from each of its sets of pots.
    worth
        Of arriving, of the whole group. A price of being apart is left out: it does not depend on what is done.
    """
    size, price = float(table.size), np.append(price, 0.0)
    money = np.append(pot_price, 0.0)[table.pots]
    T = process.slots
    return Charges(
        arrive=worth,
        harm=size * price[table.harm] if table.harm >= 0 else 0.0,
        money=money,
        leave=size * (price[table.partner] + price[table.exposed_partner]) + money[:, None] * process.moves.fee,
        wait=size * price[table.beds[:T]] + money[:, None] * process.stay_fee,
        come=size * price[table.fresh_house],
        stand=size * price[table.stay_house],
    )


def best_plan(process: Process, cost: Charges) -> tuple[Policy, float]:
    """Return a plan that is worth most less what it is charged, and what that is, by one backward sweep.

    Raises
    ------
    UnusableModelError
        If conditions are remembered region by region: then there is no one sweep that is exact.

    Notes
    -----
    O(T (D N C^2 + M D C)) time for D durations. The semantics are those of the planner's sweep; the forward pass confirms them.
    """
    process.require_exact()
    moves, C, N, T = process.moves, process.joint_levels, len(process.places), process.slots
    steps = joint_steps(process.steps, T)
    lasting = _durations(process)
    D = lasting.shape[2]
    fresh, stale = np.zeros((D, N, C)), np.zeros((D, N, C))
    actions = np.full((T, N, C, 1), NO_ACTION, dtype=np.int16)
    fresh[0], stale[0] = _ended(process, cost, T)
    order = np.argsort(moves.source, kind="stable")
    source = moves.source[order]
    for t in range(T - 1, -1, -1):
        turned = steps[t].T
        fresh[1:], stale[1:] = fresh[:-1] @ turned, stale[:-1] @ turned
        value = np.zeros((N, C))
        act = np.where(process.may_stop[:, None], STOP, NO_ACTION) * np.ones((N, C), dtype=np.int64)
        waiting = (1.0 - process.discovered) * stale[1] - process.discovered * cost.harm - cost.wait[t][:, None]
        _take(value, act, np.where(process.may_wait[:, None], waiting, -np.inf), WAIT)
        refuse, pay = _leave(process, cost, lasting, fresh, stale, t)
        for m, i in zip(order.tolist(), source.tolist(), strict=True):
            if moves.open_slot[m, t]:
                _take(value[i], act[i], refuse[m], FIRST_MOVE + 2 * m)
                _take(value[i], act[i], pay[m], FIRST_MOVE + 2 * m + 1)
        actions[t, ..., 0] = np.where(process.destination[:, None], NO_ACTION, act)
        value[process.destination] = cost.arrive
        stale[0] = value - cost.stand[t][:, None]
        fresh[0] = stale[0] - cost.come[t][:, None]
    at_start = fresh[0, process.start_place]
    return Policy(actions, NO_MONEY), float(at_start @ process.start_chance)


def _ended(process: Process, cost: Charges, slot: int) -> tuple[Floats, Floats]:
    """Return the values at the last slot, of who has just come and of who has not, ``(N, C)`` each."""
    worth = np.where(process.destination, cost.arrive, 0.0) - cost.stand[slot]
    levels = np.ones(process.joint_levels)
    return np.outer(worth - cost.come[slot], levels), np.outer(worth, levels)


def _durations(process: Process) -> Floats:
    """Return the chance of each number of slots, as it is and where a demand refused makes it longer, ``(2, M, D)``."""
    moves = process.moves
    longest = max(1, int(moves.duration_slots.max(initial=1)) + max(0, int(moves.longer.max(initial=0))))
    lasting = np.zeros((2, len(moves), longest + 1))
    for m in range(len(moves)):
        span = slice(moves.duration_start[m], moves.duration_start[m + 1])
        for which, more in enumerate((0, max(0, int(moves.longer[m])))):
            lasting[which, m, moves.duration_slots[span] + more] = moves.duration_chance[span]
    return lasting


def _take(value: Floats, act: Ints, new: Floats, action: int) -> None:
    better = new > value + 1e-12
    value[better], act[better] = new[better], action


def _leave(
    process: Process, cost: Charges, lasting: Floats, fresh: Floats, stale: Floats, t: int
) -> tuple[Floats, Floats]:
    """Return what each move is worth at each level where demands are refused, and where they are paid, ``(M, C)`` each."""
    moves = process.moves
    caught, turned, asked = moves.intercepted, moves.turned_back, moves.asked
    onward, back = fresh[:, moves.target], stale[:, moves.back]

    def travel(chances: Floats) -> Floats:
        on, home = (np.einsum("md,dmc->mc", chances, each) for each in (onward, back))
        worth: Floats = (1.0 - caught - turned) * on + turned * home - caught * cost.harm
        return worth

    plain = travel(lasting[0])
    led_back = stale[1][moves.back]
    refused = np.where(moves.longer[:, None] >= 0, travel(lasting[1]), led_back)
    paid = plain - cost.money[t] * moves.demand[:, None]
    closed = np.where(moves.open_level, 0.0, np.inf) + cost.leave[t][:, None]
    return (1.0 - asked) * plain + asked * refused - closed, (1.0 - asked) * plain + asked * paid - closed
