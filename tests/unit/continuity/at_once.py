"""Work that pages do in a thread, done before the next line instead."""

from collections.abc import Callable


class AtOnce:
    """A thread that has run to its end when it is started: in the tests' own thread, before the tests' own store."""

    def __init__(self, target: Callable[..., object], args: tuple[object, ...], **_: object) -> None:
        self._target, self._args = target, args

    def start(self) -> None:
        self._target(*self._args)
