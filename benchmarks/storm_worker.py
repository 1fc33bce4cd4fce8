"""Asks Storm about one journey as often as told: commands on standard input, one line of JSON for each on standard output."""

import sys
from time import perf_counter

import stormpy

from benchmarks.instances import BUDGET, FRONTIER_PRECISION, SIZES, journey
from benchmarks.storm_model import StormModel
from benchmarks.wire import peak_mb, serve, timed


def environment(name: str) -> stormpy.Environment:
    """Return Storm's settings: ``default``, ``plain METHOD`` or ``sound METHOD``."""
    if name == "default":
        return stormpy.environments.sound()
    kind, method = name.split()
    settings = stormpy.environments.sound() if kind == "sound" else stormpy.Environment()
    settings.solver().min_max().method = getattr(stormpy.environments.MinMaxMethod, method)
    settings.modelchecker().multi().precision = stormpy.Rational(FRONTIER_PRECISION)
    return settings


def main(size: str) -> None:
    """Serve ``arrival SETTINGS`` (with the policy), ``bound SETTINGS`` (one budget) and ``frontier SETTINGS`` (with harm)."""
    before = peak_mb()
    begun = perf_counter()
    model = StormModel(journey(SIZES[size]), BUDGET).build()
    build = perf_counter() - begun
    arrival = stormpy.parse_property('Pmax=? [F "arrived"]')
    both = stormpy.parse_property('multi(Pmax=? [F "arrived"], Pmin=? [F "harmed"])')
    bound = stormpy.parse_property(f'Pmax=? [F{{"fees"}}<={BUDGET.steps} "arrived"]')

    def run(command: str) -> dict[str, float]:
        task, settings = command.split(maxsplit=1)
        chosen = environment(settings)

        def front() -> float:
            found = stormpy.model_checking(model, both, environment=chosen)
            point, _ = found.get_under_approximation().optimize([1.0, -1.0])
            return float(point[0]) - float(point[1])

        def solve() -> float:
            result = stormpy.model_checking(
                model,
                arrival if task == "arrival" else bound,
                extract_scheduler=task == "arrival",
                only_initial_states=True,
                environment=chosen,
            )
            return float(result.get_value(0))

        seconds, value = timed(front if task == "frontier" else solve)
        return {"seconds": seconds, "value": value, "peak_mb": peak_mb()}

    facts = {"states": model.nr_states, "choices": model.nr_choices, "transitions": model.nr_transitions}
    serve({"before_mb": before, "ready_mb": peak_mb(), "build_seconds": build, **facts}, run)


if __name__ == "__main__":
    main(sys.argv[1])
