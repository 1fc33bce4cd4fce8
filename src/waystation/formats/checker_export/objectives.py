from collections.abc import Iterator

from waystation.engine.journeys.process import MoneyGrid, Process
from waystation.kernel import Money


def describe(process: Process, grid: MoneyGrid) -> Iterator[str]:
    """Say in comment lines what the model is and which questions to ask it."""
    yield "// A group's journey as a Markov decision process, every state written out."
    yield f"// It starts on {process.start} at {process.places[process.start_place]} and has {process.slots} slots of"
    yield f"// {process.slot_hours} hours; arriving when the last one ends still counts."
    if grid.step == 0:
        yield "// Money is counted but not limited."
    else:
        step = Money(grid.step, process.currency)
        yield f"// Money is in the states: {grid.steps} steps of {step} to begin with, every price rounded up to whole steps."
    yield f"// Rewards: cost, spent when an action is taken ({process.currency}); days, from the start to the arrival, counted on"
    yield "// arriving only, so that the mean over the journeys that arrive is the reward divided by the chance."
    yield "// Objectives:"
    yield '//   Pmax=? [ F "arrived" ]                     the likeliest arrival'
    yield '//   Pmin=? [ F "harmed" ]                      the least harm of any plan, not leaving included'
    yield '//   multi(Pmax=? [ F "arrived" ], Pmin=? [ F "harmed" ])   the frontier of arrival and harm'
    yield '//   R{"cost"}min=? [ F "ended" ]               the cheapest journey of all, whether it arrives or not'
