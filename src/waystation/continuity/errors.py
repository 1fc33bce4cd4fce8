from waystation.kernel import BadInputError, RuleRefusedError, WaystationError


class NotWholeError(BadInputError):
    """A backup or bundle is not what it says it is. Nothing of it was kept; use another one.

    ``fault`` is a short word for the one thing that is wrong (`FAULTS`), for pages and programs.
    """

    def __init__(self, fault: str, message: str) -> None:
        super().__init__(message)
        self.fault = fault


FAULTS = {
    "cut": "It ends before its end.",
    "changed": "What is inside is not what the signed list says.",
    "stranger": "It is signed by nobody this office knows, or for another office.",
    "too_large": "It is larger than is accepted, or than it says.",
    "bad_name": "A name inside it is not one this program writes.",
    "wrong_kind": "It is another kind of file, or of another version.",
    "replayed": "It was received before.",
    "gap": "One that was sent before it has not been received.",
    "mixed": "The files that were given do not belong together.",
    "chain": "The audit log inside it does not hold.",
    "unreadable": "The store inside it cannot be read.",
}
"""Every fault of a file that comes from outside, with what it means."""


class NotEmptyError(BadInputError):
    """Something is already where something was to be made. Name another place."""


class StoppedError(WaystationError):
    """A person asked for the work to stop. Nothing was kept."""


class NotHereError(RuleRefusedError):
    """The keys of this device are away (travel), or the thing asked for was never here."""
