from collections.abc import Callable

Steps = Callable[[str, int, int], None]
"""Told before each step of long work: ``steps(name, done, total)``.

A page shows how far it is; raising `StoppedError` there stops the work, and nothing is kept.
"""


def quiet(name: str, done: int, total: int) -> None:
    """Tell nobody."""
