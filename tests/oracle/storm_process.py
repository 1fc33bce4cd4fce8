"""Answers questions with Storm, one line of JSON in, one line out. Run as a program of its own: Storm is GPL and heavy.

A question is ``{"format": "drn" | "prism", "path": ..., "properties": [...]}``; the answer ``{"values": [...]}`` holds
the value of each property at the initial state, or is ``{"error": ...}``.
"""

import json
import sys
from typing import Any

import stormpy


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """Load the model and check each property with Storm's default, sound environment."""
    if question["format"] == "drn":
        model = stormpy.build_model_from_drn(question["path"])
        properties = [stormpy.parse_property(text) for text in question["properties"]]
    else:
        program = stormpy.parse_prism_program(question["path"])
        properties = [stormpy.parse_property(text, program) for text in question["properties"]]
        model = stormpy.build_model(program)
    initial = model.initial_states[0]
    values = [float(stormpy.model_checking(model, one).get_value(initial)) for one in properties]
    return {"values": values, "states": model.nr_states, "transitions": model.nr_transitions}


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
