"""What a rule refused, in words, and every block of it."""

from waystation.cases.duplicates.errors import NotMergedError
from waystation.cases.errors import (
    AlreadyDecidedError,
    BlockedError,
    NoSuchStepError,
    NotAllOfItError,
    RowChangedError,
    SamePersonError,
)
from waystation.cases.steps.blocks import Block
from waystation.consent.purposes import Purpose
from waystation.kernel import RuleRefusedError
from waystation.web.wording import active_language, catalogue, say

REFUSALS = (
    AlreadyDecidedError,
    BlockedError,
    NoSuchStepError,
    NotAllOfItError,
    NotMergedError,
    RowChangedError,
    SamePersonError,
)
"""What a person can do something about on the page itself; other refusals have pages of their own."""


def said(refusal: RuleRefusedError) -> list[str]:
    """Return what was refused and why, one sentence each."""
    if isinstance(refusal, BlockedError):
        return [said_block(block) for block in refusal.blocks]
    if isinstance(refusal, NotAllOfItError):
        return [say(f"desk.missing.{name}") for name in refusal.missing]
    return [say(f"desk.refused.{_NAMES[type(refusal)]}")]


def said_block(block: Block) -> str:
    """Return what stands in the way, in words; of a code nobody has words for, the need."""
    room, _, rest = block.code.partition(".")
    if room == "safeguarding":
        requirement = say(f"safeguarding.requirement.{rest.partition('.')[0]}")
        return f"{requirement}: {say(f'safeguarding.reason.{rest}')}"
    purpose, _, state = rest.partition(".")
    if room == "consent" and purpose in set(Purpose):
        return f"{say(f'consent.purpose.{purpose}')}: {say(f'consent.state.{state}')}"
    key = f"desk.block.{block.code}"
    return say(key if key in catalogue(active_language()) else f"desk.need.{block.need}")


_NAMES: dict[type[RuleRefusedError], str] = {
    AlreadyDecidedError: "already_decided",
    NoSuchStepError: "no_such_step",
    NotMergedError: "not_merged",
    RowChangedError: "row_changed",
    SamePersonError: "same_person",
}
