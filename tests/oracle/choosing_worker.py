"""A choice solved by OR-tools in a process of its own, which never loads HiGHS: an instance as JSON in, its best value out."""

import json
import sys

from ortools.sat.python import cp_model

SCALE = 10_000


def main() -> None:
    told = json.load(sys.stdin)
    model = cp_model.CpModel()
    taken = [model.new_bool_var(f"x{j}") for j in range(len(told["value"]))]
    for unit in told["units"]:
        model.add_at_most_one(taken[j] for j in unit)
    for row in told["rows"]:
        model.add(sum(round(use * SCALE) * taken[j] for j, use in row["uses"]) <= round(row["capacity"] * SCALE))
    model.maximize(sum(round(value * SCALE) * each for value, each in zip(told["value"], taken, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = 60
    status = solver.solve(model)
    json.dump({"optimal": status == cp_model.OPTIMAL, "value": solver.objective_value / SCALE}, sys.stdout)


if __name__ == "__main__":
    main()
