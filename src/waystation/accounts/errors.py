from uuid import UUID

from waystation.kernel import BadInputError, RuleRefusedError


class NotPermittedError(RuleRefusedError):
    """The person's roles do not allow it, for this record or at all. Nothing was read, written or told."""


class RolesRefusedError(RuleRefusedError):
    """Roles that nobody may have together: they would open all four tiers, or a checker would do what they check."""


class RecoveryNotConfirmedError(RuleRefusedError):
    """Nobody has typed two of the recovery shares back. Until then no record may be made or opened."""


class LastOneError(RuleRefusedError):
    """The only director, or the only reader of the log, cannot be removed or lose the role: admit another first."""


class HeldError(RuleRefusedError):
    """The record is on legal hold."""


class SecondPersonNeededError(RuleRefusedError):
    """A second person must agree first, within the hour and for this one purpose.

    Attributes
    ----------
    purpose
        What the second person is asked to allow.
    record_id
        The record it is about, or None where it is about the person.
    """

    def __init__(self, purpose: str, record_id: UUID | None = None) -> None:
        super().__init__(f"a second person must agree first ({purpose})")
        self.purpose = purpose
        self.record_id = record_id


class SharesDifferError(BadInputError):
    """The shares typed back are not two different ones of those printed.

    Attributes
    ----------
    wrong
        Positions, from 0, of those that are none of the five.
    """

    def __init__(self, wrong: tuple[int, ...]) -> None:
        super().__init__("the shares typed back are not two different ones of those printed")
        self.wrong = wrong
