from collections.abc import Container, Iterator
from itertools import chain

from waystation.engine.journeys.process import MoneyGrid, Process
from waystation.formats.checker_export.objectives import describe
from waystation.formats.checker_export.unfolding import Choice, NumberedState, Unfolding


def to_prism(process: Process, grid: MoneyGrid) -> Iterator[str]:
    """Write a process in the PRISM language, one piece of text with whole lines after the other.

    One integer variable numbers the states as in `to_drn`; one command for each choice. Meant for small journeys that someone
    wants to read or to check with another program; the explicit format loads many times faster.
    """
    unfolding = Unfolding(process, grid)
    yield "mdp\n\n"
    yield "".join(f"{line}\n" for line in describe(process, grid))
    yield f"\nmodule journey\n  s : [0..{unfolding.size - 1}] init 0;\n"
    used: set[str] = set()
    for state in unfolding.states():
        yield "".join(_command(state, choice) for choice in state.choices)
        used.update(choice.name for choice in state.choices)
    yield "endmodule\n\n"
    yield f'label "arrived" = s >= {unfolding.first_arrived} & s < {unfolding.harmed};\n'
    yield f'label "harmed" = s = {unfolding.harmed};\n'
    yield f'label "neither" = s = {unfolding.neither};\n'
    yield f'label "ended" = s = {unfolding.ended};\n'
    yield from _cost_rewards(unfolding, used)
    yield '\nrewards "days"\n'
    for slot in range(process.slots + 1):
        yield f"  s = {unfolding.first_arrived + slot} : {unfolding.days(slot)};\n"
    yield "endrewards\n"


def _command(state: NumberedState, choice: Choice) -> str:
    outcomes = " + ".join(f"{chance!r} : (s'={number})" for number, chance in choice.outcomes)
    return f"  [{choice.name}] s={state.number} -> {outcomes};\n"


def _cost_rewards(unfolding: Unfolding, used: Container[str]) -> Iterator[str]:
    """Write what each action costs: a leg or a wait the same everywhere, paying a demand by where it is demanded."""
    process = unfolding.process
    yield '\nrewards "cost"\n'
    waits = zip(unfolding.names.wait, process.stay_fee, strict=True)
    legs = zip(unfolding.names.move, process.moves.fee, strict=True)
    for name, price in chain(waits, legs):
        if name in used:
            yield f"  [{name}] true : {unfolding.money(price)};\n"
    for slot in unfolding.slots:
        first = slot.first_asked
        for m, mask in slot.asked.items():
            last = first + int(mask.sum()) - 1
            yield f"  [pay] s >= {first} & s <= {last} : {unfolding.money(process.moves.demand[m])};\n"
            first = last + 1
    yield "endrewards\n"
