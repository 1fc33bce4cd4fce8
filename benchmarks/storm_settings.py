"""The settings of Storm that are tried; the fastest is used. All use its sparse engine."""

_METHODS = ("TOPOLOGICAL", "OPTIMISTIC_VALUE_ITERATION", "SOUND_VALUE_ITERATION", "INTERVAL_ITERATION")
ALL_SETTINGS = (
    "default",
    "plain VALUE_ITERATION",
    *(f"plain {method}" for method in _METHODS),
    *(f"sound {method}" for method in _METHODS),
)
BOUND_SETTINGS = ("default", "plain VALUE_ITERATION")
FRONTIER_SETTINGS = ("plain VALUE_ITERATION", "plain TOPOLOGICAL", "plain OPTIMISTIC_VALUE_ITERATION")
