"""Answers questions with Storm, one line of JSON in, one line out. Run as a program of its own: Storm is GPL and heavy.

A question is ``{"format": "drn" | "prism" | "intervals", "path": ..., "properties": [...]}``; the answer ``{"values": [...]}``
holds the value of each property at the initial state, or is ``{"error": ...}``. In a model of intervals (a DRN file too) nature
works against the property.
"""

import json
import sys
from typing import Any

import stormpy
from stormpy.environments import Environment, MinMaxMethod, sound

PRECISION = "1/1000000000000"


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """Load the model and check each property with Storm's default, sound environment."""
    if question["format"] == "intervals":
        return answer_robustly(question)
    if question["format"] == "drn":
        model = stormpy.build_model_from_drn(question["path"])
        properties = [stormpy.parse_property(text) for text in question["properties"]]
    else:
        program = stormpy.parse_prism_program(question["path"])
        properties = [stormpy.parse_property(text, program) for text in question["properties"]]
        model = stormpy.build_model(program)
    initial = model.initial_states[0]
    values = [
        float(stormpy.model_checking(model, one, only_initial_states=True).get_value(initial)) for one in properties
    ]
    return {"values": values, "states": model.nr_states, "transitions": model.nr_transitions}


def answer_robustly(question: dict[str, Any]) -> dict[str, Any]:
    """Load a model of intervals and check each property against the worst that nature can pick."""
    model = stormpy.build_model_from_drn[stormpy.Interval](question["path"])
    initial, values = model.initial_states[0], []
    for text in question["properties"]:
        found = stormpy.model_checking(
            model,
            stormpy.parse_property(text),
            uncertainty_resolution_mode=stormpy.UncertaintyResolutionMode.ROBUST,
            environment=precise(),
        )
        values.append(float(found.get_value(initial)))
    return {"values": values, "states": model.nr_states, "transitions": model.nr_transitions}


def precise() -> Environment:
    """Return an environment for the one method that Storm has for intervals, which by default stops at 1e-6."""
    environment = sound()
    solver = environment.solver().min_max()
    solver.method = MinMaxMethod.VALUE_ITERATION
    solver.precision = stormpy.Rational(PRECISION)
    return environment


def main() -> None:
    """Serve questions until the input ends."""
    for line in sys.stdin:
        try:
            reply = answer(json.loads(line))
        except Exception as error:
            reply = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write("ANSWER " + json.dumps(reply) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
