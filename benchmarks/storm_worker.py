"""Asks Storm about one journey as often as told: commands on standard input, one line of JSON for each on standard output."""

import sys
from time import perf_counter

import stormpy

from benchmarks.instances import BUDGET, SIZES, journey
from benchmarks.storm_model import StormModel
from benchmarks.wire import peak_mb, serve, timed


def environment(name: str) -> stormpy.Environment:
    """Return Storm's settings: ``default``, ``plain METHOD`` or ``sound METHOD``."""
    if name == "default":
        return stormpy.environments.sound()
    kind, method = name.split()
    settings = stormpy.environments.sound() if kind == "sound" else stormpy.Environment()
    settings.solver().min_max().method = getattr(stormpy.environments.MinMaxMethod, method)
    return settings


def main(size: str) -> None:
    """Serve the commands ``arrival SETTINGS`` (with the policy) and ``bound SETTINGS`` (one hard budget)."""
    before = peak_mb()
    begun = perf_counter()
    model = StormModel(journey(SIZES[size]), BUDGET).build()
    build = perf_counter() - begun
    arrival = stormpy.parse_property('Pmax=? [F "arrived"]')
    bound = stormpy.parse_property(f'Pmax=? [F{{"fees"}}<={BUDGET.steps} "arrived"]')

    def run(command: str) -> dict[str, float]:
        task, settings = command.split(maxsplit=1)
        chosen = environment(settings)

        def solve() -> float:
            result = stormpy.model_checking(
                model,
                arrival if task == "arrival" else bound,
                extract_scheduler=task == "arrival",
                only_initial_states=True,
                environment=chosen,
            )
            return float(result.get_value(0))

        seconds, value = timed(solve)
        return {"seconds": seconds, "value": value, "peak_mb": peak_mb()}

    facts = {"states": model.nr_states, "choices": model.nr_choices, "transitions": model.nr_transitions}
    serve({"before_mb": before, "ready_mb": peak_mb(), "build_seconds": build, **facts}, run)


if __name__ == "__main__":
    main(sys.argv[1])
